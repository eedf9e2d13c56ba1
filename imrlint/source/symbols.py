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
_WINGDINGS_2 = {
    0x20: " ", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "•", 0xA3: "☐",
}  # fmt: skip
_FONTS: Mapping[str, Mapping[int, str]] = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def read_symbol(font: str, number: str) -> str:
    """The character with a hexadecimal number in a font; a bullet where it has no counterpart in Unicode."""
    try:
        return _read_code(font, int(number, 16))
    except ValueError:
        return _BULLET


def read_symbol_field(number: str, font: str) -> str:
    """The character that a field names by a decimal number, or by a hexadecimal one after "0x"."""
    try:
        code = int(number, 0)
        return bytes([code]).decode("cp1252") if code < 0x100 and not is_symbol_font(font) else _read_code(font, code)
    except ValueError:
        return _BULLET


def is_symbol_font(font: str) -> bool:
    """Whether a font has signs at the places of letters."""
    return font.casefold() in _FONTS


def replace_private(text: str, font: str = "symbol") -> str:
    """A text of the same length with the characters that Word put into the private range as those that are printed."""
    return "".join(_read(font, ord(each)) if ord(each) in _PRIVATE else each for each in text)


def replace_letters(text: str, font: str) -> str:
    """A text of the same length with letters that were typed in a symbol font as the signs that are printed."""
    return "".join(each if each == " " else _read_code(font, ord(each)) for each in text)


def _read_code(font: str, code: int) -> str:
    if code in _PRIVATE or (is_symbol_font(font) and code < 0x100):
        return _read(font, code)
    return chr(code) if 0 <= code < 0x110000 and chr(code).isprintable() else _BULLET


def _read(font: str, code: int) -> str:
    name = font.casefold()
    return _FONTS.get(name, _SYMBOL if "symbol" in name else {}).get(code & 0xFF, _BULLET)
