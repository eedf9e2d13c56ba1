"""Markdown read as the text that it prints, with the place of each character in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imrlint.document.text import Run, View

_MARKS = re.compile(
    r"""
    (?:\A|(?<=\n\n))\ {0,3}\#{1,6}[ ]+      # a heading, which stands below a blank line
    | [ ]+\#+[ ]*(?=\n|\Z)                  # its closing marks
    | ^\ {0,3}>[ ]?                         # a quotation
    | ^\ {0,3}(?:-{3,}|\*{3,}|_{3,})[ ]*$   # a ruled line
    | \*{1,3}(?=\S)(?<!\w\*) | (?<=\S)\*{1,3}
    | \b_{1,3}(?=\w) | (?<=\w)_{1,3}\b
    | \\(?=[!-/:-@\[-`{-~])                 # before a sign that is meant as it stands
    """,
    re.VERBOSE | re.MULTILINE,
)


def printed(text: str) -> View:
    """The view of a Markdown text without its marks."""
    return View(_runs(text))


def _runs(text: str) -> Iterator[Run]:
    at = 0
    for mark in _MARKS.finditer(text):
        if mark.start() > at:
            yield text[at : mark.start()], at, mark.start()
        at = mark.end()
    yield text[at:], at, len(text)
