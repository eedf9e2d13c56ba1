"""Decoding the bytes of a text file, and encoding them again in the same way."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from imrlint.source.errors import Refused

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_STRAY = re.compile("[\udc80-\udcff]")  # a byte that is not UTF-8, as `surrogateescape` decodes it
_BEYOND_ASCII = re.compile("[^\x00-\x7f\udc80-\udcff]+")


_ODD_BYTES = "imrlint.odd-bytes"
"""How errors of Windows-1252 are handled: its five bytes without a character are control characters, as on the web."""


class Encoded(NamedTuple):
    """A text, its encoding, and the byte order mark that came before it."""

    text: str
    encoding: str
    mark: bytes = b""
    errors: str = "strict"

    def encode(self, text: str) -> bytes:
        """Another text encoded in the same way. Raises Refused where the encoding lacks a character."""
        try:
            return self.mark + text.encode(self.encoding, self.errors)
        except UnicodeEncodeError as error:
            missing = text[error.start : error.start + 1]
            raise Refused(f"{self.encoding.upper()} has no character {missing}") from error


def decode(content: bytes, encoding: str | None = None) -> Encoded:
    """The text in `content`: by its byte order mark, else as UTF-8, else as Windows-1252.

    UTF-8 into which bytes of Windows-1252 were pasted is UTF-8 all the same: they are read as what they are there, and
    encoded again as UTF-8. The byte order mark of UTF-8 stays in the text as a character. Raises Refused where the
    bytes are damaged, or are not in the requested `encoding`.
    """
    for mark, marked in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            try:
                return Encoded(content[len(mark) :].decode(marked), marked, mark)
            except UnicodeDecodeError as error:
                raise Refused(f"damaged {marked[:6].upper()} text") from error
    if encoding is not None:
        try:
            return Encoded(content.decode(encoding), encoding)
        except UnicodeDecodeError as error:
            raise Refused(f"not {encoding.upper()} text: see its byte {error.start + 1:,}") from error
    try:
        return Encoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        if (mixed := _decode_mixed(content)) is not None:
            return Encoded(mixed, "utf-8")
    return Encoded(content.decode("cp1252", _ODD_BYTES), "cp1252", errors=_ODD_BYTES)


def _take_odd_byte(error: UnicodeError) -> tuple[str | bytes, int]:
    """The control character of a byte, or its byte. Raises the error where there is none."""
    if isinstance(error, UnicodeDecodeError):
        return chr(error.object[error.start]), error.start + 1
    if isinstance(error, UnicodeEncodeError) and 0x80 <= ord(error.object[error.start]) < 0xA0:
        return bytes([ord(error.object[error.start])]), error.start + 1
    raise error


codecs.register_error(_ODD_BYTES, _take_odd_byte)


def _decode_mixed(content: bytes) -> str | None:
    """Text of UTF-8 with some bytes of Windows-1252 in it; None where it has as many of those as of UTF-8."""
    text = content.decode("utf-8", "surrogateescape")
    strays = _STRAY.findall(text)
    if len(strays) >= sum(len(run.encode()) for run in _BEYOND_ASCII.findall(text)):
        return None
    return _STRAY.sub(lambda stray: bytes([ord(stray.group()) & 0xFF]).decode("cp1252", "replace"), text)


def is_known(encoding: str) -> bool:
    """Whether a text encoding has this name."""
    try:
        return codecs.lookup(encoding)._is_text_encoding
    except LookupError:
        return False
