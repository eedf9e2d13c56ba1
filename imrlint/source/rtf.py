"""The text of an RTF file."""

from __future__ import annotations

from striprtf.striprtf import rtf_to_text

from imrlint.source.errors import Refused
from imrlint.source.extract import Extract, typed_in_lines


def read(content: bytes) -> Extract:
    """The text of an RTF file. Raises Refused."""
    if b"\\" not in content[6:]:
        raise Refused("a damaged RTF file")
    text: str = rtf_to_text(content.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    lines = text.replace("\0", "").split("\n")
    typed = typed_in_lines(lines)
    kept = lines if typed else [line for line in lines if line.strip()]
    gap = "\n" if typed else "\n\n"
    starts, at = [], 0
    for line in kept:
        if line.strip():
            starts.append(at)
        at += len(line) + len(gap)
    return Extract(gap.join(kept), paragraphs=tuple(starts), flows=not typed)
