"""Quantities, frequencies and durations in the words of a title."""

from __future__ import annotations

import re

from imrlint.document.letter import Rate
from imrlint.knowledge.language import numbers

_DAYS = {"d": 1.0, "n": 1.0, "e": 1.0, "w": 7.0, "m": 30.0, "q": 90.0, "y": 365.0}
_PERIOD = re.compile(
    r"\b(?:hours?|hrs?|h|days?|daily|nights?|nightly|evening|morning|weeks?|wks?|weekly|months?|monthly"
    r"|quarterly|years?)\b"
)
# Shorthand of prescriptions, in times a day.
_SHORTHAND = {"bid": 2, "tid": 3, "qid": 4, "qhs": 1, "qd": 1, "qday": 1, "qam": 1, "qpm": 1}
_EVERY = re.compile(
    r"\b(?:every|q\.?) ?(?P<other>other )?(?P<count>[\w() -]*?) ?(?P<period>hours?|hrs?|h|days?|weeks?|wks?"
    r"|months?|nights?|evening|morning)\b"
)
_HOURS = re.compile(r"\bq\.? ?(\d+)(?:-(\d+))?$")
_CROSS = re.compile(r"^(?P<times>.*?\w\)?) ?(?:times|x) ?(?P<weeks>\w+(?: ?\(\d+\))?)$")
_MALFORMED = re.compile(r"(\d+)[.:]00$")


def read_quantity(printed: str) -> float | None:
    """The number in a quantity, the largest of a range; None where it has none."""
    found = numbers.read(_MALFORMED.sub(r"\1", printed.strip("() ")))
    return max(found) if found else None


def read_rate(printed: str) -> Rate | None:
    """How often; None for "as needed", "at bedtime" and the like, which give no number."""
    words = printed.casefold()
    if daily := _SHORTHAND.get(words.replace(".", "")):
        return Rate(daily, daily, 1)
    if every := _EVERY.search(words):
        return _read_interval(every)
    if hours := _HOURS.search(words):
        return Rate(24 / float(hours[2] or hours[1]), 24 / float(hours[1]), 1)
    counts = numbers.read(words)
    if period := _PERIOD.search(words):
        if not counts and period.group().endswith("ly"):
            counts = [1.0]
        return Rate(min(counts), max(counts), _count_days(period.group())) if counts else None
    if crossed := _CROSS.search(words):
        times, weeks = numbers.read(crossed["times"]), numbers.read(crossed["weeks"])
        if times and weeks:
            return Rate(min(times), max(times), 7, weeks[0])
    return None


def read_days(printed: str) -> float | None:
    """A duration in days, the longest of a range; a month counts 30. None where it has no number or no unit."""
    words = printed.casefold()
    counts, period = numbers.read(words), _PERIOD.search(words.replace("-", " "))
    return max(counts) * _count_days(period.group()) if counts and period else None


def _read_interval(every: re.Match[str]) -> Rate:
    counts = numbers.read(every["count"]) or [2.0 if every["other"] else 1.0]
    if every["period"].startswith("h"):
        return Rate(24 / max(counts), 24 / min(counts), 1)
    length = _count_days(every["period"])
    return Rate(1, 1, min(counts) * length)


def _count_days(period: str) -> float:
    return 1 / 24 if period.startswith("h") else _DAYS[period[0]]
