"""Days, months and years of running text as periods: "06/2013", "May of 2014", "since 2012", "June 6, 2017"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from imrlint.document.prose import Place, Prose
from imrlint.reading.dates import DateMention


class Period(NamedTuple):
    """A time of which a text gives the day, the month or only the year: its first and its last day."""

    place: Place
    first: date
    last: date


_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = rf"(?:{'|'.join(f'{name}|{name[:3]}' for name in _MONTHS)}|sept)\.?"
# A year, and what stands before it: few words do, and there are few years.
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_LEADING = re.compile(
    rf"(?P<name>\b{_MONTH})(?:,| of)? $|(?P<month>\b(?:0?[1-9]|1[0-2]))[/-]$"
    r"|\b(?:since|in|from|during|by|until|through|of|around)(?: at least| about| around| early| late| mid-?"
    r"| the end of)* $",
    re.IGNORECASE,
)
_BEHIND_MONTH = re.compile(r"[/-]")  # part of a date
_BEHIND_YEAR = re.compile(r"[/-]\d")
_LONGEST = 60  # characters before a year


def find_periods(prose: Prose, dates: Sequence[DateMention]) -> Iterator[Period]:
    """The periods of a prose, in order; a valid date is a period of one day."""
    found = [Period(each.place, each.value, each.value) for each in dates if each.value]
    taken = {at for each in dates for at in range(each.place.start, each.place.end)}
    for match in _YEAR.finditer(prose.text):
        start, end = match.span()
        leading = _LEADING.search(prose.text, max(start - _LONGEST, 0), start) if end - 1 not in taken else None
        if leading is None or leading.start() in taken:
            continue
        year = int(match.group())
        if leading["name"] or (leading["month"] and not _BEHIND_MONTH.match(prose.text, end)):
            month = int(leading["month"]) if leading["month"] else _number_of(leading["name"])
            last = date(year, month, monthrange(year, month)[1])
            found.append(Period(Place(prose, leading.start(), end), date(year, month, 1), last))
        elif not leading["month"] and not _BEHIND_YEAR.match(prose.text, end):
            found.append(Period(Place(prose, start, end), date(year, 1, 1), date(year, 12, 31)))
    yield from sorted(found, key=lambda each: each.place.start)


def find_month(words: str) -> int | None:
    """The month that some words name without a year, 1 to 12; None where they name none."""
    return next((_MONTHS.index(word) + 1 for word in words.casefold().split() if word in _UNMISTAKABLE), None)


# "May" and "March" are also verbs: only other months are named by themselves.
_UNMISTAKABLE = frozenset(_MONTHS) - {"march", "may"}


def _number_of(name: str) -> int:
    return next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(name.casefold()[:3]))
