"""Reading the input of a run: files, and standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from imrlint import source
from imrlint.document.text import Source
from imrlint.source import Unreadable
from imrlint.source.paths import STDIN


class Decoding(NamedTuple):
    """How the content of a letter becomes its text."""

    encoding: str | None = None  # of a text file; None: as it looks
    ocr: bool = False  # pages that are pictures are read, too

    def decode(self, content: bytes, name: str) -> Source:
        """The text of the letter in `content`. Raises Unreadable."""
        return source.decode(content, name, self.encoding, ocr=self.ocr)


AS_IT_LOOKS = Decoding()


class LetterInput(NamedTuple):
    """The content of a letter, not decoded yet, and its name."""

    content: bytes
    name: str


def read_input(path: str, stdin_filename: str | None = None) -> LetterInput:
    """The content of a letter, "-" for standard input. Raises Unreadable."""
    if path != STDIN:
        return LetterInput(source.read_content(Path(path)), path)
    name = stdin_filename or "<stdin>"
    if sys.stdin is None:
        raise Unreadable(name, "standard input is closed")
    return LetterInput(sys.stdin.buffer.read(source.LARGEST_FILE + 1), name)


def read_letter(path: str, encoding: str | None = None) -> Source:
    """The text of a letter, "-" for standard input. Raises Unreadable."""
    content, name = read_input(path)
    return source.decode(content, name, encoding)
