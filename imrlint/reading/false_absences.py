"""Claims of absence in a rationale that the summary contradicts.

What the summary records may be narrower than what is denied (numbness, of neurological symptoms), but not wider. A
claim that is narrowed ("no recent studies") is contradicted only by words that say the same. What was only requested
or planned was not done; what the summary denies, too, is no contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from imrlint.document.letter import Side
from imrlint.document.patterns import Pattern
from imrlint.knowledge.medicine import anatomy
from imrlint.knowledge.medicine.terminology import ClinicalTerm, TermKind
from imrlint.reading.absence_triggers import EMPHATIC
from imrlint.reading.absences import Absence
from imrlint.reading.items import Item
from imrlint.reading.passage import Passage
from imrlint.reading.recorded import Recorded, speaks_of_review
from imrlint.reading.records import Record
from imrlint.reading.sentence_kinds import SentenceKind


class FalseAbsence(NamedTuple):
    """A claim of absence, and what the summary records against it."""

    claim: Absence
    record: Record


# Words by which a sentence that is not known to be on the case may be one of a guideline.
_MAYBE_GENERAL = Pattern(
    r"\b(?:may|can|could|would|when|if|patients|individuals|recommend\w*|indicat\w+|criteria|trials?|studies|often"
    r"|usually|generally)\b",
    re.IGNORECASE,
)
_FINITE = Pattern(r"\b(?:is|are|was|were|has|had|have|did|does)\b|[a-z]{2}ed\b", re.IGNORECASE)
# What contradicts that nothing has failed or been exhausted, and what contradicts not even an emphatic denial.
_FAILED = re.compile(
    r"\b(?:fail\w*|ineffective|without (?:\w+ ){0,2}(?:relief|benefit|improvement|success)"
    r"|(?:no|little) (?:relief|benefit|improvement)|not help\w*|did not (?:help|relieve|improve)|not effective"
    r"|intoleran\w+|not tolerat\w+|worse\w*)\b"
)
_MILD = re.compile(r"\b(?:mild\w*|minimal\w*|slight\w*|trace|minor|subtle|equivocal|borderline|occasional\w*)\b")
_STEM = 5  # letters that two forms of a word have in common
_RADIATING = frozenset(("neurological deficit", "neurological symptoms", "neurological disorder", "radicular findings"))
"""What is found in a limb where the spine is the cause."""
_LOCATED = _RADIATING | {
    "objective findings", "pain", "inflammation", "musculoskeletal disorder", "joint instability",
    "degenerative changes", "trauma", "mechanical symptoms", "functional deficit", "stiffness",
}  # fmt: skip
"""Findings that are of some part of the body."""
_UNPLACED = frozenset(("pain", "medication"))
"""What is everywhere, so that a denial must name a part of the body."""
_COMPLAINTS = frozenset(("subjective complaints", "neurological symptoms"))
_BY_PART = (TermKind.FINDING, TermKind.EXAMINATION)


def find_false_absences(item: Item, rationale: Passage, summary: Passage) -> Iterator[FalseAbsence]:
    """The claims of absence that the summary contradicts, in order, each term once.

    The summary may be the rationale itself: what other sentences of it record.
    """
    seen = set()
    for claim in rationale.absences:
        if claim.term.name not in seen and _is_claimed(claim, rationale):
            record = _find_contradicting(claim, item, summary.recorded)
            if record is not None:
                seen.add(claim.term.name)
                yield FalseAbsence(claim, record)


def _is_claimed(absence: Absence, rationale: Passage) -> bool:
    """Whether the reviewer claims it of this case."""
    sentence = rationale.sentence_of(absence.place)
    of_case = (
        sentence.is_of_case
        or sentence.states_fact
        or (
            sentence.kind is SentenceKind.UNKNOWN
            and _FINITE.search(sentence.text)
            and not _MAYBE_GENERAL.search(sentence.text)
        )
    )
    is_general = sentence.is_opioid_notice or sentence.speaks_for_guideline or sentence.is_general
    if absence.term.name in _UNPLACED and not absence.sites:
        return False
    return bool(
        of_case
        and not is_general
        and not rationale.is_quoted(absence.place.start)
        and not speaks_of_review(sentence.text)
    )


def _find_contradicting(absence: Absence, item: Item, recorded: Recorded) -> Record | None:
    """What is recorded of the same or a narrower term, where nothing recorded agrees with the claim."""
    own = absence.place.sentence

    def is_comparable(record: Record) -> bool:
        return record.place.sentence != own and _is_comparable(absence, record, item, recorded.regions)

    agreeing = (each for each in recorded.list_denied(absence.term.within) if _agrees(each, absence.term))
    if any(map(is_comparable, agreeing)):
        return None
    affirmed = (  # a normal examination does not contradict a complaint
        record
        for record in recorded.list_affirmed(absence.term.name)
        if not (absence.says_normal and record.term.within & _COMPLAINTS)
        and is_comparable(record)
        and _has(record.place.sentence.lower, absence.residue)
    )
    return next(affirmed, None)


def _agrees(record: Record, term: ClinicalTerm) -> bool:
    """Whether a record that denies something denies a term, too: a finding also where it denies a wider one."""
    return term == record.term or (term.kind in _BY_PART and term.is_within(record.term))


def _has(text: str, words: frozenset[str]) -> bool:
    """Whether a sentence in lower case has all the words, in whatever form."""
    stems = {word[:_STEM] for word in re.findall(r"\w(?:[\w/.-]*\w)?", text)}
    mild = bool(_MILD.search(text))
    return all(
        word[:_STEM] in stems
        or (word.startswith(("fail", "exhaust")) and _FAILED.search(text))
        or (word in EMPHATIC and not mild)
        for word in words
    )


def _is_comparable(absence: Absence, record: Record, item: Item, named: frozenset[str]) -> bool:
    """Whether a claim and a record may be of the same part of the body and the same side.

    `named` are the regions that the summary names.
    """
    sides = frozenset(site.side for site in absence.sites if site.side) or _sides_of(item, record)
    if len(sides) == 1 and record.sides and not sides & record.sides and Side.BOTH not in sides:
        return False
    regions = frozenset(site.part.region for site in absence.sites) or item.regions
    if not regions:
        return True
    located = record.term.kind is TermKind.EXAMINATION or bool(record.term.within & _LOCATED)
    located = located or (record.term.is_operative and bool(absence.sites))
    if not record.regions and located:  # it may be of any part that the summary names
        return all(any(anatomy.are_near(one, own) for own in regions) for one in named)
    spreads = record.term.within & _RADIATING or record.term.kind is TermKind.EXAMINATION
    near = anatomy.are_near if spreads else anatomy.overlap
    return not record.regions or any(near(a, b) for a in regions for b in record.regions)


def _sides_of(item: Item, record: Record) -> frozenset[Side]:
    """The sides that an item has of the parts that a record names: a claim without a side is on them."""
    regions = (site.part.region for site in record.sites if site.side)
    return frozenset(side for region in regions for side in item.sides.get(region, ()))
