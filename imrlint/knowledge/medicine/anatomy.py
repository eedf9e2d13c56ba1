"""Parts of the body by the names they go by. Source: the table `anatomy.tsv`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from imrlint.knowledge import registry, tables
from imrlint.knowledge.terms import Term, Terms


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the body: the region it lies in, and whether there is one on each side.

    `side` is "left", "right" or "bilateral" where the name says it ("RUE"), else "". `borders` are other regions
    to which it belongs as well: the trapezius to the neck and to the shoulder.
    """

    name: str
    region: str
    paired: bool
    side: str
    borders: frozenset[str] = frozenset()

    @property
    def regions(self) -> frozenset[str]:
        """Every region to which it belongs."""
        return self.borders | {self.region}


# What a region is part of, or runs through.
_WITHIN = {
    "neck": ("spine",),
    "thoracic": ("spine", "trunk"),
    "low back": ("spine",),
    "shoulder": ("arm",),
    "elbow": ("arm",),
    "wrist and hand": ("arm",),
    "hip": ("leg",),
    "knee": ("leg",),
    "ankle and foot": ("leg",),
}
# Regions beside one another that are not in one limb.
_BESIDE = {
    "neck": ("head", "thoracic", "shoulder", "arm"),
    "thoracic": ("low back", "shoulder"),
    "low back": ("hip", "leg", "trunk"),
    "hip": ("trunk",),
}


def find(text: str) -> Iterator[Term[Part]]:
    """Each part of the body named in `text`."""
    return _terms().find(text)


def overlap(region: str, other: str) -> bool:
    """Whether two regions are the same, or one lies in the other."""
    return region == other or other in _WITHIN.get(region, ()) or region in _WITHIN.get(other, ())


def adjoin(region: str, other: str) -> bool:
    """Whether two regions overlap or lie beside one another."""
    return overlap(region, other) or other in _BESIDE.get(region, ()) or region in _BESIDE.get(other, ())


def are_near(region: str, other: str) -> bool:
    """Whether two regions overlap, are in one limb, or lie beside one another, so that pain may spread between them."""
    if limb_of(region) == limb_of(other):
        return True
    return any(adjoin(one, two) for one in (region, limb_of(region)) for two in (other, limb_of(other)))


def limb_of(region: str) -> str:
    """The arm or the leg that a region belongs to, the region itself where it is no part of one."""
    return next((whole for whole in _WITHIN.get(region, ()) if whole in ("arm", "leg")), region)


def files() -> tuple[str | Path, ...]:
    """The files that `entries` are made of."""
    return tables.find_path(registry.ANATOMY.file), __file__


@cache
def entries() -> tuple[tuple[str, Part], ...]:
    """Every term with what it stands for."""
    found = []
    for row in registry.ANATOMY.rows:
        for term in row.terms:
            part = Part(term, row.region, row.paired, row.side, row.borders)
            found.append((term, part))
            if len(term) > 2 and term[-1] not in "sy":
                found.append((f"{term}s", part))
    return tuple(found)


@cache
def _terms() -> Terms[Part]:
    return Terms(entries())
