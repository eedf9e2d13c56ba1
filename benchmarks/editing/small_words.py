"""(i) A function word dropped, doubled or replaced by another; (k) an article dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from editing.edit import Spot, drop_word
from editing.letter import RightLetter, Span
from editing.lexicon import Lexicon

NEEDED = re.compile(r"(?<=\s)(?:of|to|in|for|with|on|at|by|from|and|is|was|are|were|as|be|been)(?=\s+[a-z])")
ANY = re.compile(r"(?<=\s)(?:of|to|in|for|with|on|at|by|from|and|is|was|are|were|as|be|been|the|a|an|or)(?=\s+[a-z])")
ARTICLE = re.compile(
    r"(?<=\s)(?:an?(?=\s+(?!few|little|lack|total|number|variety)[a-z]{3,})"
    r"|the(?=\s+(?:patient|worker|claimant|employee|request|injured\s+worker|treating|physician|guideline|file)\b))"
)
SWAPS = {
    "of": ("or", "off", "if"), "or": ("of", "for"), "to": ("too", "two", "the"), "in": ("on", "is", "it"),
    "on": ("in", "one", "of"), "is": ("in", "it", "as"), "it": ("is", "in"), "as": ("at", "is", "has"),
    "at": ("as", "an"), "for": ("from", "four", "or"), "from": ("form", "for"), "than": ("then", "that"),
    "that": ("than", "the"), "with": ("which", "wish"), "by": ("my", "be"), "be": ("by", "been"), "and": ("an", "any"),
    "the": ("they", "then", "to"), "has": ("his", "had", "as"), "was": ("has", "saw"), "his": ("is", "has"),
    "are": ("or", "area"), "been": ("being", "be"), "were": ("where", "wear"), "not": ("now", "note"),
    "there": ("their", "here"), "into": ("in to", "onto"),
}  # fmt: skip
SWAPPED = re.compile(rf"(?<=\s)(?:{'|'.join(SWAPS)})(?=\s+[a-z])")


def find_needed(letter: RightLetter) -> Iterator[Spot]:
    return find_all(letter, NEEDED)


def find_any(letter: RightLetter) -> Iterator[Spot]:
    return find_all(letter, ANY)


def find_swapped(letter: RightLetter) -> Iterator[Spot]:
    return find_all(letter, SWAPPED)


def find_articles(letter: RightLetter) -> Iterator[Spot]:
    """The articles before countable nouns, and before nouns that letters do not use without one."""
    return find_all(letter, ARTICLE)


def find_all(letter: RightLetter, pattern: re.Pattern[str]) -> Iterator[Spot]:
    return (Spot(Span(*match.span())) for match in letter.find(pattern, *letter.prose))


def lose(letter: RightLetter, spot: Spot, _: Random, __: Lexicon) -> tuple[Span, str]:
    return drop_word(letter, spot.place)


def double(letter: RightLetter, spot: Spot, _: Random, __: Lexicon) -> tuple[Span, str]:
    word = letter[spot.place]
    return spot.place, f"{word} {word}"


def swap(letter: RightLetter, spot: Spot, rng: Random, _: Lexicon) -> tuple[Span, str]:
    """The change to another function word. Both may be correct ("in" and "on"), so the share found stays below 1."""
    return spot.place, rng.choice(SWAPS[letter[spot.place]])
