"""Letters from the outside: files, folders, standard input; bytes made into text.

What cannot be read raises Unreadable with one line that says why.
"""

from __future__ import annotations

import codecs
import re
import stat
from pathlib import Path

from imrlint.text import Source

LARGEST = 2 * 1024 * 1024  # bytes; a letter has about 10,000

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
# What other kinds of file begin with.
_KINDS = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a Word or other zipped file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)


class Unreadable(Exception):
    """A letter that cannot be read. The message names it and says why, in one line."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


def read(path: Path) -> Source:
    """The letter in a text file. Raises Unreadable."""
    name = str(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe may never end
            raise Unreadable(name, "a folder" if path.is_dir() else "not a file; use - for standard input")
        if status.st_size > LARGEST:
            raise Unreadable(name, f"too large for a letter: {status.st_size / 1e6:.1f} MB")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable(name, "no such file or folder") from error
    except OSError as error:
        raise Unreadable(name, f"cannot be read: {error.strerror or error}") from error
    return decoded(content, name)


def decoded(content: bytes, name: str) -> Source:
    """The text in `content`: by its byte order mark, else UTF-8, else Windows-1252. Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable(name, f"too large for a letter: {len(content) / 1e6:.1f} MB")
    for start, kind in _KINDS:
        if content.startswith(start):
            raise Unreadable(name, f"not a text file but {kind}")
    text = _text(content, name)
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise Unreadable(name, "the file is empty")
    if "\0" in text:
        raise Unreadable(name, "not a text file: it holds NUL characters")
    if len(_CONTROLS.findall(text)) > len(text) / 50:
        raise Unreadable(name, "not a text file: it holds control characters")
    return Source(text, name)


def _text(content: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise Unreadable(name, f"damaged {encoding.upper()} text") from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")
