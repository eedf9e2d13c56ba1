"""Files that no letter should be: damaged, disguised, locked, endless. All are made here."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from pypdf import PdfWriter
from typeset import pdf, rtf, word

_DOCUMENT = "word/document.xml"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SPARSE = 500_000_000  # bytes


@cache
def file(name: str) -> bytes:
    """One of the files; none is a letter, or none that can be read."""
    return _makers()[name]()


@cache
def _makers() -> dict[str, Callable[[], bytes]]:
    """What makes each file: some are large, and take seconds."""
    letter = "A letter.\n\nIt has two paragraphs."
    draft = word(letter)
    page = pdf([["A letter."]])
    return {
        # nothing, or something else
        "empty.docx": lambda: b"",
        "empty.pdf": lambda: b"",
        "picture.docx": lambda: _PNG,
        "picture.pdf": lambda: b"\xff\xd8\xff\xe0" + bytes(100),
        "scan.txt": lambda: b"II*\0" + bytes(100),
        "zeros.pdf": lambda: bytes(5000),
        "web-page.txt": lambda: b"<!DOCTYPE html><html><body>a letter</body></html>",
        "flat.txt": lambda: b'<?xml version="1.0"?><w:wordDocument/>',
        "compressed.txt": lambda: gzip.compress(letter.encode()),
        "controls.txt": lambda: bytes(range(1, 9)) * 100,
        "half-of-utf-16.txt": lambda: b"\xff\xfea",
        # Word: damaged
        "cut-off.docx": lambda: draft[: len(draft) // 2],
        "without-its-end.docx": lambda: draft[:-30],
        "wrong-checksum.docx": lambda: _checksum_broken(draft),
        "no-document.docx": lambda: _packed(draft, {_DOCUMENT: None}),
        "no-relations.docx": lambda: _packed(draft, {"_rels/.rels": None}),
        "broken-xml.docx": lambda: _packed(draft, {_DOCUMENT: b"<w:document><w:body>"}),
        "not-xml.docx": lambda: _packed(draft, {_DOCUMENT: b"\0\1\2 not XML"}),
        "other-root.docx": lambda: _packed(draft, {_DOCUMENT: b"<html/>"}),
        "no-text.docx": lambda: word(" "),
        # Word: locked or of another kind
        "locked.docx": lambda: _OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500),
        "old.docx": lambda: _OLE + bytes(1000),
        "locked-parts.docx": lambda: _flagged(draft),
        "macros.docx": lambda: _packed(draft, {"word/vbaProject.bin": b"macro"}),
        "template.docx": lambda: _retyped(draft, "template"),
        "strict.docx": lambda: _strict(draft),
        "sheet.docx": lambda: _zip({"xl/workbook.xml": b"<workbook/>"}),
        "open-document.docx": lambda: _zip({"content.xml": b"<office/>"}),
        "zip.docx": lambda: _zip({"a.txt": b"a"}),
        # Word: too much
        "bomb.docx": lambda: _packed(draft, {"word/media/a.bin": bytes(400_000_000)}),
        "bomb-of-xml.docx": lambda: _packed(draft, {_DOCUMENT: _document("<w:p/>" * 8_000_000)}),
        "bomb-that-lies.docx": lambda: _lying(_packed(draft, {_DOCUMENT: _document("<w:p/>" * 2_000_000)})),
        "laughs.docx": lambda: _packed(draft, {_DOCUMENT: _laughs()}),
        "many-parts.docx": lambda: _zip({_DOCUMENT: b"<a/>", **{f"word/media/{i}": b"" for i in range(20_000)}}),
        "deep.docx": lambda: _packed(draft, {_DOCUMENT: _document("<w:sdt><w:sdtContent>" * 100_000)}),
        # PDF
        "header-only.pdf": lambda: b"%PDF-1.7\n",
        "cut-off.pdf": lambda: page[: len(page) // 3],
        "picture-only.pdf": lambda: pdf([[]], picture=True),
        "blank.pdf": lambda: pdf([[]]),
        "locked.pdf": lambda: _locked(page),
        "many-pages.pdf": lambda: pdf([["x"]] * 1_000),
        "no-pages.pdf": lambda: pdf([]),
        "bomb.pdf": lambda: _swollen(page),
        # RTF
        "header-only.rtf": lambda: b"{\\rtf1",
        "no-text.rtf": lambda: b"{\\rtf1\\ansi }",
        "binary.rtf": lambda: b"{\\rtf1\\ansi {\\*\\objdata \\bin100000000 " + bytes(range(256)) * 20 + b"}",
        "deep.rtf": lambda: b"{\\rtf1" + b"{" * 2_000_000,
        "pictures.rtf": lambda: b"{\\rtf1" + b"{\\pict " * 200_000,
        "links.rtf": lambda: b"{\\rtf1" + b"{\\field{\\*\\fldinst{HYPERLINK " * 20_000,
        "endless.rtf": lambda: rtf("many words " * 400_000),
    }  # fmt: skip


def lay_out(folder: Path) -> list[Path]:
    """Write the files into a folder, and one that only claims to be large."""
    paths = []
    for name in _makers():
        paths.append(folder / name)
        paths[-1].write_bytes(file(name))
    for name in ("sparse.txt", "sparse.docx", "sparse.pdf"):
        with (folder / name).open("wb") as sparse:
            sparse.truncate(SPARSE)
        paths.append(folder / name)
    return paths


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _packed(content: bytes, changes: dict[str, bytes | None]) -> bytes:
    """A Word file with parts put in, or taken out."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, bytes | None] = {name: archive.read(name) for name in archive.namelist()}
    return _zip({name: part for name, part in (parts | changes).items() if part is not None})


