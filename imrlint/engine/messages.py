"""Words of the letter in messages: quoted, masked, and without characters that nobody should print."""

from __future__ import annotations

import re

_QUOTED = re.compile(r'"[^"]*"')


def quote(words: str, longest: int = 60) -> str:
    """Words of the letter as a message quotes them: on one line, in double quotes, at most `longest` characters."""
    line = " ".join(words.split()).replace('"', "'")
    if len(line) > longest:
        line = f"{line[: longest - 1].rpartition(' ')[0] or line[: longest - 2]} …"
    return f'"{line}"'


def masked(message: str) -> str:
    """A message without the words of the letter, which stand in double quotes in it."""
    return _QUOTED.sub('"…"', message)


def quote(words: str, longest: int = 60) -> str:
    """Words of a letter for a message: in double quotes and one line, cut after at most `longest` characters.

    Quotation marks among the words become apostrophes, so that `masked` leaves none of the words behind.
    """
    line = " ".join(words.split()).replace('"', "'")
    if len(line) > longest:
        start = line[:longest]
        line = (start.rpartition(" ")[0] or start).rstrip(" ,;:(") + " …"
    return f'"{line}"'


def plain(text: str, keep: str = "") -> str:
    """A text with a space for each character that would control what shows it, but for those to `keep`."""
    return "".join(c if c.isprintable() or c in keep else " " for c in text)
