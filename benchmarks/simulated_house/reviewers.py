"""The reviewers of the house, each with words, spellings, dates and marks of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from .tables import read_table

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DATES = {
    "03/02/2017": "{0.month:02}/{0.day:02}/{0.year}",
    "3/2/2017": "{0.month}/{0.day}/{0.year}",
    "3/2/17": "{0.month}/{0.day}/{0:%y}",
    "3-2-17": "{0.month}-{0.day}-{0:%y}",
    "3-2-2017": "{0.month}-{0.day}-{0.year}",
    "03-02-2017": "{0.month:02}-{0.day:02}-{0.year}",
    "March 2, 2017": "{1} {0.day}, {0.year}",
}


@dataclass(frozen=True)
class Reviewer:
    """A reviewer.

    `joined` and `left` are times from 0, the first letter of the archive, to 1, its last. `share` is a weight: how
    many letters the reviewer writes while there. `habits` fill the slots of texts that do not depend on the case.
    """

    name: str
    joined: float
    left: float
    share: int
    habits: Mapping[str, str]
    dates: str
    number_words: bool
    gap: str  # between two sentences
    specialty: str
    states: str
    _written: dict[int, str] = field(default_factory=dict, repr=False)

    def write_date(self, day: int) -> str:
        """A day, given as its ordinal, in the format of this reviewer."""
        written = self._written.get(day)
        if written is None:
            when = date.fromordinal(day)
            written = self._written[day] = _DATES[self.dates].format(when, _MONTHS[when.month - 1])
        return written

    def write_number(self, number: int) -> str:
        """A number: up to ten in words, where that is the habit."""
        return NUMBERS[number] if self.number_words and 0 < number <= 10 else str(number)


@cache
def read_reviewers() -> tuple[Reviewer, ...]:
    """The reviewers of the house."""
    return tuple(_build_reviewer(row) for row in read_table("reviewers.tsv") if row["joined"] != "new")


@cache
def read_newcomer() -> Reviewer:
    """A reviewer who has written no letter of the archive."""
    (row,) = (row for row in read_table("reviewers.tsv") if row["joined"] == "new")
    return _build_reviewer(row | {"joined": "1", "left": "1"})


def _build_reviewer(row: Mapping[str, str]) -> Reviewer:
    return Reviewer(
        row["reviewer"],
        float(row["joined"]),
        float(row["left"]),
        int(row["share"]),
        _describe_habits(row),
        row["dates"],
        row["numbers"] == "words",
        "  " if row["spaces"] == "two" else " ",
        row["specialty"],
        row["states"],
    )


def _describe_habits(row: Mapping[str, str]) -> dict[str, str]:
    """The slots that habits fill, with those in the plural and with a capital."""
    worker, xray = row["worker"], row["xray"]
    copied = ("mtus", "odg", "provider", "followup", "nonsteroidal", "lowback")
    return {
        **{name: row[name] for name in copied},
        "year_old": row["age"].removeprefix("47"),
        "of_ten": row["pain"].removeprefix("7"),
        "percent": row["percent"].removeprefix("50"),
        "worker": worker,
        "Worker": _capitalize(worker),
        "workers": worker + "s",
        "Workers": _capitalize(worker) + "s",
        "xray": xray,
        "Xray": _capitalize(xray),
        "xrays": xray + "s",
        "Xrays": _capitalize(xray) + "s",
        "a_xray": f"{'a' if xray.startswith('radio') else 'an'} {xray}",
        "Nonsteroidal": _capitalize(row["nonsteroidal"]),
        ",": "," if row["serial"] == "yes" else "",
        "comma_and": ", and" if row["serial"] == "yes" else " and",
        "'": row["apostrophe"],
    }


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]
