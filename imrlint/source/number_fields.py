"""The fields of Word files that number paragraphs or places in them. Word counts them anew and stores no result.

Source: ECMA-376, Part 1, 17.16.5, on AUTONUM, AUTONUMLGL, AUTONUMOUT and LISTNUM; Microsoft, "ListNum field".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from imrlint.source.numbering import Numbering, write_number
from imrlint.source.ooxml import Element

_KINDS = ("AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM")
_SWITCH = re.compile(r'\\(?P<name>[a-z*])\s*(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s\\"]*))', re.IGNORECASE)
_LEVELS = 9
_OUTLINE = ("%I.", "%A.", "%1.", "%a)", "(%1)", "(%a)", "(%i)", "(%a)", "(%i)")
_LISTS = {
    "numberdefault": ("%1)", "%a)", "%i)", "(%1)", "(%a)", "(%i)", "%1.", "%a.", "%i."),
    "outlinedefault": _OUTLINE,
    "legaldefault": (),
}
_USUAL_LIST = "numberdefault"
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NAMED_FORMS = {
    "alphabetic": "lowerLetter", "ALPHABETIC": "upperLetter", "roman": "lowerRoman", "ROMAN": "upperRoman",
    "Ordinal": "ordinal",
}  # fmt: skip


class NumberField(NamedTuple):
    """A field that prints a number: its kind, the words behind it, and its switches, such as "s", with their values."""

    kind: str
    name: str
    switches: dict[str, str]


def read_number_field(instruction: str) -> NumberField | None:
    """The field with this instruction; None where that prints no number."""
    kind, _, rest = instruction.strip().partition(" ")
    if kind.upper() not in _KINDS:
        return None
    switches = {
        found["name"].lower(): found["plain"] if found["quoted"] is None else found["quoted"]
        for found in _SWITCH.finditer(rest)
        if found["plain"] not in ("MERGEFORMAT", "CHARFORMAT")
    }
    return NumberField(kind.upper(), _SWITCH.sub("", rest).strip(' "').casefold(), switches)


class NumberFields:
    """Counts the fields of a text in the order in which it is read."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._automatic = {kind: _Series() for kind in _KINDS}
        self._lists = {name: _Series() for name in _LISTS}
        self._list = _USUAL_LIST  # the last one, which a field without a name continues
        self._level = 0

    def count(self, field: NumberField, paragraph: Element, *, follows: bool, begins: bool) -> str:
        """The number that a field prints in a paragraph.

        `follows`: there is nothing between it and another such field; `begins`: it begins the paragraph.
        """
        if field.kind != "LISTNUM":
            return self._count_automatic(field, self._numbering.find_heading_level(paragraph))
        level = _read_int(field.switches.get("l"))
        if not field.name and (label := self._numbering.count_within(paragraph, level)):
            return label
        self._list = field.name if field.name in _LISTS else self._list
        if level is not None:
            self._level = min(max(level - 1, 0), _LEVELS - 1)
        elif follows:
            self._level = min(self._level + 1, _LEVELS - 1)
        elif begins:
            self._level = 0
        counts = self._lists[self._list].advance(self._level, _read_int(field.switches.get("s")))
        return _write_label(counts, _LISTS[self._list])

    def _count_automatic(self, field: NumberField, heading: int | None) -> str:
        """Body text is counted by itself, anew behind each heading that has such a field."""
        series = self._automatic[field.kind]
        counts = series.advance_body() if heading is None else series.advance(heading)
        if field.kind == "AUTONUMOUT":
            return f"{counts[-1]}." if heading is None else _write_label(counts, _OUTLINE)
        own = write_number(counts[-1], _NAMED_FORMS.get(field.switches.get("*", ""), "decimal"))
        separator = field.switches.get("s", ".")[:1]
        higher = [str(count) for count in counts[:-1]] if field.kind == "AUTONUMLGL" else []
        return separator.join([*higher, own]) + ("" if "e" in field.switches else separator)


class _Series:
    """The counts of nine levels, and of the body text behind the last of them."""

    def __init__(self) -> None:
        self._counts = [0] * _LEVELS
        self._depth = 0  # of the levels, down to the last one that was counted
        self._body = 0

    def advance(self, level: int, start: int | None = None) -> list[int]:
        """The counts down to a level after one more number there; a level that was left out counts as its first."""
        self._counts[:level] = [max(count, 1) for count in self._counts[:level]]
        self._counts[level:] = [self._counts[level] + 1 if start is None else start] + [0] * (_LEVELS - level - 1)
        self._depth, self._body = level + 1, 0
        return self._counts[: self._depth]

    def advance_body(self) -> list[int]:
        """The counts of the levels, and that of the body text after one more number there."""
        self._body += 1
        return [*self._counts[: self._depth], self._body]


def _write_label(counts: list[int], labels: tuple[str, ...]) -> str:
    """The last of the counts in the label of its level; without labels, all counts, as lawyers write them."""
    if not labels:
        return "".join(f"{count}." for count in counts)
    label = labels[len(counts) - 1]
    sign = label[label.index("%") + 1]
    return label.replace(f"%{sign}", write_number(counts[-1], _FORMS[sign]))


def _read_int(printed: str | None) -> int | None:
    return int(printed) if printed and printed.isascii() and printed.isdigit() and len(printed) < 6 else None
