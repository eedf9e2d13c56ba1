"""Numbers as letters write them: in figures, in words, or both ("twelve (12)")."""

from __future__ import annotations

import re

SPOKEN = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "twenty-four": 24, "thirty": 30, "thirty-five": 35, "forty": 40,
    "fifty": 50, "sixty": 60, "ninety": 90, "once": 1, "twice": 2, "thrice": 3,
}  # fmt: skip
WORDS = "|".join(sorted(SPOKEN, key=len, reverse=True))

_NUMBER = re.compile(rf"\d+(?:,\d{{3}})*(?:\.\d+)?|\b(?:{WORDS})\b", re.IGNORECASE)
_TWICE = re.compile(rf"\b({WORDS}) ?\(\d+\)", re.IGNORECASE)


def value(printed: str) -> float:
    """What one number, in figures or in words, says."""
    spoken = SPOKEN.get(printed.casefold())
    return float(printed.replace(",", "")) if spoken is None else float(spoken)


def read(printed: str) -> list[float]:
    """Each number in the words, in order. Of "twelve (12)", said twice over, the word counts."""
    return [value(number) for number in _NUMBER.findall(_TWICE.sub(r"\1", printed))]
