"""What a prose names: drugs, treatments, parts of the body, each with its place; found in one pass."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from imrlint.document.prose import Place, Prose
from imrlint.knowledge.medicine import vocabulary
from imrlint.knowledge.medicine.anatomy import Part
from imrlint.knowledge.medicine.drugs import Drug
from imrlint.knowledge.medicine.treatments import Treatment

T = TypeVar("T")


class Mention(NamedTuple, Generic[T]):
    """A place where something is named, and what it is."""

    place: Place
    meaning: T


class Entities(NamedTuple):
    """Everything that a prose names, in order."""

    drugs: tuple[Mention[Drug], ...]
    treatments: tuple[Mention[Treatment], ...]
    parts: tuple[Mention[Part], ...]


def find_entities(prose: Prose) -> Entities:
    """The drugs, the treatments and tests that have a name of their own, and the parts of the body."""
    drugs: list[Mention[Drug]] = []
    treatments: list[Mention[Treatment]] = []
    parts: list[Mention[Part]] = []
    for start, end, meaning in vocabulary.find(prose.text):
        place = Place(prose, start, end)
        match meaning:
            case Drug():
                drugs.append(Mention(place, meaning))
            case Part():
                parts.append(Mention(place, meaning))
            case Treatment() if meaning.name:
                treatments.append(Mention(place, meaning))
    return Entities(tuple(drugs), tuple(treatments), tuple(parts))
