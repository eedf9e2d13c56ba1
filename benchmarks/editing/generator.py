"""Edits of one kind, drawn at random from all the spots that some letters have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from editing.edit import Edit, Kind, Spot, build_edit
from editing.letter import RightLetter
from editing.lexicon import Lexicon


def is_house(letter: RightLetter, spot: Spot) -> bool:
    """Whether a spot is in a sentence that all letters have, where nobody slips."""
    return any(sentence.covers(spot.place) for sentence in letter.house)


def make_edits(
    letters: Sequence[RightLetter], lexicon: Lexicon, kind: Kind, most: int, seed: int = 1
) -> Iterator[Edit]:
    """Up to `most` edits of a kind, each at a spot of its own; the same ones for the same seed and letters."""
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
