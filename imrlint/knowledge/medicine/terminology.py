"""Clinical terms: findings, treatments, studies and parts of the examination, each with the wider terms it is under.

Source: the table `terminology.tsv`. Whoever records numbness cannot rightly say that neurological symptoms are absent:
numbness is under them. Some phrases name a term ("antalgic gait"), others say that it is absent ("normal gait").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from imrlint import kept
from imrlint.document import text
from imrlint.knowledge import registry, tables
from imrlint.knowledge import terms as finding
from imrlint.knowledge.registry import TermKind
from imrlint.knowledge.terms import Blocks, Numbers, Term, Terms, fold_term, list_blocks

__all__ = ["SURGERY", "ClinicalTerm", "Naming", "TermKind", "examine", "find", "names", "term"]
_EXAMINATION_OF = "examination: "
_EXAMINED_IN = {
    "strength": "motor examination", "grip": "grip strength testing", "sensation": "sensory examination",
    "reflexes": "reflex examination", "motion": "range of motion examination", "gait": "gait examination",
    "straight leg raise": "straight leg raise test", "slr": "straight leg raise test", "spurling": "spurling test",
}  # fmt: skip
"""The examinations in which something is measured; other signs are of the physical examination."""
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

    def is_akin(self, other: ClinicalTerm) -> bool:
        """Whether one of the two is the other, or a narrower term."""
        return self.is_within(other) or other.is_within(self)

    @property
    def is_measured(self) -> bool:
        """Whether it is the examination of what is measured, or by a sign, rather than of a part of the body."""
        return self.name.startswith(_EXAMINATION_OF)

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
    own = f"{_EXAMINATION_OF}{name}"
    wider = term(_EXAMINED_IN.get(name, "physical examination"))
    return ClinicalTerm(own, TermKind.EXAMINATION, wider.within | {own})


@cache
def term(name: str) -> ClinicalTerm:
    """The term of this name. Raises `KeyError` where there is none."""
    kind, within = _prepare().terms[name]
    return ClinicalTerm(name, TermKind(kind), frozenset(within))


def names() -> frozenset[str]:
    """The names of all terms."""
    return frozenset(_prepare().terms)


class _Prepared(NamedTuple):
    """What is made of the table. It takes as long to make as checking some letters, so it is kept from run to run.

    `terms` are the kind and the wider terms of each row by its name. What a phrase stands for has twice the number of
    its row, and one more where the phrase says that it is absent.
    """

    terms: dict[str, tuple[str, tuple[str, ...]]]
    blocks: Blocks


class _Namings(dict[int, Sequence[Naming]]):
    """What each phrase stands for, by number, made when it is wanted: a letter names few terms of all."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, number: int) -> Sequence[Naming]:
        self[number] = (Naming(term(self._names[number // 2]), bool(number % 2)),)
        return self[number]


@cache
def _prepare() -> _Prepared:
    files = (tables.find_path(registry.TERMINOLOGY.file), __file__, finding.__file__, text.__file__)
    described, blocks = kept.recall("terminology", files, _make)
    return _Prepared(described, blocks)


def _make() -> tuple[dict[str, tuple[str, tuple[str, ...]]], Blocks]:
    wider = {row.name: row.under for row in registry.TERMINOLOGY.rows}

    def ascend(name: str) -> tuple[str, ...]:
        found, waiting = {name}, [*wider[name]]
        while waiting:
            other = waiting.pop()
            if other not in found:
                found.add(other)
                waiting += wider[other]
        return tuple(found)

    numbers: Numbers = {}
    for number, each in enumerate(registry.TERMINOLOGY.rows):
        for is_normal, phrases in enumerate((each.words, each.normal)):
            for phrase in phrases:
                numbers.setdefault(fold_term(phrase), 2 * number + is_normal)
    described = {row.name: (row.kind.value, ascend(row.name)) for row in registry.TERMINOLOGY.rows}
    return described, list_blocks(numbers)


@cache
def _phrases() -> Terms[Naming]:
    prepared = _prepare()
    return Terms.of(prepared.blocks, _Namings(tuple(prepared.terms)), plurals=True)
