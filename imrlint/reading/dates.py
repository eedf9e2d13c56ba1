"""Dates in running text, in all the notations that letters use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place, Prose


class Notation(Enum):
    """How a date is written."""

    SLASHES = "10/20/2016"
    SLASHES_SHORT = "10/20/16"
    HYPHENS = "10-20-2016"
    HYPHENS_SHORT = "10-20-16"
    YEAR_FIRST = "2016-10-20"
    LONG = "October 20, 2016"


class DateMention(NamedTuple):
    """A date in the text. `value` is None where the calendar has no such day."""

    place: Place
    notation: Notation
    value: date | None

    @property
    def leading_text(self) -> str:
        """The 120 characters before it."""
        return self.place.prose.text[max(self.place.start - 120, 0) : self.place.start]

    @property
    def following_text(self) -> str:
        """The 200 characters after it."""
        return self.place.prose.text[self.place.end : self.place.end + 200]


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A pattern that begins with a class of characters is found faster than one that begins with a boundary.
# A date with spaces or full stops inside has a year of four digits: "7 / 18 / 2016", "7.18.2016".
_NUMERIC = re.compile(
    r"\d\d?(?:([/–−-])\d\d?\1(?:\d{4,5}|\d\d)| ?([/–−.-]) ?\d\d? ?\2 ?\d{4})"
    r"(?![\d%]|[/–−-]\d| ?(?:mg|mcg|ml|weeks|months|days)\b)"
)
_YEAR_FIRST = Pattern(r"(?P<year>(?:19|20)\d\d)(?P<mark>[/–−-])(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?![\d%]|[/–−-]\d)")
_MONTH = rf"(?:{'|'.join(f'{name.capitalize()}|{name.upper()}' for name in _MONTHS)})[A-Za-z]{{0,6}}\.?"
# "July 18, 2016", "Jul-18-2016"
_LONG = Pattern(
    rf"(?P<month>{_MONTH})(?: (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? ?|[–−-](?P<joined>\d{{1,2}})[–−-])"
    r"(?P<year>\d{4,5})\b"
)
# "18 July 2016", "the 18th of July, 2016", "18-Jul-2016"
_DAY_FIRST = Pattern(
    rf"(?P<day>\d{{1,2}})(?:(?:st|nd|rd|th)?(?: day)?(?: of)? (?P<month>{_MONTH})(?:,| of)? "
    rf"|[–−-](?P<joined>{_MONTH})[–−-])(?P<year>\d{{4}})\b"
)
_PIVOT = 50  # two-digit years below are of this century
_DATED = Pattern(r"\b(?:on|dated|since|until|DOI) $", re.IGNORECASE)
_JOINED_BEFORE = frozenset("0123456789./–−-")


def find_dates(prose: Prose) -> tuple[DateMention, ...]:
    """The dates of a prose, in order."""
    return tuple(
        sorted(
            (*_find_numeric_dates(prose), *_find_dates_from_year(prose), *_find_long_dates(prose)),
            key=lambda mention: mention.place.start,
        )
    )


def _find_numeric_dates(prose: Prose) -> Iterator[DateMention]:
    for match in _NUMERIC.finditer(prose.text):
        if match.start() and prose.text[match.start() - 1] in _JOINED_BEFORE:
            continue
        mark = match[1] or match[2]
        month, day, written = match.group().split(mark)
        short = len(written.strip()) == 2
        year = int(written)
        if short:
            year += 2000 if year < _PIVOT else 1900
        if mark == "/":
            notation = Notation.SLASHES_SHORT if short else Notation.SLASHES
        else:
            notation = Notation.HYPHENS_SHORT if short else Notation.HYPHENS
        value = _build_date(year, int(month), int(day))
        is_surely_date = not short or _DATED.search(prose.text, max(match.start() - 12, 0), match.start())
        # An impossible day is still a date where its year is written out or a word before it announces a date.
        if value is not None or is_surely_date:
            yield DateMention(Place(prose, *match.span()), notation, value)


def _find_dates_from_year(prose: Prose) -> Iterator[DateMention]:
    for match in _YEAR_FIRST.finditer(prose.text):
        before = prose.text[match.start() - 1 : match.start()]
        value = _build_date(int(match["year"]), int(match["month"]), int(match["day"]))
        if value is not None and before not in _JOINED_BEFORE and not before.isalnum():
            yield DateMention(Place(prose, *match.span()), Notation.YEAR_FIRST, value)


def _find_long_dates(prose: Prose) -> Iterator[DateMention]:
    found = [(match, match["month"], match["day"] or match["joined"]) for match in _LONG.finditer(prose.text)]
    found += [(match, match["month"] or match["joined"], match["day"]) for match in _DAY_FIRST.finditer(prose.text)]
    for match, month, day in found:
        before = prose.text[match.start() - 1 : match.start()]
        name = month[:3].lower()
        if not before.isalnum() and name in _MONTHS:
            value = _build_date(int(match["year"]), _MONTHS.index(name) + 1, int(day))
            yield DateMention(Place(prose, *match.span()), Notation.LONG, value)


def _build_date(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1900 <= year <= 2100 else None
