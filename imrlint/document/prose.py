"""Running text of a letter: searched as one line, told in sentences, and always able to say where it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from imrlint.document import sentences
from imrlint.document.text import Run, Source, Span, View


class Place(NamedTuple):
    """Characters `start` up to `end` of the folded text of a prose.

    A place is known in both coordinates: `start` and `end` count characters of `prose.text`, which is
    searched; `span` counts characters of the letter, which is reported.
    """

    prose: Prose
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.prose.text[self.start : self.end]

    @property
    def span(self) -> Span:
        return self.prose.locate(self.start, self.end)

    @property
    def sentence(self) -> Place:
        """The sentence in which the place begins. Raises IndexError when the prose is blank."""
        return self.prose.sentence_at(self.start)

    @property
    def before(self) -> str:
        """What stands before it in its sentence."""
        return self.prose.text[self.sentence.start : self.start]

    @property
    def after(self) -> str:
        """What stands behind it in its sentence."""
        return self.prose.text[self.end : self.sentence.end]

    def holds(self, at: int) -> bool:
        """Whether character `at` of the folded text lies in it."""
        return self.start <= at < self.end

    def overlaps(self, other: Place) -> bool:
        """Whether it has a character in common with another place of the same prose."""
        return self.start < other.end and other.start < self.end

    def part(self, start: int, end: int) -> Place:
        """Characters `start` up to `end` of its text, as a place of its own."""
        return Place(self.prose, self.start + start, self.start + end)


@dataclass(frozen=True, slots=True)
class Hit:
    """A match of a pattern in the folded text of a prose."""

    match: re.Match[str]
    prose: Prose

    @property
    def place(self) -> Place:
        return Place(self.prose, *self.match.span())

    @property
    def span(self) -> Span:
        return self.place.span

    @property
    def text(self) -> str:
        return self.match.group()

    def group(self, name: str | int) -> str:
        """The words of a group, "" where it took no part in the match."""
        return self.match.group(name) or ""

    def place_of(self, name: str | int) -> Place:
        """The place of a group that took part in the match."""
        return Place(self.prose, *self.match.span(name))


@dataclass(frozen=True, eq=False)
class Prose:
    """Running text. It is searched as one line and answers with places in the letter."""

    source: Source
    span: Span

    @cached_property
    def raw(self) -> str:
        return self.source[self.span]

    @cached_property
    def text(self) -> str:
        """The words with every gap made one space; a hyphen at a line end keeps its word whole.

        A hyphen that does not break is a hyphen, and one that shows only where a line ends is nothing.
        """
        return _GAP.sub(" ", _BROKEN.sub("-", _plain(self.raw).replace(_SOFT_HYPHEN, "")))

    @cached_property
    def _view(self) -> View:
        return View(_folded(self.raw, self.span.start))

    def locate(self, start: int, end: int) -> Span:
        """Where characters `start` up to `end` of `text` stand in the letter."""
        return self._view.span(start, end)

    def place(self, start: int, end: int) -> Place:
        """Characters `start` up to `end` of `text`."""
        return Place(self, start, end)

    def find(self, pattern: re.Pattern[str]) -> Iterator[Hit]:
        """Each match of `pattern` in `text`."""
        for match in pattern.finditer(self.text):
            yield Hit(match, self)

    @cached_property
    def sentences(self) -> tuple[Place, ...]:
        return tuple(Place(self, start, end) for start, end in sentences.bounds(self.text))

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def number_at(self, at: int) -> int:
        """The number of the sentence in which character `at` of `text` stands; between two, of the one before."""
        return max(bisect_right(self._starts, at) - 1, 0)

    def sentence_at(self, at: int) -> Place:
        """The sentence in which character `at` of `text` stands. Raises IndexError when `text` is blank."""
        return self.sentences[self.number_at(at)]


# Behind the hyphen at a line end; all white space but a single space. (A pattern that begins with a
# character or a class is found much faster than one that begins with a condition.)
_BROKEN = re.compile(r"-(?<=[^\W_]-)([^\S\n\r]*[\n\r]\s*)")
_GAP = re.compile(r"\s(?:(?<! )\s*|\s+)")
_EITHER = re.compile(rf"{_BROKEN.pattern}|{_GAP.pattern}")
_SOFT_HYPHEN = "\xad"
_EITHER_OR_SOFT = re.compile(rf"{_EITHER.pattern}|(?P<soft>\xad+)")


def _plain(raw: str) -> str:
    """The same characters with ordinary hyphens, one for one."""
    return raw if raw.isascii() else raw.replace("\u2011", "-")


def _folded(raw: str, offset: int) -> Iterator[Run]:
    """The pieces of which the text of a prose is made."""
    at = 0
    raw = _plain(raw)
    pattern = _EITHER_OR_SOFT if _SOFT_HYPHEN in raw else _EITHER
    for gap in pattern.finditer(raw):
        broken = gap[1] is not None
        start, end = gap.span(1) if broken else gap.span()
        if start > at:
            yield raw[at:start], offset + at, offset + start
        if not broken and gap.lastgroup != "soft":
            yield " ", offset + start, offset + end
        at = end
    if at < len(raw):
        yield raw[at:], offset + at, offset + len(raw)
