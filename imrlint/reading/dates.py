"""Every date in the running text of a letter, in all the notations that letters use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from imrlint.document.letter import Letter
from imrlint.document.prose import Prose, Sentence
from imrlint.document.text import Span


class Notation(Enum):
    """How a date is written."""

    SLASHES = "10/20/2016"
    SLASHES_SHORT = "10/20/16"
    HYPHENS = "10-20-2016"
    HYPHENS_SHORT = "10-20-16"
    LONG = "October 20, 2016"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as it stands in a prose: characters `start` up to `end` of its folded text.

    `value` is None when there is no such day.
    """

    prose: Prose
    start: int
    end: int
    notation: Notation
    value: date | None

    @property
    def text(self) -> str:
        return self.prose.text[self.start : self.end]

    @property
    def span(self) -> Span:
        return self.prose.place(self.start, self.end)

    @property
    def before(self) -> str:
        """What stands before it in its sentence or a little further back."""
        return self.prose.text[max(self.start - 120, 0) : self.start]

    @property
    def after(self) -> str:
        return self.prose.text[self.end : self.end + 200]

    @property
    def sentence(self) -> Sentence:
        """The sentence in which it stands."""
        for sentence in self.prose.sentences:
            if self.start < sentence.end:
                return sentence
        return Sentence(self.prose, self.start, self.end)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A pattern that begins with one set of characters is found faster than one that begins with a boundary.
_NUMERIC = re.compile(r"\d\d?([/-])\d\d?\1(?:\d{4,5}|\d\d)(?![\d%]|[/-]\d| ?(?:mg|mcg|ml|weeks|months|days)\b)")
_LONG = re.compile(
    r"[JFMASOND](?:an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec|AN|EB|AR|PR|AY|UN|UL|UG|EP|CT|OV|EC)[A-Za-z]{0,6}\.?"
    r" (?P<day>\d{1,2})(?:st|nd|rd|th)?,? ?(?P<year>\d{4,5})\b"
)
_PIVOT = 50  # two digits below mean this century
_DATED = re.compile(r"\b(?:on|dated|since|until|DOI) $", re.IGNORECASE)
_STICKS = frozenset("0123456789./-")


@lru_cache(maxsize=16)
def of(letter: Letter) -> tuple[DateMention, ...]:
    """Every date in the prose of a letter, in order."""
    return tuple(mention for prose in letter.prose for mention in within(prose))


def within(prose: Prose) -> list[DateMention]:
    """Every date of one prose, in order."""
    return sorted((*_numeric(prose), *_long(prose)), key=lambda mention: mention.start)


def _numeric(prose: Prose) -> Iterator[DateMention]:
    for match in _NUMERIC.finditer(prose.text):
        if match.start() and prose.text[match.start() - 1] in _STICKS:
            continue
        month, day, written = match.group().split(match[1])
        short = len(written) == 2
        year = int(written)
        if short:
            year += 2000 if year < _PIVOT else 1900
        if match[1] == "/":
            notation = Notation.SLASHES_SHORT if short else Notation.SLASHES
        else:
            notation = Notation.HYPHENS_SHORT if short else Notation.HYPHENS
        value = _date(year, int(month), int(day))
        surely = not short or _DATED.search(prose.text, max(match.start() - 12, 0), match.start())
        if value is not None or surely:  # a full year, or a word before it, makes an impossible day surely a date
            yield DateMention(prose, *match.span(), notation, value)


def _long(prose: Prose) -> Iterator[DateMention]:
    for match in _LONG.finditer(prose.text):
        before = prose.text[match.start() - 1 : match.start()]
        name = match.group()[:3].lower()
        if not before.isalpha() and name in _MONTHS:
            value = _date(int(match["year"]), _MONTHS.index(name) + 1, int(match["day"]))
            yield DateMention(prose, *match.span(), Notation.LONG, value)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1900 <= year <= 2100 else None
