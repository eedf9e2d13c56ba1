"""Signs of the examination that are called positive or negative: "a positive Hawkins sign", "Neer was negative"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from imrlint.document.letter import Side
from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language.function_words import alternatives
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine import signs
from imrlint.reading.sites import find_sides
from imrlint.reading.stance import Polarity


class Examined(Protocol):
    """A text that judges how its words are meant."""

    @property
    def text(self) -> str: ...

    @property
    def lower(self) -> str: ...

    def place(self, start: int, end: int) -> Place: ...

    def judge_polarity(self, place: Place) -> Polarity: ...


class SignResult(NamedTuple):
    """A sign with its result. `place` is that of its name, `name` the same however it is written.

    `sides` are those that its clause or one before it in its sentence names; none where no side is named.
    """

    place: Place
    name: str
    is_positive: bool
    sides: frozenset[Side]

    def may_mean(self, other: SignResult) -> bool:
        """Whether it may be said of another result: of the same sign, and of a side of that one or of no side."""
        return self.name == other.name and bool(not self.sides or self.sides & other.sides)


_BEFORE = Pattern(
    rf"(?P<denied>\b{any_of('negation')}(?: an?)? )?\b(?P<result>positive|negative)"
    r"(?: (?:for|a|an|the|bilateral|left|right|seated|supine))* $",
    re.IGNORECASE,
)
_BEHIND = Pattern(
    r"(?:['’]s)?(?: (?:test|sign|testing|maneuver)s?)?(?: (?:was|is|were|are|(?P<denied>not)|on the left"
    r"|on the right|bilaterally))* (?P<result>positive|negative)\b",
    re.IGNORECASE,
)
# "the squeeze test reproduced pain", "did not reproduce"
_PROVOKED = Pattern(
    r"(?:['’]s)?(?: (?:test|sign|testing|maneuver)s?)?(?: (?P<denied>(?:did|does) not))?"
    rf" (?P<result>{alternatives('verb of provoking')})\b",
    re.IGNORECASE,
)
# The result of the other side: "positive on the left and negative on the right".
_SECOND = Pattern(
    r" (?:on|at|in) the (?:left|right)(?: \w+)?,? (?:and|but) (?P<result>positive|negative)"
    r" (?:on|at|in) the (?:left|right)\b",
    re.IGNORECASE,
)
_NEAR = 30  # characters from "positive" to the name
_CLAUSE = re.compile(r"[,;]| (?:and|but|while|whereas) ")


def find_sign_results(passage: Examined) -> Iterator[SignResult]:
    """The results of signs that a passage tells, in order."""
    text = passage.text
    for start, end, _ in signs.find(passage.lower):
        before = _BEFORE.search(text, max(start - _NEAR, 0), start)
        result = before or _BEHIND.match(text, end) or _PROVOKED.match(text, end)
        if result is None:
            continue
        place = passage.place(start, end)
        if passage.judge_polarity(passage.place(*result.span("result"))) is not Polarity.THOUGHT:
            is_positive = (result["result"].casefold() != "negative") is (result["denied"] is None)
            name = signs.name_of(place.text)
            yield SignResult(place, name, is_positive, _find_sides(place, result.end("result")))
            if second := _SECOND.match(text, result.end("result")):
                other = second["result"].casefold() == "positive"
                yield SignResult(place, name, other, find_sides(text, second.start("result"), second.end()))


def _find_sides(place: Place, end: int) -> frozenset[Side]:
    """The sides of the clause of a sign, else of the nearest clause before it in its sentence that names one."""
    text, sentence = place.prose.text, place.sentence
    starts = [sentence.start, *(match.end() for match in _CLAUSE.finditer(text, sentence.start, place.start))]
    behind = _CLAUSE.search(text, max(end, place.end), sentence.end)
    close = behind.start() if behind else sentence.end
    return next((sides for start in reversed(starts) if (sides := find_sides(text, start, close))), frozenset())
