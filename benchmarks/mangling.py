"""Letters that nobody wrote: shuffled, chopped, spliced, and full of characters that letters seldom have."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

# Characters by the trouble that they make. Each kind is as likely as any other.
KINDS: tuple[str, ...] = (
    "İıſKÅΩẞßŉǰΐΰևẖẗẘẙẚŐᾳΣςµμΜǅǆ",  # their lower case or folding is longer, or another letter
    "ﬀﬁﬂﬃﬄﬅﬆﬓĳœæ½¼⅓²³¹₂ⅳ①㎎㎏℃™№…‼",  # ligatures, and one character for several
    "\u0301\u0307\u0308\u0323\u0345\u0489\u20dd\u200d\ufe0f\U0001f3fb",  # combining marks and joiners
    "\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\u061c\ufeff\xad",  # hidden
    "\n\r\t\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029",  # ends of lines
    " \xa0\u1680\u2000\u2007\u2009\u202f\u205f\u3000\u2800",  # spaces
    "\x00\x01\x07\x08\x1b\x7f\x80\x9f\ufffd\ufffe\uffff\ufdd0",  # controls, and what is no character
    "\ud7ff\ue000\uf0b0\uf8ff\U00010000\U0001f4a9\U0002f800\U000e0041\U000f0000\U0010fffd\U0010ffff",  # ends of planes
    "٣۴७৫３𝟛௩၃٪٫٬⁄−–—‐‑‒―",  # digits of other scripts, signs like those of numbers
    "“”„‟‘’‚‛«»‹›′″‴＂＇`´",  # quotation marks
    "АВЕКМНОРСТХаеорсухіӏ𝐀𝘢ａＡᴀ",  # letters that look like others
    ":.,;#%()[]{}<>/\\-_*+=&@$\"'|~^?!0123456789",  # signs of a letter, at the wrong place
)
_LETTERS = "iIsSkKaAeEnNmMuU"
_LOOK_ALIKE = dict(zip("iIsSkKaAeEoOcCpPxX", "ıİſẞKKаАеЕоОсСрРхХ", strict=True))
_MOST = 40  # characters changed at once


def mangled(texts: Sequence[str], seed: int) -> str:
    """One of `texts` mangled in one to three ways; the same for the same seed."""
    chance = random.Random(seed)
    text = chance.choice(texts)
    for _ in range(chance.choice((1, 1, 2, 3))):
        text = chance.choice(_WAYS)(chance, text, texts)
    return text


def _put_characters(chance: random.Random, text: str, _: Sequence[str]) -> str:
    """Characters of one kind, or of any plane, put in place of others or between them."""
    kind = chance.choice((*KINDS, ""))
    letters = list(text)
    for _i in range(chance.randrange(1, _MOST)):
        if letters:
            at = chance.randrange(len(letters))
            new = chance.choice(kind) if kind else _any_character(chance)
            letters[at] = chance.choice((new, letters[at] + new, new * chance.randrange(1, 4)))
    return "".join(letters)


def _any_character(chance: random.Random) -> str:
    """A character of any plane; no surrogate, which no file can hold."""
    number = chance.randrange(0x110000 - 0x800)
    return chr(number if number < 0xD800 else number + 0x800)


def _change_letters(chance: random.Random, text: str, _: Sequence[str]) -> str:
    """Every letter of one kind, or some of all, written with its look-alike."""
    wanted = chance.choice((*_LETTERS, ""))
    share = chance.choice((0.02, 0.2, 1.0))
    return "".join(
        _LOOK_ALIKE.get(letter, letter)
        if letter in _LOOK_ALIKE and (not wanted or letter == wanted) and chance.random() < share
        else letter
        for letter in text
    )


def _change_case(chance: random.Random, text: str, _: Sequence[str]) -> str:
    start, end = _stretch(chance, text)
    change: Callable[[str], str] = chance.choice((str.upper, str.lower, str.title, str.swapcase, str.casefold))
    return text[:start] + change(text[start:end]) + text[end:]


def _move_lines(chance: random.Random, text: str, _: Sequence[str]) -> str:
    """Lines or paragraphs left out, doubled, exchanged or shuffled."""
    separator = chance.choice(("\n", "\n\n"))
    parts = text.split(separator)
    match chance.randrange(4):
        case 0:
            chance.shuffle(parts)
        case 1:
            at = chance.randrange(len(parts))
            del parts[at : at + chance.randrange(1, 9)]
        case 2:
            at = chance.randrange(len(parts))
            parts[at:at] = parts[at : at + chance.randrange(1, 6)]
        case _:
            first, second = chance.randrange(len(parts)), chance.randrange(len(parts))
            parts[first], parts[second] = parts[second], parts[first]
    return separator.join(parts)


def _move_block(chance: random.Random, text: str, _: Sequence[str]) -> str:
    """Any stretch of the text left out, doubled, or moved."""
    start, end = _stretch(chance, text)
    block, rest = text[start:end], text[:start] + text[end:]
    at = chance.randrange(len(rest) + 1)
    return chance.choice((rest, text[:end] + block + text[end:], rest[:at] + block + rest[at:]))


def _cut(chance: random.Random, text: str, _: Sequence[str]) -> str:
    start, end = _stretch(chance, text)
    return text[start:end]


def _splice(chance: random.Random, text: str, texts: Sequence[str]) -> str:
    other = chance.choice(texts)
    return text[: chance.randrange(len(text) + 1)] + other[chance.randrange(len(other)) :]


def _change_line_ends(chance: random.Random, text: str, _: Sequence[str]) -> str:
    return text.replace("\n", chance.choice(("\r\n", "\r", "\v", "\x85", "\u2028", "\u2029", " ", "", "\n\n", "\f")))


def _change_spaces(chance: random.Random, text: str, _: Sequence[str]) -> str:
    return text.replace(" ", chance.choice(("\xa0", "\u2009", "\u3000", "  ", "\t", "\u200b ", "", "_")))


def _stretch(chance: random.Random, text: str) -> tuple[int, int]:
    first, second = chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)
    return min(first, second), max(first, second)


_WAYS = (
    _put_characters,
    _put_characters,
    _put_characters,
    _change_letters,
    _change_case,
    _move_lines,
    _move_lines,
    _move_block,
    _cut,
    _splice,
    _change_line_ends,
    _change_spaces,
)
