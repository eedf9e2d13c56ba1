"""Edits of one kind at random spots of some letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from editing.edit import Edit, Kind, Spot, build_edit
from editing.letter import RightLetter
from editing.lexicon import Lexicon


def is_house(letter: RightLetter, spot: Spot) -> bool:
    """Whether a spot is in a sentence of the template, which is not typed."""
    return any(sentence.covers(spot.place) for sentence in letter.house)


def make_edits(
    letters: Sequence[RightLetter], lexicon: Lexicon, kind: Kind, most: int, seed: int = 1
) -> Iterator[Edit]:
    """Up to `most` edits of a kind, each at another spot; the same ones for the same seed and letters."""
    rng = Random(f"{seed} {kind.name}")
    spots = [(letter, spot) for letter in letters for spot in kind.spots(letter) if not is_house(letter, spot)]
    rng.shuffle(spots)
    made = 0
    for letter, spot in spots:
        if made == most:
            return
        change = kind.change(letter, spot, rng, lexicon)
        if change is not None and letter[change[0]] != change[1]:
            made += 1
            yield build_edit(kind.name, letter, spot, *change)
