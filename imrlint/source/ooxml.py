"""Names of elements of Word files, and questions about one element."""

from __future__ import annotations

from typing import Any

Element = Any  # of lxml, which has no types

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
VML = "{urn:schemas-microsoft-com:vml}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

ALTERNATIVES = f"{COMPATIBILITY}AlternateContent"
FALLBACK = f"{COMPATIBILITY}Fallback"
TEXT_BOX = f"{W}txbxContent"
INSERTED = f"{W}altChunk"
GONE = frozenset((f"{W}del", f"{W}moveFrom"))

_OFF = ("0", "false", "off")
# Extensions that every Word since 2010 understands, by the end of their namespace.
_UNDERSTOOD = ("/2010/wordml", "/2012/wordml", "/wordprocessingShape", "/wordprocessingGroup", "/wordprocessingCanvas")


def is_on(element: Element, name: str) -> bool:
    """Whether a property of an element is switched on: `name` is a child, and its value is not "off"."""
    mark = element.find(f"{W}{name}")
    return mark is not None and mark.get(f"{W}val") not in _OFF


def value_of(element: Element | None, path: str) -> str:
    """The value of a descendant of an element, "" where there is none."""
    found = element.find(path) if element is not None else None
    return "" if found is None else found.get(f"{W}val") or ""


def nearest_ancestor(element: Element, tag: str) -> Element | None:
    """The innermost element of this tag around `element`."""
    return next(element.iterancestors(tag), None)


def choose_alternative(element: Element) -> Element | None:
    """The alternative that Word shows: the first whose extensions it understands, else the one for older programs."""
    for choice in element.iter(f"{COMPATIBILITY}Choice"):
        if choice.getparent() is element:
            spaces = [choice.nsmap.get(prefix, "") for prefix in (choice.get("Requires") or "").split()]
            if all(space.endswith(_UNDERSTOOD) for space in spaces):
                return choice
    return element.find(FALLBACK)
