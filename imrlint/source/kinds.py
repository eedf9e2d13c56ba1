"""Which file format a letter has: recognized by how the content begins, and only for plain text by the name."""

from __future__ import annotations

from enum import Enum

from imrlint.source.errors import Refused


class Kind(Enum):
    """A file format of letters. The value is used in messages."""

    TEXT = "plain text"
    MARKDOWN = "Markdown"
    WORD = "a Word file"
    PDF = "a PDF file"
    RTF = "an RTF file"
    OLD_WORD = "an old Word file"
    OPEN_DOCUMENT = "an OpenDocument file"
    PICTURE = "a picture"


SUFFIXES = (".txt", ".md", ".docx", ".pdf", ".rtf")  # of the files that a search of a folder finds

_PDF_HEADER_WITHIN = 1024  # bytes; mail and scanners may put something before "%PDF"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE_WORD = "WordDocument".encode("utf-16-le")
OPEN_TEXT = b"application/vnd.oasis.opendocument.text"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*")  # PNG, JPEG, TIFF
_OTHER_FORMATS = (
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
)

_FORMATS_BY_SUFFIX = {".docx": "Word", ".pdf": "PDF", ".rtf": "RTF"}


def recognize(content: bytes, name: str) -> Kind:
    """The format of a file with this content. Raises Refused where it cannot be a letter."""
    if content.startswith(b"PK"):
        return _recognize_zip(content)
    if content.startswith(_OLE):
        encrypted = _OLE_ENCRYPTED in content
        if not encrypted and _OLE_WORD in content:
            return Kind.OLD_WORD
        raise Refused("locked with a password" if encrypted else "an old Office file; save it as .docx")
    if content.startswith(b"{\\rtf"):
        return Kind.RTF
    if b"%PDF-" in content[:_PDF_HEADER_WITHIN]:
        return Kind.PDF
    if content.startswith(_PICTURES):
        return Kind.PICTURE
    for start, what in _OTHER_FORMATS:
        if content.startswith(start):
            raise Refused(f"not a letter but {what}")
    begin = content[:256].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begin.startswith((b"<!doctype html", b"<html")):
        raise Refused("a web page; save it as text or Word")
    if begin.startswith((b"<?xml", b"<w:worddocument")):
        raise Refused("an XML file; save it as .docx")
    if claimed := next((kind for suffix, kind in _FORMATS_BY_SUFFIX.items() if name.lower().endswith(suffix)), None):
        raise Refused(f"not a {claimed} file, although its name ends like one")
    return Kind.MARKDOWN if name.lower().endswith((".md", ".markdown")) else Kind.TEXT


def part_name(raw: str) -> str:
    """The name of a part of a zipped file as Word reads it. Some programs write backslashes, or begin at the root."""
    return raw.replace("\\", "/").removeprefix("./").removeprefix("/")


def _recognize_zip(content: bytes) -> Kind:
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {part_name(info.filename) for info in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Refused("a damaged Word or other zipped file") from error
    if "word/vbaProject.bin" in names:
        raise Refused("a Word file with macros; save it as .docx")
    if "word/document.xml" in names or any(name.startswith("word/") for name in names):
        return Kind.WORD
    if "xl/workbook.xml" in names:
        raise Refused("not a letter but an Excel file")
    if "content.xml" in names:
        if OPEN_TEXT in content[:200]:
            return Kind.OPEN_DOCUMENT
        raise Refused("not a letter but an OpenDocument file of another kind")
    raise Refused("not a letter but a zipped file")
