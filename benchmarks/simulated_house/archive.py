"""The archive of the house: any number of letters, made one after the other, and never quite clean."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from .house import House
from .layout import Letter, lay_out
from .letters import Sketch, compose_letters
from .slips import Slips
from .vocabulary import Vocabulary

_SPOILT = 0.02  # share of the passages of the archive that have a slip


def write_letters(count: int, seed: int) -> Iterator[Letter]:
    """The letters of an archive in the order of their time; the same ones for the same count and seed."""
    random = Random(f"{seed} slips")
    slips = Slips(Vocabulary(), random)
    for sketch in compose_letters(House(seed), count, seed):
        _spoil_passages(sketch, slips, random)
        yield lay_out(sketch)


def _spoil_passages(sketch: Sketch, slips: Slips, random: Random) -> None:
    """Puts a slip of a random kind into some passages of a letter."""
    for pieces, number in sketch.find_passages():
        if random.random() < _SPOILT:
            spoilt = slips.make_slip(random.choice(slips.kinds), pieces[number], sketch.style)
            if spoilt:
                pieces[number], _ = spoilt
