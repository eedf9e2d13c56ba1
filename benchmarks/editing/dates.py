"""(g) A date changed: its year, day and month swapped, or a day or two off.

Only dates in the summary, a rationale or a title that another place gives for the same event: the cover or a title
gives it, or the words around both places share a long word. The new date occurs nowhere in the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from editing.edit import Change, Spot
from editing.letter import RightLetter, Span
from editing.lexicon import WORD, Lexicon

DATE = re.compile(
    r"(?<![\d/-])(?P<month>\d{1,2})(?P<mark>[/-])(?P<day>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})(?![\d/-])"
)
AROUND = 60  # characters on either side that must share a word
LONG = 6  # letters


class Printed(NamedTuple):
    """A date as printed."""

    value: date
    place: Span


def find_dates(letter: RightLetter) -> Iterator[Spot]:
    titles = [item.title for item in letter.items]
    given = read_dates(letter, Span(0, len(letter.text)))
    for printed in (d for place in (*letter.prose, *titles) for d in read_dates(letter, place)):
        witnesses = []
        for other in given:
            if other.value != printed.value or other.place == printed.place:
                continue
            firm = any(place.overlaps(other.place) for place in (*letter.header, *titles))
            if firm or words_around(letter, other.place) & words_around(letter, printed.place):
                witnesses.append(other.place)
        if witnesses:
            yield Spot(printed.place, tuple(witnesses))


def read_dates(letter: RightLetter, place: Span) -> list[Printed]:
    found = []
    for match in letter.find(DATE, place):
        year = int(match["year"]) + (0 if len(match["year"]) == 4 else 2000)
        try:
            found.append(Printed(date(year, int(match["month"]), int(match["day"])), Span(*match.span())))
        except ValueError:
            continue
    return found


def words_around(letter: RightLetter, place: Span) -> set[str]:
    around = letter.text[max(0, place.start - AROUND) : place.end + AROUND]
    return {word.lower() for word in WORD.findall(around) if len(word) >= LONG}


def print_date(value: date, old: str) -> str:
    """A date in the notation of another one."""
    match = DATE.fullmatch(old)
    assert match is not None
    month, day = (
        f"{n:02d}" if len(match[name]) == 2 else str(n) for name, n in (("month", value.month), ("day", value.day))
    )
    year = str(value.year)[-len(match["year"]) :]
    return match["mark"].join((month, day, year))


def changing(*alternatives: str) -> Change:
    """The change for one of the variants: "year", "swap" or "day"."""

    def change_date(letter: RightLetter, spot: Spot, rng: Random, _: Lexicon) -> tuple[Span, str] | None:
        old = read_dates(letter, spot.place)[0].value
        shift = {
            "year": [old.replace(year=old.year + years) for years in (-1, 1) if (old.month, old.day) != (2, 29)],
            "swap": [date(old.year, old.day, old.month)] if old.day <= 12 and old.day != old.month else [],
            "day": [old + timedelta(days=days) for days in (-2, -1, 1, 2)],
        }
        known = {printed.value for printed in read_dates(letter, Span(0, len(letter.text)))}
        new = [value for name in alternatives for value in shift[name] if value not in known]
        return (spot.place, print_date(rng.choice(new), letter[spot.place])) if new else None

    return change_date
