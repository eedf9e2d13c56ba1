"""The zipped package of a Word file: its size, its names, and relations that lead nowhere."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from typing import Any

from docx.oxml.parser import parse_xml
from lxml import etree

from imrlint.source.errors import Refused
from imrlint.source.kinds import part_name

MAX_PARTS = 2_000
MAX_UNPACKED = 64 * 1024 * 1024  # bytes of all parts
MAX_XML = 8 * 1024 * 1024  # bytes of one part that is parsed; a letter has 200,000

_RELATIONS = ".rels"


def open_package(content: bytes) -> bytes:
    """The content of a Word file, repaired where Word reads it too. Raises Refused.

    Names with backslashes, which some programs on Windows write, get slashes. A relation whose target is in the file
    in another case leads to it. One without a target in the file, such as a link to a bookmark or a picture that is
    gone, is marked as external, so that nothing looks for it.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        _check_size(archive)
        names = {info.filename: part_name(info.filename) for info in archive.infolist()}
        _check_start(archive, names)
        known = {name.casefold(): name for name in names.values()}
        repaired = {
            raw: fixed
            for raw, name in names.items()
            if name.endswith(_RELATIONS) and (fixed := _mend_relations(archive.read(raw), name, known))
        }
        if not repaired and all(raw == name for raw, name in names.items()):
            return content
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
            for raw, name in names.items():
                copy.writestr(name, repaired.get(raw) or archive.read(raw))
        return out.getvalue()


def _check_size(archive: zipfile.ZipFile) -> None:
    """Raises Refused for a file that is locked, or unpacks to more than a letter can be."""
    infos = archive.infolist()
    if any(info.flag_bits & 1 for info in infos):
        raise Refused("locked with a password")
    largest = max((i.file_size for i in infos if i.filename.endswith((".xml", _RELATIONS))), default=0)
    if len(infos) > MAX_PARTS or sum(i.file_size for i in infos) > MAX_UNPACKED or largest > MAX_XML:
        raise Refused("too large for a letter once it is unpacked")


def _check_start(archive: zipfile.ZipFile, names: dict[str, str]) -> None:
    """Raises Refused for a package without a beginning, and for one in the strict variant of the format."""
    raw = next((raw for raw, name in names.items() if name == "_rels/.rels"), None)
    if raw is None:
        raise Refused("damaged: it cannot be read as a Word file")
    if b"purl.oclc.org/ooxml" in archive.read(raw)[:4000]:
        raise Refused("saved as Strict Open XML; save it as an ordinary Word document")


def _mend_relations(content: bytes, name: str, known: Mapping[str, str]) -> bytes | None:
    """The relations of a part with each leading to a part or marked as external; None where each does.

    `known` has the names of all parts, by their casefolded names.
    """
    try:
        root: Any = parse_xml(content)
    except etree.XMLSyntaxError:
        return None
    folder = posixpath.dirname(posixpath.dirname(name))
    changed = False
    for relation in root:
        if relation.get("TargetMode") == "External":
            continue
        wanted = _target(relation.get("Target") or "", folder)
        found = known.get(wanted.casefold())
        if found is None:
            relation.set("TargetMode", "External")
        elif found != wanted:
            relation.set("Target", f"/{found}")
        changed |= found != wanted
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True) if changed else None


def _target(written: str, folder: str) -> str:
    """The name of the part that a relation of a part in `folder` leads to."""
    path = part_name(written) if written.startswith(("/", "\\")) else f"{folder}/{part_name(written)}"
    return posixpath.normpath(path.lstrip("/"))
