"""What can be requested: kinds of treatment, with the regions of the body that they are for, and drugs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from .tables import read_table

REGIONS = ("lumbar", "cervical", "shoulder", "knee", "wrist", "ankle")


class Kind(NamedTuple):
    """A kind of request. `wording` completes the names of the rules for its title and its name."""

    name: str
    group: str
    share: int
    regions: frozenset[str]
    wording: str


class Drug(NamedTuple):
    """A drug of a kind, with the doses in which it is prescribed."""

    name: str
    doses: tuple[str, ...]


@cache
def read_kinds(region: str) -> tuple[Kind, ...]:
    """The kinds for a region of the body; a kind stands in it as often as it is likely."""
    kinds = [
        Kind(
            row["kind"],
            row["class"],
            int(row["share"]),
            frozenset(row["regions"].split("|") if row["regions"] else REGIONS),
            row["wording"],
        )
        for row in read_table("requests.tsv")
    ]
    return tuple(kind for kind in kinds if region in kind.regions for _ in range(kind.share))


@cache
def read_drugs() -> dict[str, list[Drug]]:
    """The drugs of each kind."""
    drugs: dict[str, list[Drug]] = {}
    for row in read_table("drugs.tsv"):
        drugs.setdefault(row["kind"], []).append(Drug(row["name"], tuple(row["doses"].split("|"))))
    return drugs


def choose_kinds(region: str, number: int, chance: Callable[[], float]) -> Sequence[Kind]:
    """Some kinds for a region, all of them different."""
    likely = read_kinds(region)
    chosen: list[Kind] = []
    while len(chosen) < number:
        kind = likely[int(chance() * len(likely))]
        if kind not in chosen:
            chosen.append(kind)
    return chosen
