"""One edit of a right letter, and what a kind of edits is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from editing.letter import RightLetter, Span
from editing.lexicon import Lexicon


class Spot(NamedTuple):
    """A place that can be edited, the other places of the letter that say what is right there, and the phrase that
    is wrong as a whole once its place is edited ("left knee" for a side), where it is more than the place.
    """

    place: Span
    witnesses: tuple[Span, ...] = ()
    phrase: Span | None = None


@dataclass(frozen=True)
class Edit:
    """`new` is put in the place `old` of a right letter.

    `place` is where the defect is in the edited letter: the new words or their phrase, or, where a word was lost,
    the words on either side. `witnesses` are the places in the edited letter that say what is right.
    """

    kind: str
    letter: RightLetter
    old: Span
    new: str
    place: Span
    witnesses: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The edited letter."""
        return self.letter.text[: self.old.start] + self.new + self.letter.text[self.old.end :]


Spots = Callable[[RightLetter], Iterable[Spot]]
Change = Callable[[RightLetter, Spot, Random, Lexicon], "tuple[Span, str] | None"]


class Kind(NamedTuple):
    """A kind of edits: where it can be made in a letter, and what is put where, None if nothing fits."""

    name: str
    spots: Spots
    change: Change


def build_edit(kind: str, letter: RightLetter, spot: Spot, old: Span, new: str) -> Edit:
    """The edit that puts `new` in the place of `old`."""
    place = Span(old.start, old.start + len(new))
    if spot.phrase:
        place = move_span(spot.phrase, old, len(new))
    elif not new.strip():
        before = re.search(r"\S*\s*$", letter.text[: old.start])
        after = re.match(r"\s*\S*", letter.text[old.end :])
        assert before is not None
        assert after is not None
        place = Span(before.start(), place.end + after.end())
    return Edit(kind, letter, old, new, place, tuple(move_span(w, old, len(new)) for w in spot.witnesses))


def move_span(span: Span, old: Span, length: int) -> Span:
    """Where a span of a letter stands after `old` was replaced by `length` characters."""
    grown = length - (old.end - old.start)
    start = span.start + grown if span.start >= old.end else min(span.start, old.start)
    end = span.end + grown if span.end >= old.end else min(span.end, old.start + length)
    return Span(start, max(start, end))


def lose_word(letter: RightLetter, place: Span) -> tuple[Span, str]:
    """The change that takes a word out, with the space behind it."""
    gap = re.match(r"\s*", letter.text[place.end :])
    assert gap is not None
    return Span(place.start, place.end + gap.end()), ""


def fits_article(letter: RightLetter, place: Span, new: str) -> bool:
    """Whether "a" or "an" before a place, if there is one, is right before the new words, too."""
    article = re.search(r"\b(an?)\s+$", letter.text[: place.start], re.I)
    return article is None or (article[1].lower() == "an") == (new[0].lower() in "aeiou")


def match_case(new: str, old: str) -> str:
    """Words in the case of those whose place they take."""
    if len(old) > 1 and old.isupper():
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new
