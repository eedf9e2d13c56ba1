"""Lists that are announced with a number: "three drugs were tried: naproxen, ibuprofen, and Norco"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language import numbers, units
from imrlint.reading.morphology import Tag, guess_tag
from imrlint.reading.sentences import Sentence


class Enumeration(NamedTuple):
    """A number with what it counts, and the list behind a colon, which has from `fewest` to `most` members."""

    place: Place
    number: float
    members: Place
    fewest: int
    most: int


_ANNOUNCED = Pattern(
    rf"(?<![\w./,-])(?P<what>(?P<number>(?:{numbers.COUNT_WORDS})\b)(?: \(\d\))? "
    r"(?!(?:of|more)\b)"
    r"(?:[a-z-]+ ){0,3}?[a-z-]{3,}s)\b(?P<rest>[^:;.]{0,60}): (?P<list>[^.:;]+)(?=\.|$)",
    re.IGNORECASE,
)
_OPEN = Pattern(
    r"\b(?:e\.g|such as|includ\w+|for example|etc|among|at least|or|which|who|that)\b|[\d*{}=]", re.IGNORECASE
)
_PARTS = re.compile(r",? (?:and|or|as well as|plus) |, ")
_MOST_WORDS = 4  # of a member
_LARGEST = 9


def find_enumerations(sentences: Sequence[Sentence]) -> Iterator[Enumeration]:
    """The announced lists of short members, in order; none that is only an example, or has clauses for members."""
    for sentence in sentences:
        prose, start, end = sentence.place
        for match in _ANNOUNCED.finditer(prose.text, start, end) if ":" in sentence.text else ():
            listed = match["list"]
            members = [part for part in _PARTS.split(listed) if part.strip()]
            is_open = _OPEN.search(listed) or _OPEN.search(match["rest"]) or sentence.is_quoted(match.start())
            is_open = is_open or units.is_unit(match["what"].rpartition(" ")[2])
            if is_open or any(not _is_short(member) for member in members) or len(members) < 2:
                continue
            fewest = len([part for part in re.split(r", ", listed) if part.strip()])
            number = numbers.value(match["number"])
            if 1 < number <= _LARGEST:
                yield Enumeration(
                    Place(prose, *match.span("what")), number, Place(prose, *match.span("list")), fewest, len(members)
                )


def _is_short(member: str) -> bool:
    words = member.split()
    return len(words) <= _MOST_WORDS and not any(guess_tag(word.casefold()) is Tag.AUXILIARY for word in words)
