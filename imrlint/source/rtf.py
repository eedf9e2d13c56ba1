"""The text of an RTF file."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from imrlint.source.errors import Refused
from imrlint.source.extract import Extract, has_hard_line_breaks

_CELL = re.compile(rb"\\(?:nest)?cell(?![a-zA-Z])")
_TYPESETTING = str.maketrans({"\u2011": "-", "\xad": None, "\0": None})  # the non-breaking hyphen, the soft hyphen


def read(content: bytes) -> Extract:
    """The text of an RTF file. Raises Refused."""
    if b"\\" not in content[6:]:
        raise Refused("a damaged RTF file")
    tabbed = _CELL.sub(rb"\\tab", content).decode("latin-1")  # striprtf puts "|" between cells
    text: str = rtf_to_text(tabbed, errors="replace")  # type: ignore[no-untyped-call]
    lines = [line.rstrip("\t") for line in text.translate(_TYPESETTING).split("\n")]
    hard = has_hard_line_breaks(lines)
    kept = lines if hard else [line for line in lines if line.strip()]
    gap = "\n" if hard else "\n\n"
    starts, at = [], 0
    for line in kept:
        if line.strip():
            starts.append(at)
        at += len(line) + len(gap)
    return Extract(gap.join(kept), paragraphs=tuple(starts), flows=not hard)
