"""Clinical concepts that a rationale affirms or denies, and the findings in a record for or against them.

Source: the table `concepts.tsv`. `named` are the words by which a rationale names a concept, `evidence`
those that affirm it in a summary, `absence` those that deny it; all are regular expressions over text
in lower case. A plain finding ("swelling") is its own evidence; of a wider one ("nerve compromise") the
evidence has words of its own. Without one of its `anchors` in a sentence no pattern of a concept can
match there; all anchors are found in one pass. `limbs` marks those that are sought in the limb of a part
of the spine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from ahocorasick_rs import AhoCorasick

from imrlint.knowledge import registry


@dataclass(frozen=True)
class Concept:
    """A concept, as a row of the table has it; its patterns are compiled on first use."""

    name: str
    anchors: tuple[str, ...]
    naming: str
    affirming: str
    denying: str
    limbs: bool

    @property
    def plain(self) -> bool:
        """Whether the words that name it are the very words that affirm it."""
        return self.naming == self.affirming

    @cached_property
    def named(self) -> re.Pattern[str]:
        return _words(self.naming)

    @cached_property
    def evidence(self) -> re.Pattern[str]:
        return _words(self.affirming)

    @cached_property
    def absence(self) -> re.Pattern[str] | None:
        return _words(self.denying) if self.denying else None


@cache
def concepts() -> tuple[Concept, ...]:
    """Every concept, in the order of the table."""
    return tuple(
        Concept(row.concept, row.anchors, row.named, row.evidence, row.absence, row.limbs)
        for row in registry.CONCEPTS.rows
    )


@cache
def _anchors() -> tuple[AhoCorasick, list[list[Concept]]]:
    """All anchors, and for each the concepts that it stands for."""
    meant: dict[str, list[Concept]] = {}
    for concept in concepts():
        for anchor in concept.anchors:
            meant.setdefault(anchor, []).append(concept)
    return AhoCorasick(meant), list(meant.values())


def possible(text: str) -> Iterator[tuple[Concept, int]]:
    """The concepts whose anchors a text in lower case has, each with the character at which its anchor begins."""
    automaton, meant = _anchors()
    for index, start, _ in automaton.find_matches_as_indexes(text, overlapping=True):
        for concept in meant[index]:
            yield concept, start


def _words(written: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{written})")
