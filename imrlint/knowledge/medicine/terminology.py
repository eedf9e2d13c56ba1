"""Clinical terms: findings, treatments, studies and parts of the examination, each with the wider terms it is under.

Source: the table `terminology.tsv`. Whoever records numbness cannot rightly say that neurological symptoms are absent:
numbness is under them. Some phrases name a term ("antalgic gait"), others say that it is absent ("normal gait").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from imrlint.knowledge import registry
from imrlint.knowledge.registry import TermKind
from imrlint.knowledge.terms import Term, Terms

__all__ = ["SURGERY", "ClinicalTerm", "Naming", "TermKind", "examine", "find", "terms"]
SURGERY = "surgery"
"""The name of the term under which all operations are."""


@dataclass(frozen=True, slots=True)
class ClinicalTerm:
    """A term by its name. `within` has its own name and those of all wider terms."""

    name: str
    kind: TermKind
    within: frozenset[str]

    def is_within(self, other: ClinicalTerm) -> bool:
        """Whether it is the other term or a narrower one."""
        return other.name in self.within

    @property
    def is_operative(self) -> bool:
        """Whether it is an operation, or what comes after one."""
        return SURGERY in self.within or any(name.startswith("postoperative ") for name in self.within)

    @property
    def is_disease(self) -> bool:
        """Whether it is a disease or an injury rather than a symptom, a sign or a whole class of diseases."""
        return any(name.endswith(" disorder") for name in self.within - {self.name})


class Naming(NamedTuple):
    """What a phrase names, and whether it says that it is absent."""

    term: ClinicalTerm
    is_normal: bool


def find(text: str) -> Iterator[Term[Naming]]:
    """Each clinical term named in `text`; of phrases that overlap, the longest."""
    return _phrases().find(text)


@cache
def examine(name: str) -> ClinicalTerm:
    """The examination of what is measured, or by a sign: "strength", "mcmurray"."""
    own = f"examination: {name}"
    return ClinicalTerm(own, TermKind.EXAMINATION, frozenset((own,)))


@cache
def terms() -> dict[str, ClinicalTerm]:
    """Every term by its name."""
    wider = {row.name: row.under for row in registry.TERMINOLOGY.rows}

    def ascend(name: str) -> frozenset[str]:
        found, waiting = {name}, [*wider[name]]
        while waiting:
            other = waiting.pop()
            if other not in found:
                found.add(other)
                waiting += wider[other]
        return frozenset(found)

    return {row.name: ClinicalTerm(row.name, row.kind, ascend(row.name)) for row in registry.TERMINOLOGY.rows}


@cache
def _phrases() -> Terms[Naming]:
    found: list[tuple[str, Naming]] = []
    for row in registry.TERMINOLOGY.rows:
        term = terms()[row.name]
        present, absent = Naming(term, is_normal=False), Naming(term, is_normal=True)
        found += [(phrase, present) for phrase in row.words]
        found += [(phrase, absent) for phrase in row.normal]
    return Terms(found, plurals=True)
