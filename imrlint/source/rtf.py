"""The text of an RTF file."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from imrlint.source.errors import Refused
from imrlint.source.extract import Extract, typed_in_lines

_CELL = re.compile(rb"\\(?:nest)?cell(?![a-zA-Z])")
_TYPESETTING = str.maketrans({"\u2011": "-", "\xad": None, "\0": None})  # hyphens that do not break, or only do that


def read(content: bytes) -> Extract:
    """The text of an RTF file. Raises Refused."""
    if b"\\" not in content[6:]:
        raise Refused("a damaged RTF file")
    parted = _CELL.sub(rb"\\tab", content).decode("latin-1")  # striprtf would put a stroke between cells
    text: str = rtf_to_text(parted, errors="replace")  # type: ignore[no-untyped-call]
    lines = [line.rstrip("\t") for line in text.translate(_TYPESETTING).split("\n")]
    typed = typed_in_lines(lines)
    kept = lines if typed else [line for line in lines if line.strip()]
    gap = "\n" if typed else "\n\n"
    starts, at = [], 0
    for line in kept:
        if line.strip():
            starts.append(at)
        at += len(line) + len(gap)
    return Extract(gap.join(kept), paragraphs=tuple(starts), flows=not typed)
