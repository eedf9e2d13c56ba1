"""Strengths of drugs as they are printed: "10/325mg", "7.5-325 mg", "5%", "10mg/1ml"."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from imrlint.document.letter import Strength
from imrlint.document.text import fold_case

_AMOUNT = r"(?:\d|\.\d)[\d.,]*%?"
# In "10 mg/325 mg" the unit stands twice, in "Norco 10/325" nowhere.
_STRENGTH = re.compile(
    rf"(?P<amounts>{_AMOUNT}(?: ?(?:(?:mg|mcg|[uµμ]g) ?/|[/-]) ?{_AMOUNT})*) ?"
    r"(?:(?P<unit>mgs?|milligrams?|mcg|[uµμ]g|micrograms?|percent|meq|iu|units?|grams?|gm|g)\b|(?<=%)|%)"
    r"|(?P<bare>(?<![\d./-])\d{1,3}(?:\.\d+)?/\d{3})(?![\d./-])",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|\.\d+")
# What may stand between a drug and its strength.
_BETWEEN = re.compile(
    r"[ ,]*(?:\(?(?:hcl|hydrochloride|sodium|sod|citrate|tartrate|bitartrate|er|sr|xr|cr|ir|dr|ds|ec|xl|la|cd|odt"
    r"|tab(?:let)?s?|cap(?:sule)?s?"
    r"|oral|cream|gel|ointment|patch(?:es)?|of|at)\)?[ ,]*){0,4}",
    re.IGNORECASE,
)
_UNITS = {
    "mgs": "mg", "milligram": "mg", "milligrams": "mg",
    "ug": "mcg", "µg": "mcg", "μg": "mcg", "microgram": "mcg", "micrograms": "mcg",
    "percent": "%", "unit": "units", "iu": "units", "gm": "g", "gram": "g", "grams": "g",
}  # fmt: skip
_IN_MILLIGRAMS = {"mg": 1.0, "mcg": 0.001, "g": 1000.0}
_HEAVIEST = 10_000  # milligrams; what weighs as much is a tube, and no dose


class PrintedStrength(NamedTuple):
    """A strength at characters `start` up to `end` of a text."""

    start: int
    end: int
    strength: Strength


def read(printed: str) -> Strength | None:
    """The first strength in a text; None where there is none."""
    found = _STRENGTH.search(printed)
    if found is None:
        return None
    unit = "mg" if found["bare"] else fold_case(found["unit"] or "%")
    numbers = _NUMBER.findall(found["bare"] or found["amounts"])
    return Strength(tuple(float(number.replace(",", "")) for number in numbers), _UNITS.get(unit, unit))


def is_same(strength: Strength, other: Strength) -> bool:
    """Whether two strengths are the same amounts: "0.5 mg" and "500 mcg", "10/325 mg" and "325/10 mg"."""
    return is_comparable(strength, other) and all(
        math.isclose(amount, own) for amount, own in zip(_scale_amounts(strength), _scale_amounts(other), strict=True)
    )


def is_comparable(strength: Strength, other: Strength) -> bool:
    """Whether two strengths have units of the same kind and as many amounts."""
    alike = strength.unit == other.unit or (_is_dose(strength) and _is_dose(other))
    return alike and len(strength.amounts) == len(other.amounts)


def _is_dose(strength: Strength) -> bool:
    """Whether a strength is a weight that a tablet may have."""
    return strength.unit in _IN_MILLIGRAMS and max(_scale_amounts(strength), default=0.0) < _HEAVIEST


def _scale_amounts(strength: Strength) -> list[float]:
    scale = _IN_MILLIGRAMS.get(strength.unit, 1.0)
    return sorted(amount * scale for amount in strength.amounts)


def read_behind(text: str, end: int) -> PrintedStrength | None:
    """The strength right behind a drug whose name ends at character `end`; None where there is none."""
    between = _BETWEEN.match(text, end)
    found = _STRENGTH.match(text, between.end() if between else end)
    strength = read(found.group()) if found else None
    return PrintedStrength(found.start(), found.end(), strength) if found and strength else None
