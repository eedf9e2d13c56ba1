"""Levels of the spine as they are printed: "L4-5", "C5/C6", "L5-S1"."""

from __future__ import annotations

import re

PRINTED = re.compile(r"\b[CTLS]\d{1,2}(?: ?[-/–] ?[CTLS]?\d{1,2})*(?!\d|\.\d| ?mg)\b", re.IGNORECASE)
_VERTEBRA = re.compile(r"([ctls]?)(\d+)")


def vertebrae(printed: str) -> list[str]:
    """Each vertebra that is named, with its letter: "L4-5" is L4 and L5."""
    letter, named = "", []
    for found in _VERTEBRA.finditer(printed.casefold()):
        letter = found[1] or letter
        named.append(f"{letter}{found[2]}".upper())
    return named


def spell_out(printed: str) -> str:
    """The name of a level, each vertebra with its letter: "L4-L5"."""
    return "-".join(vertebrae(printed))


def span(printed: str) -> list[str]:
    """Every vertebra from the first to the last that is named: "L3-S1" is L3, L4, L5 and S1. Those that nobody has are
    left out.
    """
    named = [_ORDER[each] for each in vertebrae(printed) if each in _ORDER]
    return _NAMES[min(named) : max(named) + 1] if named else []


_NAMES = [
    f"{letter}{number}" for letter, last in (("C", 8), ("T", 12), ("L", 5), ("S", 5)) for number in range(1, last + 1)
]
_ORDER = {name: number for number, name in enumerate(_NAMES)}
