"""Drugs by the names they go by: brands, generic names, ingredients.

Source: the table `drugs.tsv`; a row is a product with its ingredients, class and strengths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from imrlint.knowledge import tables
from imrlint.knowledge.terms import Term, Terms

_SALTS = re.compile(
    r" (?:hydrochloride|hydrobromide|bitartrate|tartrate|sulfate|citrate|sodium|potassium|phosphate|maleate|mesylate"
    r"|fumarate|besylate|succinate|benzoate|acetate|acetonide|tromethamine|epolamine|magnesium|calcium|dipotassium"
    r"|oxalate|pamoate|liposome|mixed salts)\b.*| \(.*"
)
_RELEASE = re.compile(r" (?:ER|SR|CR|XR|IR|DS|ES|HP|LA|XL|DR|MR|PM)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Drug:
    """A product: `ingredients` are generic names without their salts, in lower case."""

    name: str
    ingredients: frozenset[str]
    drug_class: str
    strengths: tuple[str, ...]

    def same_as(self, other: Drug) -> bool:
        """Whether the two share an ingredient: brand and generic, a combination and its part."""
        return bool(self.ingredients & other.ingredients)


def find(text: str) -> Iterator[Term[Drug]]:
    """Each drug named in `text`."""
    return _names().find(text)


def get(name: str) -> Drug | None:
    return _names().get(name)


@cache
def names() -> tuple[str, ...]:
    """Every right name, as it is written."""
    return tuple(name for row in tables.rows("drugs.tsv") for name in _names_of(row))


@cache
def misspellings() -> dict[str, str]:
    """Known misspellings in lower case, with the right name."""
    return {
        wrong.casefold(): _meant(wrong, row)
        for row in tables.rows("drugs.tsv")
        for wrong in row["misspellings"].split("|")
        if wrong
    }


def _meant(wrong: str, row: dict[str, str]) -> str:
    """The name of a product, or of one of its ingredients, that begins as the misspelt one does."""
    ingredients = (_SALTS.sub("", name) for name in row["ingredients"].split("|"))
    names = (row["name"], *ingredients)
    return next(
        (name for name in names if name[:3].casefold() == wrong[:3].casefold() and " " not in name), row["name"]
    )


def _names_of(row: dict[str, str]) -> list[str]:
    return [row["name"], *filter(None, row["aliases"].split("|"))]


@cache
def _names() -> Terms[Drug]:
    generic: dict[str, Drug] = {}
    entries: list[tuple[str, Drug]] = []
    for row in tables.rows("drugs.tsv"):
        ingredients = [_SALTS.sub("", name).casefold() for name in row["ingredients"].split("|")]
        drug = Drug(
            row["name"],
            frozenset(ingredients),
            row["class"],
            tuple(filter(None, row["strengths"].split("|"))),
        )
        for name in _names_of(row):
            entries.append((name, drug))
            if (short := _RELEASE.sub("", name)) != name:
                entries.append((short, drug))
        for ingredient in ingredients:
            generic.setdefault(ingredient, Drug(ingredient, frozenset({ingredient}), row["class"], ()))
    known = {name.casefold() for name, _ in entries}
    entries += [(name, drug) for name, drug in generic.items() if name not in known and " " not in name]
    return Terms(entries)
