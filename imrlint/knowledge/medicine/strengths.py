"""Strengths of drugs as they are printed: "10/325mg", "7.5-325 mg", "5%", "10mg/1ml"."""

from __future__ import annotations

import re
from typing import NamedTuple

from imrlint.document.letter import Strength
from imrlint.document.text import fold_case

_STRENGTH = re.compile(
    r"(?P<amounts>\.?\d[\d.,]*%?(?: ?[/-] ?\.?\d[\d.,]*%?)*) ?"
    r"(?:(?P<unit>mg|mcg|µg|percent|meq|iu|units?|grams?|gm|g)\b|(?<=%)|%)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|\.\d+")
# What may stand between a drug and its strength.
_BETWEEN = re.compile(
    r"[ ,]*(?:\(?(?:hcl|hydrochloride|sodium|sod|citrate|tartrate|bitartrate|er|sr|xr|cr|ir|dr|ds|ec|odt"
    r"|tab(?:let)?s?|cap(?:sule)?s?"
    r"|oral|cream|gel|ointment|patch(?:es)?|of|at)\)?[ ,]*){0,4}",
    re.IGNORECASE,
)
_UNITS = {"µg": "mcg", "percent": "%", "unit": "units", "iu": "units", "gm": "g", "gram": "g", "grams": "g"}


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
    unit = fold_case(found["unit"] or "%")
    return Strength(
        tuple(float(number.replace(",", "")) for number in _NUMBER.findall(found["amounts"])), _UNITS.get(unit, unit)
    )


def read_behind(text: str, end: int) -> PrintedStrength | None:
    """The strength right behind a drug whose name ends at character `end`; None where there is none."""
    between = _BETWEEN.match(text, end)
    found = _STRENGTH.match(text, between.end() if between else end)
    strength = read(found.group()) if found else None
    return PrintedStrength(found.start(), found.end(), strength) if found and strength else None
