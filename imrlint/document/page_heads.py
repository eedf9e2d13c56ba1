"""Lines of a typed letter that belong to its pages: page numbers, and heads with case number and page number."""

from __future__ import annotations

import re

from imrlint.document.patterns import Pattern

_HINT = Pattern(r"[Pp]age \d|CM\d\d-\d")
_LINE = re.compile(
    r"[^\S\n]*(?:[^\n\f]{0,60}\bC(?:ase|ASE) N(?:umber|UMBER|o\.?)[: #]{0,3}CM\d\d-\d{7}[ \t]*[-–|,]?[ \t]*"
    r"(?:[Pp]age )?\d{1,3}(?: of \d{1,3})?|-? ?[Pp]age \d{1,3}(?: of \d{1,3})? ?-?)[^\S\n]*"
)


def blank_page_heads(text: str) -> str:
    """The text with spaces in place of such lines, of the same length; page breaks in them stay."""
    kept: list[str] = []
    last = 0
    for hint in _HINT.finditer(text):
        start = text.rfind("\n", 0, hint.start()) + 1
        end = text.find("\n", hint.end())
        end = len(text) if end < 0 else end
        if start >= last and _LINE.fullmatch(text, start, end):
            kept += [text[last:start], re.sub(r"[^\f]", " ", text[start:end])]
            last = end
    return "".join([*kept, text[last:]]) if kept else text
