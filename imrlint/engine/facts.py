"""The facts that no fix may change: dates, decisions, what was requested, and the words on which a meaning turns."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from imrlint.document.letter import Letter
from imrlint.document.prose import Prose
from imrlint.knowledge.language import lexicon
from imrlint.knowledge.medicine import drugs

# Words on which the meaning of a sentence turns: status, polarity, time, side.
_TURNING = frozenset(
    "no not never none nor neither without now stable unstable normal abnormal positive negative acute chronic"  # noqa: SIM905
    " increased decreased improved unimproved worse worsened better resolved unresolved present absent"
    " approved denied certified noncertified overturned upheld affirmed reversed necessary unnecessary"
    " left right bilateral flexion extension".split()
)
_TURNED = re.compile(r"(?:hyper|hypo|abd|add|inter|intra|supra|infra|un)[a-z]{4,}")  # a prefix has an opposite
_WORD = re.compile(r"[a-z]+")
_SPAN = 8  # the same word again within so many such words counts once, so that a repetition may be deleted


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
    """The facts of a letter's header, of each of its disputed items, and of its running text."""
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
    prose = letter.prose
    values["words"] = tuple(word for each in prose for word in _turning_words(each))
    values["drugs"] = tuple(_drop_repeated(found.meaning.name for each in prose for found in drugs.find(each.text)))
    return Facts(values)


def _turning_words(prose: Prose) -> Iterator[str]:
    words = _WORD.findall(prose.lower)
    return _drop_repeated(
        word for word in words if word in _TURNING or (_TURNED.fullmatch(word) and lexicon.is_known(word))
    )


def _drop_repeated(words: Iterable[str]) -> Iterator[str]:
    last: deque[str] = deque(maxlen=_SPAN)
    for word in words:
        if word not in last:
            yield word
        last.append(word)
