"""Markdown without its markup, with the place of each character in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imrlint.document.text import Run, View

_MARKUP = re.compile(
    r"""
    (?:\A|(?<=\n\n))\ {0,3}\#{1,6}[ ]+      # a heading, after a blank line
    | [ ]+\#+[ ]*(?=\n|\Z)                  # its closing marks
    | ^\ {0,3}>[ ]?                         # a quotation
    | ^\ {0,3}(?:-{3,}|\*{3,}|_{3,})[ ]*$   # a horizontal rule
    | \*{1,3}(?=\S)(?<!\w\*) | (?<=\S)\*{1,3}
    | \b_{1,3}(?=\w) | (?<=\w)_{1,3}\b
    | \\(?=[!-/:-@\[-`{-~])                 # an escape
    """,
    re.VERBOSE | re.MULTILINE,
)


def strip_markup(text: str) -> View:
    """A view of a Markdown text without its markup."""
    return View(_runs(text))


def _runs(text: str) -> Iterator[Run]:
    at = 0
    for mark in _MARKUP.finditer(text):
        if mark.start() > at:
            yield text[at : mark.start()], at, mark.start()
        at = mark.end()
    yield text[at:], at, len(text)
