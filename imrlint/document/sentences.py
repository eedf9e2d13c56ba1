"""The bounds of sentences in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_STOP = re.compile(r"""[.?!]+["”')\]]*(?=\s+["“(\[]?[A-Z0-9])""")

# Abbreviations, whose full stop ends no sentence. A single capital is an initial.
_ABBREVIATIONS = frozenset(
    (
        "dr", "mr", "mrs", "ms", "st", "jr", "sr", "vs", "no", "nos", "approx", "etc", "e.g", "i.e", "p", "pp", "pg",
        "pgs", "fig", "figs", "ed", "eds", "vol", "ch", "al", "sec", "sect", "art", "inc", "corp", "dept", "cf", "viz",
        "hx", "dx", "tx", "rx", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    )
)  # fmt: skip
_BEFORE = re.compile(r"[^\s(\[\"“]+$")
_NUMBERED = re.compile(r"\s+\d")


class Bounds(NamedTuple):
    """Characters `start` up to `end` of a text."""

    start: int
    end: int


def find_bounds(text: str) -> Iterator[Bounds]:
    """The bounds of each sentence of `text`, which must have single spaces only."""
    start = 0
    for stop in _STOP.finditer(text):
        if _ends_sentence(text, stop.start(), stop.end()):
            yield Bounds(start, stop.end())
            start = stop.end() + 1
    end = len(text.rstrip())
    start += len(text[start:]) - len(text[start:].lstrip())
    if start < end:
        yield Bounds(start, end)


def _ends_sentence(text: str, stop: int, after: int) -> bool:
    """Whether the punctuation at characters `stop` up to `after` ends a sentence."""
    if text[stop] != "." or after - stop > 1:
        return True
    word = _BEFORE.search(text, max(stop - 20, 0), stop)
    if word is None:
        return True
    before = word.group()
    if len(before) == 1 and before.isupper():
        return False
    if before.lower() in _ABBREVIATIONS:
        # "no" abbreviates "number" only before a number.
        return before.lower() in ("no", "nos") and not _NUMBERED.match(text, after)
    return True
