"""Messages: quoting words of the letter, masking them, and removing control characters."""

from __future__ import annotations

import re
from collections.abc import Iterable

_QUOTED = re.compile(r'"[^"]*"')


def quote(words: str, longest: int = 60) -> str:
    """Words of a letter for a message: on one line, in double quotes, at most `longest` characters of them.

    Quotation marks among the words become apostrophes, so that `mask_quotations` removes all of the words.
    """
    line = " ".join(words.split()).replace('"', "'")
    if len(line) > longest:
        cut = line[: longest - 1].rpartition(" ")[0] or line[: longest - 2]
        line = cut.rstrip(" ,;:(") + " …"
    return f'"{line}"'


def find_quotations(message: str) -> list[str]:
    """The words of the letter that a message quotes, each with its quotation marks."""
    return _QUOTED.findall(message)


def mask_quotations(message: str) -> str:
    """A message without the words of the letter, which are in double quotes in it."""
    return _QUOTED.sub('"…"', message)


def replace_controls(text: str, keep: str = "") -> str:
    """A text with a space in place of each control character, except for those in `keep`."""
    return "".join(c if c.isprintable() or c in keep else " " for c in text)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The known name most similar to an unknown one, as the end of a sentence; empty where none is similar."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=50)
    return f'; did you mean "{best[0]}"?' if best else ""
