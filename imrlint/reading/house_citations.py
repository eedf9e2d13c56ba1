"""What a reviewer cites that this house never cites for such an item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from imrlint.memory.lessons import hash_citation, hash_subject
from imrlint.reading.citations import Cited
from imrlint.reading.items import Item

if TYPE_CHECKING:
    from imrlint.memory.recall import KnownText, Memory

_FEWEST = 50  # letters with an item of the kind
_OPEN = 0.02  # share of them that may have a citation of their own: so often is something new to be expected


class UnusualCitation(NamedTuple):
    """Something cited that none of the `letters` with such an item cites. `usual` is what most of them cite."""

    cited: Cited
    subject: str
    letters: int
    usual: KnownText


def find_subject(item: Item) -> str:
    """The kind of an item, for which a house cites the same guidelines: the class of its drug, its treatment, or else
    the kind of request.
    """
    names = [drug.drug_class or drug.name for drug in item.drugs] or [each.name for each in item.treatments]
    return " and ".join(sorted(set(names))) or item.kind.value


def list_citations(cited: Cited) -> list[str]:
    """The sections or chapters of a guideline that a citation names, or else the guideline; none for one that the
    tables do not have.
    """
    if cited.document is None:
        return []
    parts = [each.name for each in cited.sections] or [each.name for each in cited.chapters]
    return [f"{cited.document.name}, {part}" for part in parts] or [cited.document.name]


def find_unusual_citations(cited: Sequence[tuple[Cited, Item]], memory: Memory) -> Iterator[UnusualCitation]:
    """The citations of the reviewer that no letter of this house has for such an item, in order."""
    for each, item in cited:
        subject = find_subject(item)
        names = list_citations(each)
        if not each.is_reviewers or not names:
            continue
        of_subject = hash_subject(memory.hasher, subject)
        hashes = [hash_citation(memory.hasher, name, subject) for name in names]
        counts = memory.count_citations((of_subject, *hashes))
        letters = counts.get(of_subject, 0)
        if letters < _FEWEST or any(hashed in counts for hashed in hashes):
            continue
        usual = memory.list_citations(of_subject)
        # The chance that something has never been seen is the share of what was seen once (Good, Biometrika 1953).
        if usual and memory.count_lone_citations(of_subject) <= letters * _OPEN:
            yield UnusualCitation(each, subject, letters, usual[0])
