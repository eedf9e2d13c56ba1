"""Unreal conditions say that what they suppose was not: "had therapy been tried, surgery might be considered"."""

from __future__ import annotations

import re

_WINDOW = 200  # characters before and behind a term in which its condition is sought
_UNREAL = re.compile(r"\b(?:would|could|might)\b")
_INVERTED = re.compile(r"(?:^|[,;:] (?:\w+ )?)(?:had|were) (?!(?:been|not|never)\b)")
_IF = re.compile(r"\b(?:if|unless|provided) ")
_WERE = re.compile(r"(?: [\w'-]+){0,4}? (?:were|had (?:\w+ )?been)\b(?! to\b)")
_BEEN = re.compile(r"(?: [\w'-]+){0,5}? (?:been|\w+ed)\b")
_HAD_DONE = re.compile(r"(?:[,;:] (?:\w+ )?)?had (?:[\w'-]+ ){2,5}")


def find_unreal_condition(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The characters of an unreal condition with a term in it: "had therapy been tried, surgery might be considered".

    `start` and `end` are those of the term in a sentence in lower case.
    """
    if not _UNREAL.search(text, max(start - _WINDOW, 0), end + _WINDOW):
        return None
    inverted = _last(_INVERTED, text, start)
    comma = text.find(",", end, end + _WINDOW)
    last = comma if comma >= 0 else min(end + _WINDOW, len(text))
    if inverted and "," not in text[inverted.end() : start]:
        begin = inverted.start()
        if _BEEN.match(text, end) or _HAD_DONE.match(text, begin, start):
            return begin, last
    condition = _last(_IF, text, start)
    if condition and "," not in text[condition.end() : start] and _WERE.match(text, end, last):
        return condition.start(), last
    return None


def _last(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text, max(end - _WINDOW, 0), end))), None)
