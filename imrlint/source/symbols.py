"""The characters of symbol fonts, which Word stores by their place in the font.

Source: Adobe, "Symbol Set Encoding"; for Wingdings, the signs that have a counterpart in Unicode.
"""

from __future__ import annotations

from collections.abc import Mapping

_BULLET = "•"
_PRIVATE = range(0xF000, 0xF100)  # where Word puts the places of a symbol font

# Places 20 to 7E and A0 to FE of the font Symbol.
_SYMBOL = dict(
    zip(
        range(0x20, 0x7F),
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλµνοπθρστυϖωξψζ{|}∼",
        strict=True,
    )
) | dict(
    zip(
        range(0xA0, 0xFF),
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\uf8ff〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
        strict=True,
    )
)
_WINGDINGS = {
    0x20: " ", 0x6F: "☐", 0x78: "☒", 0xA8: "☐", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→",
}  # fmt: skip
_FONTS: Mapping[str, Mapping[int, str]] = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def read_symbol(font: str, number: str) -> str:
    """The character with a hexadecimal number in a font; a bullet where it has no counterpart in Unicode."""
    try:
        code = int(number, 16)
        return _read(font, code) if code in _PRIVATE else chr(code) if chr(code).isprintable() else _BULLET
    except (ValueError, OverflowError):
        return _BULLET


def replace_private(text: str, font: str = "symbol") -> str:
    """A text of the same length with the characters that Word put into the private range as those that are printed."""
    return "".join(_read(font, ord(each)) if ord(each) in _PRIVATE else each for each in text)


def _read(font: str, code: int) -> str:
    name = font.casefold()
    return _FONTS.get(name, _SYMBOL if "symbol" in name else {}).get(code & 0xFF, _BULLET)
