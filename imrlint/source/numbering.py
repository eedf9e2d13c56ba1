"""The numbers that Word puts before paragraphs of lists, which are not in their text."""

from __future__ import annotations

import re
from typing import NamedTuple

from imrlint.source.ooxml import Element, W, is_on, value_of

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_LEVEL = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ORDINAL_ENDS = {1: "st", 2: "nd", 3: "rd"}
_MOST = 4_000  # higher numbers are written in figures, whatever their format


class _ListPlace(NamedTuple):
    """A list and a level of it, as a paragraph or a style names them."""

    number: str
    level: int


class Numbering:
    """Counts the paragraphs of the lists of a file. `definitions` and `styles` are the roots of those parts."""

    def __init__(self, definitions: Element | None, styles: Element | None) -> None:
        self._abstract: dict[str, Element] = {}
        self._lists: dict[str, Element] = {}
        self._styles: dict[str, Element] = {}
        if definitions is not None:
            self._abstract = {each.get(f"{W}abstractNumId"): each for each in definitions.iter(f"{W}abstractNum")}
            self._lists = {each.get(f"{W}numId"): each for each in definitions.iter(f"{W}num")}
        if styles is not None:
            self._styles = {each.get(f"{W}styleId"): each for each in styles.iter(f"{W}style")}
        self._counts: dict[str, list[int]] = {}
        self._begun: set[_ListPlace] = set()

    def count(self, paragraph: Element) -> str:
        """The number printed before the next paragraph, with the space behind it; "" for one without number."""
        return self._count(self._find_place(paragraph))

    def count_within(self, paragraph: Element, level: int | None) -> str:
        """The number of the next field in a numbered paragraph, without space; "" in one without number.

        Such fields are one level below the paragraph, or at a `level`, counted from 1.
        """
        place = self._find_place(paragraph)
        if place is None:
            return ""
        return self._count(place._replace(level=place.level + 1 if level is None else level - 1)).rstrip()

    def find_heading_level(self, paragraph: Element) -> int | None:
        """Which heading a paragraph is by its style, counted from 0; None for body text."""
        style = self._styles.get(value_of(paragraph, f"{W}pPr/{W}pStyle"))
        heading = _HEADING.fullmatch(value_of(style, f"{W}name"))
        return int(heading[1]) - 1 if heading else None

    def _count(self, place: _ListPlace | None) -> str:
        if place is None or place.number not in self._lists:
            return ""
        entry = self._lists[place.number]
        abstract = self._find_abstract(entry)
        if abstract is None:
            return ""
        levels = {_read_int(level.get(f"{W}ilvl"), 0): level for level in abstract.iter(f"{W}lvl")}
        levels |= {
            _read_int(change.get(f"{W}ilvl"), 0): level
            for change in entry.iter(f"{W}lvlOverride")
            if (level := change.find(f"{W}lvl")) is not None
        }
        if place.level not in levels:
            return ""
        counts = self._advance(entry, abstract, place, levels)
        return _format(place.level, levels, counts)

    def _find_place(self, paragraph: Element) -> _ListPlace | None:
        form = paragraph.find(f"{W}pPr")
        if form is None:
            return None
        number, level = value_of(form, f"{W}numPr/{W}numId"), value_of(form, f"{W}numPr/{W}ilvl")
        style, seen = value_of(form, f"{W}pStyle"), set[str]()
        while not number and style in self._styles and style not in seen:
            seen.add(style)
            above = self._styles[style]
            number = value_of(above, f"{W}pPr/{W}numPr/{W}numId")
            level = level or value_of(above, f"{W}pPr/{W}numPr/{W}ilvl")
            style = value_of(above, f"{W}basedOn")
        return _ListPlace(number, _read_int(level, 0)) if number not in ("", "0") else None

    def _find_abstract(self, entry: Element) -> Element | None:
        """The definition of a list; one may name a style whose list has it."""
        abstract = self._abstract.get(value_of(entry, f"{W}abstractNumId"))
        style = self._styles.get(value_of(abstract, f"{W}numStyleLink"))
        linked = self._lists.get(value_of(style, f"{W}pPr/{W}numPr/{W}numId"))
        return self._abstract.get(value_of(linked, f"{W}abstractNumId"), abstract)

    def _advance(self, entry: Element, abstract: Element, place: _ListPlace, levels: dict[int, Element]) -> list[int]:
        """The counts of all levels after one more paragraph. Lists of one definition count on."""
        starts = [_read_int(value_of(levels.get(n), f"{W}start"), 1) for n in range(9)]
        counts = self._counts.setdefault(abstract.get(f"{W}abstractNumId"), [start - 1 for start in starts])
        if place not in self._begun:
            self._begun.add(place)
            path = f"{W}lvlOverride[@{W}ilvl='{place.level}']/{W}startOverride"
            if restart := value_of(entry, path):
                counts[place.level] = _read_int(restart, 1) - 1
        for higher in range(place.level):
            counts[higher] = max(counts[higher], starts[higher])
        counts[place.level] += 1
        for lower in range(place.level + 1, len(counts)):
            if place.level < _read_int(value_of(levels.get(lower), f"{W}lvlRestart"), lower):
                counts[lower] = starts[lower] - 1
        return counts


def _format(level: int, levels: dict[int, Element], counts: list[int]) -> str:
    """The number of a paragraph as its level writes it; "" for a bullet."""
    own = levels[level]
    if value_of(own, f"{W}numFmt") == "bullet":
        return ""
    in_figures = is_on(own, "isLgl")

    def write(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        return write_number(counts[at], "decimal" if in_figures else value_of(levels.get(at), f"{W}numFmt"))

    label = _LEVEL.sub(write, value_of(own, f"{W}lvlText"))
    if not label.strip():
        return ""
    return label if value_of(own, f"{W}suff") == "nothing" else label + " "


def write_number(number: int, form: str) -> str:
    """A number in a form that Word has a name for, such as "upperRoman"; in figures where it is too high for it."""
    if not 0 < number < _MOST:
        return str(number)
    match form:
        case "lowerLetter" | "upperLetter":  # a … z, then aa, bb
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter.upper() if form == "upperLetter" else letter
        case "lowerRoman" | "upperRoman":
            roman = ""
            for value, letters in _ROMAN:
                roman += letters * (number // value)
                number %= value
            return roman.upper() if form == "upperRoman" else roman
        case "decimalZero":
            return f"{number:02}"
        case "ordinal":
            unit = 0 if number % 100 in (11, 12, 13) else number % 10
            return f"{number}{_ORDINAL_ENDS.get(unit, 'th')}"
        case "cardinalText" | "ordinalText":
            from imrlint.knowledge.language import numbers

            return numbers.spell(number, order=form == "ordinalText").capitalize() or str(number)
        case "none":
            return ""
    return str(number)


def _read_int(printed: str | None, otherwise: int) -> int:
    plain = printed is not None and printed.isascii() and printed.isdigit() and len(printed) < 6
    return int(printed or "") if plain else otherwise
