"""Running text of a letter: folded to one line, split into sentences, with the place of each character."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple

from imrlint.document import sentences
from imrlint.document.page_heads import blank_page_heads
from imrlint.document.patterns import Pattern
from imrlint.document.text import Run, Source, Span, View, fold_case, replace_odd_letters
from imrlint.once import cached_property


class Place(NamedTuple):
    """Characters `start` up to `end` of the folded text of a prose.

    A place has two coordinates: `start` and `end` are offsets into `prose.text`, which is searched;
    `span` holds offsets into the letter, which are reported.
    """

    prose: Prose
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.prose.text[self.start : self.end]

    @property
    def lower(self) -> str:
        """Its text in lower case, of the same length."""
        return self.prose.lower[self.start : self.end]

    @property
    def span(self) -> Span:
        return self.prose.locate(self.start, self.end)

    @property
    def sentence(self) -> Place:
        """The sentence in which the place begins. Raises `IndexError` where the prose is blank."""
        return self.prose.sentence_at(self.start)

    @property
    def before(self) -> str:
        """The text before it in its sentence."""
        return self.prose.text[self.sentence.start : self.start]

    @property
    def after(self) -> str:
        """The text after it in its sentence."""
        return self.prose.text[self.end : self.sentence.end]

    def holds(self, at: int) -> bool:
        """Whether it contains character `at` of the folded text."""
        return self.start <= at < self.end

    def overlaps(self, other: Place) -> bool:
        """Whether it has a character in common with another place of the same prose."""
        return self.start < other.end and other.start < self.end

    def part(self, start: int, end: int) -> Place:
        """The place of characters `start` up to `end` of its text."""
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
        """The text of a group, "" where it took no part in the match."""
        return self.match.group(name) or ""

    def place_of(self, name: str | int) -> Place:
        """The place of a group that took part in the match."""
        return Place(self.prose, *self.match.span(name))


@dataclass(frozen=True, eq=False)
class Prose:
    """Running text. It is searched as one line, and each hit has its place in the letter."""

    source: Source
    span: Span

    @cached_property
    def raw(self) -> str:
        return self.source[self.span]

    @cached_property
    def _replaced(self) -> str:
        """The text, of the same length, with ordinary hyphens and letters, and spaces for the heads of pages."""
        raw = blank_page_heads(self.raw)
        return raw if raw.isascii() else replace_odd_letters(raw).translate(_HYPHENS)

    @cached_property
    def text(self) -> str:
        """The text with all white space folded to single spaces, and words broken at a hyphen joined.

        The other hyphens of Unicode become hyphens; soft hyphens are dropped; a letter that patterns without regard to
        case take for a letter of ASCII becomes that letter, a ligature its letters. Lines that belong to the pages
        are left out.
        """
        text = _fold_spaces(_BROKEN.sub("-", self._replaced.replace(_SOFT_HYPHEN, "")))
        return text if text.isascii() else _LIGATURE.sub(lambda found: _LIGATURES[found.group()], text)

    @cached_property
    def lower(self) -> str:
        """`text` in lower case, in which every character has the same place as in `text`."""
        return fold_case(self.text)

    @cached_property
    def _view(self) -> View:
        return View(_fold(self._replaced, self.span.start))

    def locate(self, start: int, end: int) -> Span:
        """The span in the letter of characters `start` up to `end` of `text`."""
        return self._view.span(start, end)

    def place(self, start: int, end: int) -> Place:
        """The place of characters `start` up to `end` of `text`."""
        return Place(self, start, end)

    def find(self, pattern: re.Pattern[str] | Pattern) -> Iterator[Hit]:
        """Each match of `pattern` in `text`."""
        matches = (
            pattern.find_in(self.text, self.lower) if isinstance(pattern, Pattern) else pattern.finditer(self.text)
        )
        return map(Hit, matches, repeat(self))

    @cached_property
    def sentences(self) -> tuple[Place, ...]:
        return tuple(Place(self, *bounds) for bounds in sentences.find_bounds(self.text))

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def number_at(self, at: int) -> int:
        """The number, from 0, of the sentence at character `at` of `text`; in a gap, of the sentence before it."""
        return max(bisect_right(self._starts, at) - 1, 0)

    def sentence_at(self, at: int) -> Place:
        """The sentence that contains character `at` of `text`. Raises `IndexError` where `text` is blank."""
        return self.sentences[self.number_at(at)]


# The line break after a hyphen; all white space but a single space. (A pattern that begins with a
# character or a class is found much faster than one that begins with a look-behind.)
_BROKEN = re.compile(r"-(?<=[^\W_]-)([^\S\n\r]*[\n\r]\s*)")
_GAP = re.compile(r"\s(?:(?<! )\s*|\s+)")
_EITHER = re.compile(rf"{_BROKEN.pattern}|{_GAP.pattern}")
_HYPHENS = {0x2010: "-", 0x2011: "-"}  # the one of Unicode and the non-breaking one
_SOFT_HYPHEN = "\xad"
_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_LIGATURE = re.compile("[ﬀﬁﬂﬃﬄﬅﬆ]")
_EITHER_OR_RARE = re.compile(rf"{_EITHER.pattern}|(?P<soft>\xad+)|(?P<ligature>{_LIGATURE.pattern})")


def _fold_spaces(text: str) -> str:
    """The text with a single space for all white space between two words, before the first and behind the last."""
    words = text.split()
    if words and text[0].isspace():
        words.insert(0, "")
    if text[-1:].isspace():
        words.append("")
    return " ".join(words) if words != [""] else " "


def _fold(raw: str, offset: int) -> Iterator[Run]:
    """The runs of the folded text, with offsets into the letter, where `raw` begins at `offset`."""
    at = 0
    is_rare = not raw.isascii() and (_SOFT_HYPHEN in raw or _LIGATURE.search(raw))
    pattern = _EITHER_OR_RARE if is_rare else _EITHER
    for gap in pattern.finditer(raw):
        broken = gap[1] is not None
        start, end = gap.span(1) if broken else gap.span()
        if start > at:
            yield raw[at:start], offset + at, offset + start
        if gap.lastgroup == "ligature":
            yield _LIGATURES[gap.group()], offset + start, offset + end
        elif not broken and gap.lastgroup != "soft":
            yield " ", offset + start, offset + end
        at = end
    if at < len(raw):
        yield raw[at:], offset + at, offset + len(raw)
