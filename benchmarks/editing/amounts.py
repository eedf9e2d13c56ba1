"""(f) A number changed.

Only numbers with a unit (12 visits, 30 mg, #60) in the summary or a rationale that the title of an item also
gives, where the letter gives no other number with that unit, or where the sentence concludes on the item. The new
number occurs nowhere in the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from editing.edit import Spot
from editing.letter import RightLetter, Span
from editing.lexicon import Lexicon
from editing.sides import CONCLUDES

AMOUNT = re.compile(
    r"(?<![\w/.,-])(?P<number>\d{1,4}(?:\.\d)?)(?![\d/.,%]*\d)[\s-]*(?P<unit>[A-Za-z]+|%)|#(?P<count>\d{1,3})\b"
)
SAME = {"visit": "session", "treatment": "session", "tab": "tablet", "capsules": "capsule", "gm": "g"}
IDLE = {"and", "or", "to", "of", "in", "on", "at", "for", "with", "is", "was", "by", "the", "a", "as", "x"}
FACTORS = (0.5, 2.0, 1.5, 3.0)


class Amount(NamedTuple):
    """A number with its unit."""

    number: str
    unit: str
    place: Span
    phrase: Span


def find_amounts(letter: RightLetter) -> Iterator[Spot]:
    given = read_amounts(letter, Span(0, len(letter.text)))
    numbers: dict[str, set[str]] = {}
    for amount in given:
        numbers.setdefault(amount.unit, set()).add(amount.number)
    for prose in letter.prose:
        own = [item.title for item in letter.items if item.rationale == prose]
        for amount in read_amounts(letter, prose):
            concludes = bool(CONCLUDES.search(letter[letter.sentence_at(amount.place)]))
            alone = len(numbers[amount.unit]) == 1
            titles = [item.title for item in letter.items] if alone else own if concludes else []
            witnesses = tuple(
                other.place for title in titles for other in read_amounts(letter, title) if other[:2] == amount[:2]
            )
            if witnesses:
                yield Spot(amount.place, witnesses, amount.phrase)


def read_amounts(letter: RightLetter, place: Span) -> list[Amount]:
    """The numbers with a unit in a place; the unit of "#60" is "#"."""
    found = []
    for match in letter.find(AMOUNT, place):
        if match["count"]:
            found.append(Amount(match["count"], "#", Span(*match.span("count")), Span(*match.span())))
        elif (unit := name_unit(match["unit"])) not in IDLE:
            found.append(Amount(match["number"], unit, Span(*match.span("number")), Span(*match.span())))
    return found


def name_unit(word: str) -> str:
    """A unit in the singular, the same for synonyms."""
    one = word.lower().removesuffix("s") if len(word) > 3 else word.lower()
    return SAME.get(one, one)


def change_amount(letter: RightLetter, spot: Spot, rng: Random, _: Lexicon) -> tuple[Span, str] | None:
    """Half, 1.5 times, twice or three times the number; of a small number also one more or less."""
    old = letter[spot.place]
    value = float(old)
    values = [value * factor for factor in FACTORS] + ([value - 1, value + 1] if value < 20 else [])
    fitting = [f"{new:g}" for new in values if new >= 1 and new == int(new)]
    fresh = [new for new in fitting if new != old and not re.search(rf"(?<!\d){new}(?!\d)", letter.text)]
    return (spot.place, rng.choice(fresh)) if fresh else None
