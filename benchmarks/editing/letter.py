"""A correct letter as the generator sees it: its text, and the places of its parts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import imrlint


class Span(NamedTuple):
    """Characters `start` up to but not including `end`, counted from 0."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether two spans share a character; an empty span counts as one character long."""
        return self.start < max(other.end, other.start + 1) and other.start < max(self.end, self.start + 1)

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class Item(NamedTuple):
    """A disputed item: its title, and its rationale where it has one."""

    title: Span
    rationale: Span | None


REPEATED = 3  # letters that must share a sentence word for word for it to count as template
LEAD = re.compile(r"The\s+expert\s+reviewer\s+developed[^:]*:\s*")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


@dataclass(frozen=True)
class RightLetter:
    """A letter without a defect.

    `header` are the places of the dates on its cover, `house` the sentences of its prose that belong to the
    template.
    """

    name: str
    text: str
    header: tuple[Span, ...]
    summary: Span | None
    items: tuple[Item, ...]
    house: tuple[Span, ...] = ()

    @cached_property
    def prose(self) -> tuple[Span, ...]:
        """The summary and the rationales, in order."""
        rationales = [item.rationale for item in self.items if item.rationale]
        return tuple(sorted([self.summary, *rationales] if self.summary else rationales))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences of the prose, split where a capital follows the end of a sentence."""
        found = []
        for prose in self.prose:
            start = prose.start
            for gap in SENTENCE_END.finditer(self.text, prose.start, prose.end):
                found.append(Span(start, gap.start()))
                start = gap.end()
            found.append(Span(start, prose.end))
        return tuple(found)

    def find(self, pattern: re.Pattern[str], *places: Span) -> Iterator[re.Match[str]]:
        """The matches of a pattern in some places, by default in the whole letter."""
        for place in places or (Span(0, len(self.text)),):
            yield from pattern.finditer(self.text, *place)

    def sentence_at(self, place: Span) -> Span:
        """The sentence of the prose that contains a place; the place itself outside the prose."""
        return next((s for s in self.sentences if s.covers(place)), place)

    def words_at(self, place: Span) -> str:
        """The text of a place on one line."""
        return " ".join(self[place].split())

    def __getitem__(self, place: Span) -> str:
        return self.text[place.start : place.end]


def read_letter(path: Path) -> RightLetter:
    """The letter in a file. Raises the errors of `imrlint.read` for a file that cannot be read."""
    text = imrlint.read(path).text
    letter = imrlint.parse(text, path.name)
    header = letter.header
    dates = (header.injury, header.denied, header.received, header.assigned, header.decided)
    return RightLetter(
        path.stem,
        text,
        tuple(Span(*field.span) for field in dates if field),
        skip_lead(text, Span(*letter.summary.span)) if letter.summary else None,
        tuple(Item(Span(*d.title.span), Span(*d.rationale.span) if d.rationale else None) for d in letter.disputes),
    )


def read_letters(folder: Path) -> list[RightLetter]:
    """The letters (.txt) in a folder, by name. Raises `FileNotFoundError` where it has none."""
    letters = [read_letter(path) for path in sorted(folder.glob("*.txt"))]
    if not letters:
        raise FileNotFoundError(f"no letter (.txt) in {folder}")
    counts = Counter(words for letter in letters for words in {letter.words_at(s) for s in letter.sentences})
    return [
        replace(letter, house=tuple(s for s in letter.sentences if counts[letter.words_at(s)] >= REPEATED))
        for letter in letters
    ]


def skip_lead(text: str, summary: Span) -> Span:
    """A summary without the template sentence at its beginning."""
    lead = LEAD.match(text, *summary)
    return Span(lead.end(), summary.end) if lead else summary
