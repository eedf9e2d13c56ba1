"""Every date in the running text of a letter, in all the notations that letters use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from imrlint.model import Letter, Prose, Sentence
from imrlint.text import Span


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
        return self.prose.text[self.end : self.end + 80]

    @property
    def sentence(self) -> Sentence:
        """The sentence in which it stands."""
        for sentence in self.prose.sentences:
            if self.start < sentence.end:
                return sentence
        return Sentence(self.prose, self.start, self.end)


_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = "|".join(rf"{m[:3]}(?:{m[3:]}|t?\.)?" if m != "may" else "may" for m in _MONTHS)
_NUMERIC = r"(?P<m>\d{1,2})(?P<s>[/-])(?P<d>\d{1,2})(?P=s)(?P<y>\d{4,5}|\d{2})"
_DATE = re.compile(
    rf"(?<![\d./-])(?:{_NUMERIC}(?![\d%]|[/-]\d| ?(?:mg|mcg|ml|weeks|months|days)\b)"
    rf"|(?P<mon>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? ?(?P<year>\d{{4,5}})\b)",
    re.IGNORECASE,
)
_PIVOT = 50  # two digits below mean this century


@lru_cache(maxsize=16)
def of(letter: Letter) -> tuple[DateMention, ...]:
    """Every date in the prose of a letter, in order."""
    return tuple(mention for prose in letter.prose for mention in within(prose))


def within(prose: Prose) -> Iterator[DateMention]:
    """Every date of one prose, in order."""
    for match in _DATE.finditer(prose.text):
        if match["mon"]:
            month = next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(match["mon"][:3].lower()))
            yield DateMention(prose, *match.span(), Notation.LONG, _date(int(match["year"]), month, int(match["day"])))
            continue
        short = len(match["y"]) == 2
        year = int(match["y"])
        if short:
            year += 2000 if year < _PIVOT else 1900
        if match["s"] == "/":
            notation = Notation.SLASHES_SHORT if short else Notation.SLASHES
        else:
            notation = Notation.HYPHENS_SHORT if short else Notation.HYPHENS
        value = _date(year, int(match["m"]), int(match["d"]))
        if value is None and short:
            continue  # a pair of ranges or a ratio; only a full year makes it surely a date
        yield DateMention(prose, *match.span(), notation, value)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1900 <= year <= 2100 else None
