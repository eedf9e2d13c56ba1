"""Drugs with the strengths that stand behind them: "Norco 10/325mg", "hydrocodone 10 mg/acetaminophen 325 mg"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from imrlint.document.letter import Strength
from imrlint.document.prose import Place, Prose
from imrlint.knowledge.medicine import strengths
from imrlint.knowledge.medicine.drugs import Drug
from imrlint.reading.entities import Mention

_JOINT = re.compile(r" ?[/+] ?|-")


class Preparation(NamedTuple):
    """A drug, or the parts of a combination, with one strength. `ingredients` are those of all its parts."""

    place: Place
    ingredients: frozenset[str]
    strength: Strength


def find_preparations(prose: Prose, named: Sequence[Mention[Drug]]) -> Iterator[Preparation]:
    """The drugs of a prose, which are in order, that have a strength; the parts of a combination are one."""
    last: Preparation | None = None
    for place, drug in named:
        printed = strengths.read_behind(prose.text, place.end)
        if printed is None:
            continue
        own = Preparation(Place(prose, place.start, printed.end), drug.ingredients, printed.strength)
        if last and _JOINT.fullmatch(prose.text, last.place.end, place.start) and (both := _combine(last, own)):
            last = both
            continue
        if last:
            yield last
        last = own
    if last:
        yield last


def _combine(one: Preparation, two: Preparation) -> Preparation | None:
    """One preparation of two parts; None where they have different units."""
    if one.strength.unit != two.strength.unit:
        return None
    amounts = Strength((*one.strength.amounts, *two.strength.amounts), one.strength.unit)
    return Preparation(
        Place(one.place.prose, one.place.start, two.place.end), one.ingredients | two.ingredients, amounts
    )
