"""Drafts of the latest time: half of them have one slip in a passage, and some of the others a new right wording."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from random import Random
from typing import NamedTuple

from .house import House, Style
from .layout import Letter, Placed, lay_out
from .letters import LATEST, Composer, Piece, Sketch
from .passages import read_passages
from .reviewers import read_newcomer
from .slips import Slip, Slips
from .vocabulary import Vocabulary

NOVEL = "novel"  # the kind of a right passage in a wording that the archive does not have


class Draft(NamedTuple):
    """A draft. In a wrong one, `slip` is at its place in the letter and `passage` is the one that it is in.

    In a draft with a new wording, `passage` is that one, and there is no slip.
    """

    letter: Letter
    kind: str
    passage: Placed | None = None
    slip: Slip | None = None


class DraftWriter:
    """Writes drafts in the house that a seed makes; the same ones for the same seed and counts."""

    def __init__(self, seed: int) -> None:
        self._random = Random(f"{seed} drafts")
        self._house = House(seed)
        self._slips = Slips(Vocabulary(), self._random)
        self._turns = cycle(self._random.sample(read_passages(), len(read_passages())))
        self._count = 0

    def write_drafts(self, count: int, novel: float) -> Iterator[Draft]:
        """Some drafts: half of them wrong, each kind of slip equally often; `novel` is a share of the right ones."""
        wrong = count // 2
        kinds = [self._slips.kinds[number % len(self._slips.kinds)] for number in range(wrong)]
        kinds += [NOVEL] * round((count - wrong) * novel)
        kinds += [""] * (count - len(kinds))
        self._random.shuffle(kinds)
        for kind in kinds:
            yield self._write_draft(kind)

    def _compose(self, style: Style) -> Sketch:
        self._count += 1
        return Composer(style, LATEST, self._random.random).compose(f"CM17-98{self._count:05}")

    def _write_draft(self, kind: str) -> Draft:
        if kind == NOVEL:
            return self._write_novel()
        while True:
            sketch = self._compose(self._house.choose_style(LATEST, self._random.random))
            if not kind:
                return Draft(lay_out(sketch), kind)
            if draft := self._spoil(sketch, kind):
                return draft

    def _spoil(self, sketch: Sketch, kind: str) -> Draft | None:
        """A letter with a slip of a kind, where one of its passages has a place for it."""
        places = sketch.find_passages()
        self._random.shuffle(places)
        for pieces, number in places:
            if spoilt := self._slips.make_slip(kind, pieces[number], sketch.style):
                pieces[number], slip = spoilt
                letter = lay_out(sketch)
                (placed,) = (placed for placed in letter.passages if placed.piece is pieces[number])
                return Draft(letter, kind, placed, slip.move(placed.start))
        return None

    def _write_novel(self) -> Draft:
        """A letter of a newcomer with a passage in a new wording; each passage in its turn."""
        style = self._house.find_style(read_newcomer())
        passage = next(self._turns)
        places: list[tuple[list[Piece], int]] = []
        while not places:
            sketch = self._compose(style)
            places = [(pieces, number) for pieces, number in sketch.find_passages() if pieces[number].shows(passage)]
        pieces, number = self._random.choice(places)
        wording = style.word(passage, passage.novel)
        pieces[number] = pieces[number]._replace(text=wording.write(pieces[number].facts), wording=wording)
        letter = lay_out(sketch)
        (placed,) = (placed for placed in letter.passages if placed.piece is pieces[number])
        return Draft(letter, NOVEL, placed)
