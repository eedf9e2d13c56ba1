"""The facts that no fix may change: dates, decisions, and what was requested."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from imrlint.document.letter import Letter


@dataclass(frozen=True)
class Facts:
    """The values of a letter by kind, such as "decision 0" or "case_number".

    A field that is absent or cannot be read has no value.
    """

    values: Mapping[str, tuple[str, ...]]

    def preserved_in(self, after: Facts) -> bool:
        """Whether `after` has every value too. It may have values where none could be read before."""
        return len(self.values) == len(after.values) and all(
            not Counter(values) - Counter(after.values.get(kind, ())) for kind, values in self.values.items()
        )


def collect_facts(letter: Letter) -> Facts:
    """The facts of a letter's header and of each of its disputed items."""
    values: dict[str, tuple[str, ...]] = {}
    for slot in letter.header.__slots__:
        field = getattr(letter.header, slot)
        values[slot] = (repr(field.value),) if field and field.value is not None else ()
    for number, dispute in enumerate(letter.disputes):
        decision = dispute.decision
        values[f"decision {number}"] = (repr(decision.value),) if decision and decision.value else ()
        for name in ("drugs", "quantities", "strengths"):
            fields = [field for portion in dispute.request.portions for field in getattr(portion, name)]
            values[f"{name} {number}"] = tuple(repr(f.value) for f in fields if f.value is not None)
        sides = [re.sub(r"\W", "", side.raw.lower()) for portion in dispute.request.portions for side in portion.sides]
        values[f"sides {number}"] = tuple(sides)
    return Facts(values)
