"""The text of an RTF file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from imrlint.document.text import Aside
from imrlint.source.errors import Refused
from imrlint.source.extract import Extract, has_hard_line_breaks

_LONGEST_INFO = 20_000  # bytes
_CELL = re.compile(rb"\\(?:nest)?cell(?![a-zA-Z])")
# The beginning of the text of a property; `doccomm` are its comments.
_PROPERTY = re.compile(rb"\{\\(title|subject|keywords|doccomm|category) ?(?=[^\\{}])([^{}]{1,2000})\}")
_PROPERTIES = {"doccomm": "comments"}
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
    return Extract(gap.join(kept), paragraphs=tuple(starts), flows=not hard, asides=tuple(_read_properties(content)))


def _read_properties(content: bytes) -> Iterator[Aside]:
    """The properties in the part of the file that describes it."""
    start = content.find(b"{\\info")
    for found in _PROPERTY.finditer(content, start, start + _LONGEST_INFO) if start >= 0 else ():
        name = found[1].decode()
        words: str = rtf_to_text("{\\rtf1 " + found[2].decode("latin-1") + "}", errors="replace")  # type: ignore[no-untyped-call]
        if words.strip():
            yield Aside(f"the {_PROPERTIES.get(name, name)} in its properties", " ".join(words.split()))
