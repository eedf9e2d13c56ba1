"""What kind of file holds a letter: told by what it begins with, and only for plain text by its name."""

from __future__ import annotations

from enum import Enum

from imrlint.source.errors import Refused


class Kind(Enum):
    """A form in which letters come. The value is what people call it."""

    TEXT = "plain text"
    MARKDOWN = "Markdown"
    WORD = "a Word file"
    PDF = "a PDF file"
    RTF = "an RTF file"


SUFFIXES = (".txt", ".md", ".docx", ".pdf", ".rtf")  # what a folder is searched for

_PDF_WITHIN = 1024  # bytes; what stands before "%PDF" in a file that was mailed or scanned
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    (b"\x89PNG", "a picture: it needs OCR"),
    (b"\xff\xd8\xff", "a picture: it needs OCR"),
    (b"II*\0", "a picture: it needs OCR"),
    (b"MM\0*", "a picture: it needs OCR"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
)

_CLAIMS = {".docx": "Word", ".pdf": "PDF", ".rtf": "RTF"}


def recognised(content: bytes, name: str) -> Kind:
    """The kind of the file that holds `content`. Raises Refused where it cannot hold a letter."""
    if content.startswith(b"PK"):
        return _zipped(content)
    if content.startswith(_OLE):
        locked = _OLE_LOCKED in content
        raise Refused("locked with a password" if locked else "an old Office file; save it as .docx")
    if content.startswith(b"{\\rtf"):
        return Kind.RTF
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return Kind.PDF
    for start, what in _OTHERS:
        if content.startswith(start):
            raise Refused(f"not a letter but {what}")
    begin = content[:256].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begin.startswith((b"<!doctype html", b"<html")):
        raise Refused("a web page; save it as text or Word")
    if begin.startswith((b"<?xml", b"<w:worddocument")):
        raise Refused("an XML file; save it as .docx")
    if claimed := next((kind for end, kind in _CLAIMS.items() if name.lower().endswith(end)), None):
        raise Refused(f"not a {claimed} file, whatever its name says")
    return Kind.MARKDOWN if name.lower().endswith((".md", ".markdown")) else Kind.TEXT


def _zipped(content: bytes) -> Kind:
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {info.filename for info in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Refused("a damaged Word or other zipped file") from error
    if "word/vbaProject.bin" in names:
        raise Refused("a Word file with macros; save it as .docx")
    if "word/document.xml" in names or any(name.startswith("word/") for name in names):
        return Kind.WORD
    if "xl/workbook.xml" in names:
        raise Refused("not a letter but an Excel file")
    if "content.xml" in names:
        raise Refused("an OpenDocument file; save it as .docx")
    raise Refused("not a letter but a zipped file")
