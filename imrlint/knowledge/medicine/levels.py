"""Levels of the spine as they are printed: "L4-5", "C5/C6", "L5-S1"."""

from __future__ import annotations

import re

PRINTED = re.compile(r"\b[CTLS]\d{1,2}(?: ?[-/–] ?[CTLS]?\d{1,2})*(?![\d.]| ?mg)\b", re.IGNORECASE)
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
