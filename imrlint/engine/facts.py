"""What a letter says that no fix may change: dates, decisions, and what is asked for."""

from __future__ import annotations

import re
from collections import Counter
from typing import TypeAlias

from imrlint.document.letter import Letter

Facts: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Each kind of fact with what the letter says of it; what cannot be read is not in it."""


def of(letter: Letter) -> Facts:
    """The facts of a letter, item by item."""
    facts: list[tuple[str, tuple[str, ...]]] = []
    for slot in letter.header.__slots__:
        field = getattr(letter.header, slot)
        facts.append((slot, (repr(field.value),) if field and field.value is not None else ()))
    for number, dispute in enumerate(letter.disputes):
        decision = dispute.decision
        facts.append((f"decision {number}", (repr(decision.value),) if decision and decision.value else ()))
        for name in ("drugs", "quantities", "strengths"):
            fields = [field for portion in dispute.request.portions for field in getattr(portion, name)]
            facts.append((f"{name} {number}", tuple(repr(f.value) for f in fields if f.value is not None)))
        sides = [re.sub(r"\W", "", side.raw.lower()) for portion in dispute.request.portions for side in portion.sides]
        facts.append((f"sides {number}", tuple(sides)))
    return tuple(facts)


def kept(before: Facts, after: Facts) -> bool:
    """Whether every fact is there still. One that could not be read may have become readable."""
    now = dict(after)
    return len(before) == len(after) and all(not Counter(said) - Counter(now.get(name, ())) for name, said in before)
