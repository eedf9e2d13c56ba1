"""(d) A body part replaced by another.

Only in the rationale of an item whose title names the part. The new part, under any of its names, occurs nowhere in
the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from editing.anatomy import ALSO, LIMBS, SPINE
from editing.edit import Spot, fits_article, match_case
from editing.letter import RightLetter, Span
from editing.lexicon import Lexicon

PART = re.compile(rf"(?i)\b(?:{'|'.join((*LIMBS, *SPINE))})\b")


def find_parts(letter: RightLetter) -> Iterator[Spot]:
    for item in letter.items:
        named = [(match.group().lower(), Span(*match.span())) for match in letter.find(PART, item.title)]
        for match in letter.find(PART, item.rationale) if item.rationale else ():
            titles = tuple(span for part, span in named if part == match.group().lower())
            if titles:
                yield Spot(Span(*match.span()), titles)


def replace_part(letter: RightLetter, spot: Spot, rng: Random, _: Lexicon) -> tuple[Span, str] | None:
    old, text = letter[spot.place], letter.text.lower()
    group = LIMBS if old.lower() in LIMBS else SPINE
    fresh = [part for part in group if not any(name in text for name in (part, *ALSO[part]))]
    others = [part for part in fresh if fits_article(letter, spot.place, part)]
    return (spot.place, match_case(rng.choice(others), old)) if others else None
