"""Which side of the body is meant where a part of it is named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from imrlint.document.letter import Portion, Side
from imrlint.document.prose import Prose
from imrlint.knowledge.medicine import anatomy
from imrlint.knowledge.medicine.anatomy import Part
from imrlint.knowledge.terms import Term
from imrlint.reading import entities


class Site(NamedTuple):
    """A part of the body at characters `start` up to `end`, with the side that is named with it."""

    start: int
    end: int
    part: Part
    side: Side | None


_SIDE = re.compile(
    r"\b(?P<side>bilateral(?:ly)?|both|left|right|lt|rt)\b(?:[- ]sided)?(?! (?:to|away|after|before|now)\b)",
    re.IGNORECASE,
)
_SIDES = {"left": Side.LEFT, "lt": Side.LEFT, "right": Side.RIGHT, "rt": Side.RIGHT}
# From a side to its part; from a part to the next one of the same side; from a part to a side behind it.
_TO_PART = re.compile(r" (?:[a-z0-9]+(?:st|nd|rd|th)? ){0,2}", re.IGNORECASE)
_LIST = re.compile(r"(?:, | and | or | & |/|, and |, or | as well as )(?:the )?(?:(?:upper|lower) )?", re.IGNORECASE)
_BEHIND = re.compile(r"s?(?: [a-z]+)?,? (?:on the |\()?", re.IGNORECASE)


def of(prose: Prose) -> tuple[Site, ...]:
    """Every part of the body in a prose, with its side where one is named."""
    return _of(prose.text, entities.of_parts(prose))


def of_portion(portion: Portion) -> tuple[Site, ...]:
    """Every part of the body in a portion of a title, at characters of its text."""
    return _of(portion.text, tuple(anatomy.find(portion.text)))


@lru_cache(maxsize=512)
def _of(text: str, parts: tuple[Term[Part], ...]) -> tuple[Site, ...]:
    sides = list(_SIDE.finditer(text)) if parts else []
    found: list[Site] = []
    for term in parts:
        side = Side(term.meaning.side) if term.meaning.side else _before(text, term, sides)
        if side is None and found and _LIST.fullmatch(text, found[-1].end, term.start):
            side = found[-1].side
        if side is None:
            side = _behind(text, term, sides, parts)
        found.append(Site(term.start, term.end, term.meaning, side))
    return tuple(found)


def _meant(side: re.Match[str]) -> Side:
    return _SIDES.get(side["side"].casefold(), Side.BOTH)


def _before(text: str, term: Term[Part], sides: Iterable[re.Match[str]]) -> Side | None:
    near = [side for side in sides if side.end() <= term.start]
    return _meant(near[-1]) if near and _TO_PART.fullmatch(text, near[-1].end(), term.start) else None


def _behind(text: str, term: Term[Part], sides: Iterable[re.Match[str]], parts: tuple[Term[Part], ...]) -> Side | None:
    """The side behind a part ("shoulder, right"), unless it is that of the next part."""
    side = next((side for side in sides if side.start() >= term.end), None)
    if side is None or not _BEHIND.fullmatch(text, term.end, side.start()):
        return None
    following = next((other for other in parts if other.start >= side.end()), None)
    if following is not None and _TO_PART.fullmatch(text, side.end(), following.start):
        return None
    return _meant(side)
