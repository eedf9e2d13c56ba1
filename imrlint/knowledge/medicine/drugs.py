"""Drugs by the names they go by: brands, generic names, ingredients.

Sources: the table `drugs.tsv`, a row of which is a product with its ingredients, class and strengths, and
`strengths.tsv`, a row of which has the solid strengths of all products with the same ingredients. A generic of which
the first has no product has a name and strengths, and no class. `brands.txt` has the first words of trade names of
the FDA Orange Book that are not in the list of words; what is in them is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from imrlint import kept
from imrlint.document.letter import Strength
from imrlint.knowledge import registry, tables
from imrlint.knowledge.medicine import strengths
from imrlint.knowledge.registry import DrugRow
from imrlint.knowledge.terms import Term, Terms, keep_terms

_SALTS = re.compile(
    r" (?:hydrochloride|hydrobromide|bitartrate|tartrate|sulfate|citrate|sodium|potassium|phosphate|maleate|mesylate"
    r"|fumarate|besylate|succinate|benzoate|acetate|acetonide|tromethamine|epolamine|magnesium|calcium|dipotassium"
    r"|oxalate|pamoate|liposome|mixed salts)\b.*| \(.*"
)
_ON_SKIN = re.compile(r"topical|transdermal|patch|roll-on|cream|gel|ointment", re.IGNORECASE)
_VOLUME = re.compile(r"/ ?\d* ?ml\b|\bIT\b", re.IGNORECASE)
_RELEASE = re.compile(r" (?:ER|SR|CR|XR|IR|DS|ES|HP|LA|XL|DR|MR|PM)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Drug:
    """A product: `ingredients` are generic names without their salts, in lower case.

    `drug_class` is empty for a generic of which only its strengths are known.
    """

    name: str
    ingredients: frozenset[str]
    drug_class: str

    def same_as(self, other: Drug) -> bool:
        """Whether the two share an ingredient: brand and generic, a combination and its part."""
        return bool(self.ingredients & other.ingredients)


def find(text: str) -> Iterator[Term[Drug]]:
    """Each drug named in `text`."""
    return _names().find(text)


def look_up(name: str) -> Drug | None:
    """The drug with a name, in any case; None where no drug has it."""
    return _names().look_up(name)


@cache
def names() -> tuple[str, ...]:
    """Every right name, as it is written."""
    return tuple(name for row in registry.DRUGS.rows for name in _names_of(row))


@cache
def misspellings() -> dict[str, str]:
    """Known misspellings in lower case, with the right name."""
    return {wrong.casefold(): _meant(wrong, row) for row in registry.DRUGS.rows for wrong in row.misspellings}


@cache
def _brands() -> frozenset[str]:
    return frozenset(tables.read_text(registry.BRANDS).split())


def is_brand(word: str) -> bool:
    """Whether a lower-case word that is in no list of words is a trade name of the Orange Book."""
    return word in _brands()


def _meant(wrong: str, row: DrugRow) -> str:
    """The name of a product, or of one of its ingredients, that begins as the misspelt one does."""
    ingredients = (_SALTS.sub("", name) for name in row.ingredients)
    names = (row.name, *ingredients)
    return next((name for name in names if name[:3].casefold() == wrong[:3].casefold() and " " not in name), row.name)


def _names_of(row: DrugRow) -> list[str]:
    return [row.name, *row.aliases]


@cache
def entries() -> tuple[tuple[str, Drug], ...]:
    """Every name with the drug it names."""
    generic: dict[str, Drug] = {}
    found: list[tuple[str, Drug]] = []
    for row in registry.DRUGS.rows:
        own = _ingredients(row)
        drug = Drug(row.name, own, row.drug_class)
        for name in _names_of(row):
            found.append((name, drug))
            if (short := _RELEASE.sub("", name)) != name:
                found.append((short, drug))
        for ingredient in own:
            generic.setdefault(ingredient, Drug(ingredient, frozenset({ingredient}), row.drug_class))
    for listed in registry.STRENGTHS.rows:
        if len(listed.ingredients) == 1 and (name := without_salt(listed.ingredients[0])).isalpha():
            generic.setdefault(name, Drug(name, frozenset({name}), ""))
    known = {name.casefold() for name, _ in found}
    found += [(name, drug) for name, drug in generic.items() if name not in known and " " not in name]
    return tuple(found)


def without_salt(ingredient: str) -> str:
    """The name of an ingredient in lower case, without its salt: "levothyroxine sodium" is levothyroxine."""
    return _SALTS.sub("", ingredient).casefold()


@cache
def strengths_of(drug: Drug) -> frozenset[Strength]:
    """The strengths ever marketed: of a brand its own, of a generic name those of every such product."""
    own = frozenset(_read(printed for row in _products(drug) for printed in row.strengths))
    return own | _listed_strengths(drug.ingredients) if _is_generic(drug) else own


def solid_strengths_of(drug: Drug) -> frozenset[Strength]:
    """The strengths ever marketed, without those of a solution, which are given for a volume."""
    own = (printed for row in _products(drug) for printed in row.strengths if not _VOLUME.search(printed))
    listed = _listed_strengths(drug.ingredients) if _is_generic(drug) else frozenset[Strength]()
    return listed.union(_read(own))


def sister_strengths_of(drug: Drug) -> frozenset[Strength]:
    """The strengths of all products with the same ingredients and salts, whatever their names."""
    rows = (frozenset(name.casefold() for name in row.ingredients) for row in _products(drug))
    return frozenset(_read(printed for row in rows for printed in _printed_by_salt().get(row, ())))


def is_topical(drug: Drug) -> bool | None:
    """Whether a drug is applied to the skin; None where there are both forms, or none is known."""
    ways = {bool(_ON_SKIN.search(form)) for row in _products(drug) for form in row.forms}
    return ways.pop() if len(ways) == 1 else None


@cache
def _products(drug: Drug) -> tuple[DrugRow, ...]:
    if _is_generic(drug):
        return tuple(_rows_by_ingredients().get(drug.ingredients, ()))
    return tuple(row for row in registry.DRUGS.rows if row.name == drug.name)


@cache
def _rows_by_ingredients() -> dict[frozenset[str], list[DrugRow]]:
    found: dict[frozenset[str], list[DrugRow]] = {}
    for row in registry.DRUGS.rows:
        found.setdefault(_ingredients(row), []).append(row)
    return found


def _is_generic(drug: Drug) -> bool:
    return any(part in drug.name.casefold() for part in drug.ingredients)


def _read(printed: Iterable[str]) -> Iterator[Strength]:
    return filter(None, map(strengths.read, printed))


@cache
def _printed_by_salt() -> dict[frozenset[str], tuple[str, ...]]:
    """The strengths, as the table has them, by the ingredients with their salts."""
    return {frozenset(row.ingredients): row.strengths for row in registry.STRENGTHS.rows}


@cache
def _printed_by_name() -> dict[frozenset[str], tuple[str, ...]]:
    """The strengths, as the table has them, by the ingredients without their salts; kept from run to run."""
    return kept.recall("strengths", files(), _list_by_name)


def _list_by_name() -> dict[frozenset[str], tuple[str, ...]]:
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for names, printed in _printed_by_salt().items():
        short = frozenset(map(without_salt, names))
        found[short] = (*found.get(short, ()), *printed)
    return found


@cache
def _listed_strengths(ingredients: frozenset[str]) -> frozenset[Strength]:
    """The strengths of all products with these ingredients, whatever their salts."""
    return frozenset(_read(_printed_by_name().get(ingredients, ())))


def _ingredients(row: DrugRow) -> frozenset[str]:
    return frozenset(map(without_salt, row.ingredients))


def files() -> tuple[str | Path, ...]:
    """The files that `entries` are made of."""
    return tables.find_path(registry.DRUGS.file), tables.find_path(registry.STRENGTHS.file), __file__


def describe(drug: Drug) -> tuple[str, frozenset[str], str]:
    """The fields of a drug."""
    return drug.name, drug.ingredients, drug.drug_class


@cache
def _names() -> Terms[Drug]:
    return keep_terms("drugs", files(), entries, describe=describe, restore=Drug)
