"""(a) A word replaced by a similar word; (b) a word changed into a non-word."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from editing.edit import Spot, fits_article
from editing.letter import RightLetter, Span
from editing.lexicon import WORD, Lexicon

ALPHABET = "abcdefghijklmnopqrstuvwxyz"
NEAREST = 0.75  # share of the replacements at distance 1, where the word has both


def find_words(letter: RightLetter) -> Iterator[Spot]:
    """The lower-case words of the prose of three letters or more; most names are thus left out."""
    for match in letter.find(WORD, *letter.prose):
        word = match.group()
        if len(word) > 2 and word.isalpha() and word.islower():
            yield Spot(Span(*match.span()))


def find_long_words(letter: RightLetter) -> Iterator[Spot]:
    """The words of the prose of five letters or more, including names of drugs and tests."""
    for match in letter.find(WORD, *letter.prose):
        word = match.group()
        if len(word) > 4 and word.isalpha() and not word.isupper():
            yield Spot(Span(*match.span()))


def replace_word(letter: RightLetter, spot: Spot, rng: Random, lexicon: Lexicon) -> tuple[Span, str] | None:
    """The change to a similar word. Some of them happen to make sense, so the share found stays below 1."""
    word = letter[spot.place]
    near = lexicon.near(word)
    if not near:
        return None
    distance = min(near) if rng.random() < NEAREST else max(near)
    fitting = [other for other in near[distance] if fits_article(letter, spot.place, other)]
    return (spot.place, rng.choice(fitting)) if fitting else None


def mangle_word(letter: RightLetter, spot: Spot, rng: Random, lexicon: Lexicon) -> tuple[Span, str] | None:
    """The change that drops, doubles, transposes or replaces a letter, and does not give a known word."""
    word = letter[spot.place]
    at = rng.randrange(1, len(word) - 1)
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + rng.choice(ALPHABET.replace(word[at], "")) + word[at + 1 :],
    ]
    slip = rng.choice(slips)
    return None if slip == word or slip.lower() in lexicon.known else (spot.place, slip)