def _replaced(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        changed = archive.read(part).replace(old, new)
    assert new in changed
    return _packed(content, {part: changed})


def _strict(content: bytes) -> bytes:
    old = b"schemas.openxmlformats.org/officeDocument/2006"
    return _replaced(content, "_rels/.rels", old, b"purl.oclc.org/ooxml/officeDocument")


def _retyped(content: bytes, what: str) -> bytes:
    return _replaced(
        content, "[Content_Types].xml", b"wordprocessingml.document.main", f"wordprocessingml.{what}.main".encode()
    )


def _checksum_broken(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(_DOCUMENT)
    at = info.header_offset + 30 + len(_DOCUMENT) + info.compress_size // 2
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def _flagged(content: bytes) -> bytes:
    """Every part marked as encrypted, in the list at the end."""
    changed = bytearray(content)
    at = changed.find(b"PK\1\2")
    while at >= 0:
        changed[at + 8] |= 1
        at = changed.find(b"PK\1\2", at + 4)
    return bytes(changed)


def _lying(content: bytes) -> bytes:
    """Every part said to unpack to a hundred bytes."""
    changed = bytearray(content)
    at = changed.find(b"PK\1\2")
    while at >= 0:
        struct.pack_into("<I", changed, at + 24, 100)
        at = changed.find(b"PK\1\2", at + 4)
    return bytes(changed)


def _document(body: str) -> bytes:
    return f"<w:document {_W}><w:body>{body}</w:body></w:document>".encode()


def _laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    text = "<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>"
    return f"<!DOCTYPE d [{entities}]>".encode() + _document(text)


def _locked(content: bytes) -> bytes:
    writer = PdfWriter(io.BytesIO(content))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _swollen(content: bytes) -> bytes:
    """A page whose drawing unpacks to a gigabyte."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"BT ET\n" * 1_000_000) for _ in range(160)) + packer.flush()
    start = content.index(b"stream\nBT") + 7
    begin = content.rindex(b"<<", 0, start)
    end = content.index(b"\nendstream", start)
    header = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    return content[:begin] + header + packed + content[end:]
