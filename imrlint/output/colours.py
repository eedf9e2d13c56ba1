"""Colours of a terminal."""

from __future__ import annotations

RED, GREEN, YELLOW, BLUE, BOLD, DIM, _PLAIN = (f"\x1b[{n}m" for n in (31, 32, 33, 34, 1, 2, 0))


def paint(tint: str, words: str) -> str:
    """Words in a colour; as they are where it is empty."""
    return f"{tint}{words}{_PLAIN}" if tint else words
