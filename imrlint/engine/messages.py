"""Leaving out of what is printed: the words of a letter, and characters that nobody should print."""

from __future__ import annotations

import re

_QUOTED = re.compile(r'"[^"]*"')
_LONGEST = 60  # characters of a quotation


def quote(words: str, longest: int = _LONGEST) -> str:
    """Words of a letter as a message gives them: in one line, in double quotes, and no longer than `longest`."""
    line = " ".join(words.split()).replace('"', "'")
    if len(line) > longest:
        cut = line[: longest - 2]
        line = f"{cut.rpartition(' ')[0] or cut} …"
    return f'"{line}"'


def masked(message: str) -> str:
    """A message without the words of the letter, which stand in double quotes in it."""
    return _QUOTED.sub('"…"', message)


def plain(text: str, keep: str = "") -> str:
    """A text with a space for each character that would control what shows it, but for those to `keep`."""
    return "".join(c if c.isprintable() or c in keep else " " for c in text)
