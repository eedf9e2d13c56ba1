"""Edits of a correct letter, and the kinds of edits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from editing.letter import RightLetter, Span
from editing.lexicon import Lexicon


class Spot(NamedTuple):
    """A place that can be edited.

    `witnesses` are the other places of the letter that confirm what is correct there. `phrase` is what is wrong
    as a whole after the edit ("left knee" for a side), where it is more than the place.
    """

    place: Span
    witnesses: tuple[Span, ...] = ()
    phrase: Span | None = None


@dataclass(frozen=True)
class Edit:
    """A correct letter in which `new` replaces the text at `old`.

    `place` is the place of the defect in the edited letter: the new words or their phrase or, where a word was
    dropped, the words on either side. `witnesses` are the places in the edited letter that confirm what is correct.
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
    """A kind of edits: its spots in a letter, and the change of one of them, None where no change fits."""

    name: str
    spots: Spots
    change: Change


def build_edit(kind: str, letter: RightLetter, spot: Spot, old: Span, new: str) -> Edit:
    """The edit that replaces the text at `old` by `new`."""
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
    """A span of a letter after `old` has been replaced by `length` characters."""
    grown = length - (old.end - old.start)
    start = span.start + grown if span.start >= old.end else min(span.start, old.start)
    end = span.end + grown if span.end >= old.end else min(span.end, old.start + length)
    return Span(start, max(start, end))


def drop_word(letter: RightLetter, place: Span) -> tuple[Span, str]:
    """The change that drops a word and the space after it."""
    gap = re.match(r"\s*", letter.text[place.end :])
    assert gap is not None
    return Span(place.start, place.end + gap.end()), ""


def fits_article(letter: RightLetter, place: Span, new: str) -> bool:
    """Whether an article before a place, if there is one, also agrees with the new words ("a" or "an")."""
    article = re.search(r"\b(an?)\s+$", letter.text[: place.start], re.I)
    return article is None or (article[1].lower() == "an") == (new[0].lower() in "aeiou")


def match_case(new: str, old: str) -> str:
    """The words `new` in the case of `old`, which they replace."""
    if len(old) > 1 and old.isupper():
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new
