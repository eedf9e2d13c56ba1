"""Words of the letter in messages: quoted, masked, and without characters that nobody should print."""

from __future__ import annotations

import re
from collections.abc import Iterable

_QUOTED = re.compile(r'"[^"]*"')


def quote(words: str, longest: int = 60) -> str:
    """Words of a letter for a message: on one line, in double quotes, at most `longest` characters of them.

    Quotation marks among the words become apostrophes, so that `masked` leaves none of the words behind.
    """
    line = " ".join(words.split()).replace('"', "'")
    if len(line) > longest:
        cut = line[: longest - 1].rpartition(" ")[0] or line[: longest - 2]
        line = cut.rstrip(" ,;:(") + " …"
    return f'"{line}"'


def masked(message: str) -> str:
    """A message without the words of the letter, which stand in double quotes in it."""
    return _QUOTED.sub('"…"', message)


def plain(text: str, keep: str = "") -> str:
    """A text with a space for each character that would control what shows it, but for those to `keep`."""
    return "".join(c if c.isprintable() or c in keep else " " for c in text)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The name that a wrong one may have meant, as the end of a sentence; empty where none is near."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=50)
    return f'; did you mean "{best[0]}"?' if best else ""
