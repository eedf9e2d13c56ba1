"""Reading letters: from files in several formats to text.

What cannot be read raises Unreadable, whose message is one line.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path

from imrlint.document.text import Source
from imrlint.source import encodings, kinds
from imrlint.source.errors import Refused, Unreadable
from imrlint.source.kinds import Kind

__all__ = ["LARGEST", "LARGEST_FILE", "Kind", "Unreadable", "decode", "read", "read_content"]

LARGEST = 2 * 1024 * 1024  # characters, or bytes of a text file; a letter has about 10,000
LARGEST_FILE = 24 * 1024 * 1024  # bytes of any file; a letterhead may have pictures

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read(path: Path, encoding: str | None = None, *, ocr: bool = False) -> Source:
    """The text of the letter in a file. Raises Unreadable."""
    return decode(read_content(path), str(path), encoding, ocr=ocr)


def read_content(path: Path) -> bytes:
    """The bytes of a file that may be a letter. Raises Unreadable."""
    name = str(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe may never end
            raise Unreadable(name, "a folder" if path.is_dir() else "not a file; use - for standard input")
        if status.st_size > LARGEST_FILE:
            raise Unreadable(name, f"too large for a letter: {status.st_size / 1e6:,.1f} MB")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable(name, "no such file or folder") from error
    except OSError as error:
        raise Unreadable(name, f"cannot be read: {error.strerror or error}") from error


def decode(content: bytes, name: str, encoding: str | None = None, *, ocr: bool = False) -> Source:
    """The text of the letter in `content`; with `ocr`, also of pictures, and of the pages of a PDF that are such.

    Plain text is left exactly as it is. Raises Unreadable.
    """
    try:
        if len(content) > LARGEST_FILE:
            raise Refused(f"too large for a letter: {len(content) / 1e6:,.1f} MB")
        kind = kinds.recognize(content, name)
        if kind in (Kind.TEXT, Kind.MARKDOWN):
            return _decode_text_file(content, name, kind, encoding)
        if kind is Kind.PICTURE and not ocr:
            raise Refused("a picture: it needs OCR; imrlint check --ocr reads it")
        if kind in (Kind.OLD_WORD, Kind.OPEN_DOCUMENT):
            from imrlint.source import office

            content, kind = office.convert(content, kind), Kind.WORD
        from imrlint.source.sandbox import OCR_SANDBOX, SANDBOX

        extract = (OCR_SANDBOX if ocr and kind in (Kind.PDF, Kind.PICTURE) else SANDBOX).read(kind, content)
        if len(extract.text) > LARGEST:
            raise Refused(f"too large for a letter: {len(extract.text):,} characters")
        if not extract.text.strip():
            raise Refused("there is no text in it")
    except Refused as refused:
        raise Unreadable(name, str(refused)) from refused
    return extract.as_source(name)


def _decode_text_file(content: bytes, name: str, kind: Kind, encoding: str | None) -> Source:
    if len(content) > LARGEST:
        raise Refused(f"too large for a letter: {len(content) / 1e6:,.1f} MB")
    text = encodings.decode(content, encoding).text
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise Refused("the file is empty")
    if "\0" in text:
        raise Refused("not a text file: it contains NUL characters")
    if len(_CONTROLS.findall(text)) > len(text) / 50:
        raise Refused("not a text file: it contains control characters")
    if kind is Kind.MARKDOWN:
        from imrlint.source import markdown

        text = markdown.strip_markup(text).text
    return Source(text, name)
