"""What two texts say of a case: whether they may speak of the same thing, so that one can contradict the other."""

from __future__ import annotations

import re
from datetime import date
from typing import Protocol

from imrlint.document.letter import Side
from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language import function_words
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine import anatomy
from imrlint.knowledge.medicine.terminology import ClinicalTerm, TermKind
from imrlint.reading.items import Item
from imrlint.reading.passage import Passage
from imrlint.reading.recorded import names_review
from imrlint.reading.records import Record
from imrlint.reading.sentence_kinds import SentenceKind
from imrlint.reading.sentences import Sentence
from imrlint.reading.sites import Site


class Statement(Protocol):
    """What a rationale says of a clinical term: a record, or a claim that it is absent."""

    @property
    def place(self) -> Place: ...

    @property
    def term(self) -> ClinicalTerm: ...

    @property
    def sites(self) -> tuple[Site, ...]: ...

    @property
    def sides(self) -> frozenset[Side]: ...


# Words by which a sentence that is not known to be on the case may be one of a guideline.
_MAYBE_GENERAL = Pattern(
    r"\b(?:may|can|(?<!i )(?<!we )could|would|when|if|patients|individuals|criteria|often|usually|generally"
    rf"|{function_words.alternatives('phrase of a guideline')})\b",
    re.IGNORECASE,
)
_FINITE = Pattern(
    r"\b(?:is|are|was|were|has|had|have|did|does|shows?|reveals?|demonstrates?|gives?|reports?)\b|[a-z]{2}ed\b"
    r"|[a-z]{3}s (?:the|an?|it|this|that|for|against|heavily|no|me)\b",
    re.IGNORECASE,
)
# Before words: that a rule names them as a condition.
_CONDITION = Pattern(rf"\b(?:{any_of('condition')}|where)\b", re.IGNORECASE)
_RADIATING = frozenset(("neurological deficit", "neurological symptoms", "neurological disorder", "radicular findings"))
"""What is found in a limb where the spine is the cause."""
LOCATED = _RADIATING | {
    "objective findings", "pain", "inflammation", "musculoskeletal disorder", "joint instability",
    "degenerative changes", "trauma", "mechanical symptoms", "functional deficit", "stiffness",
}  # fmt: skip
"""Findings that are of some part of the body."""
WORK = frozenset(("limited work capacity", "unable to work"))
"""What is of the whole person, although it comes of a part of the body."""
_SPINE = frozenset(("neck", "thoracic", "low back"))
_UNPLACED = frozenset(("pain", "medication"))
"""What is everywhere, so that a statement must name a part of the body."""


def is_stated_of_case(statement: Statement, rationale: Passage) -> bool:
    """Whether the reviewer states it of this case, and not of everything."""
    return (
        (statement.term.name not in _UNPLACED or bool(statement.sites))
        and is_of_case(rationale.sentence_of(statement.place), statement.place)
        and not rationale.is_quoted(statement.place.start)
    )


def is_of_case(sentence: Sentence, place: Place) -> bool:
    """Whether words in a sentence of a rationale are the reviewer's own on this case, as far as one can tell."""
    of_case = (
        sentence.is_of_case
        or sentence.states_fact
        or (
            sentence.kind is SentenceKind.UNKNOWN
            and _FINITE.search(sentence.text)
            and not _MAYBE_GENERAL.search(_clause_of(place))
        )
    )
    is_general = sentence.is_opioid_notice or sentence.speaks_for_guideline or sentence.is_general_at(place)
    return bool(of_case and not is_general and not names_review(sentence.text))


def names_condition(text: str) -> bool:
    """Whether words make what follows them a condition: "if", "unless", "where"."""
    return _CONDITION.search(text) is not None


def may_be_of_one_day(here: Place, rationale: Passage, there: Place, summary: Passage) -> bool:
    """Whether the sentences of two places may be of the same day: they do not name different dates."""
    days, others = list_days(here, rationale), list_days(there, summary)
    return not days or not others or bool(days & others)


def list_days(place: Place, passage: Passage) -> frozenset[date]:
    """The days that the sentence of a place names."""
    sentence = place.sentence
    return frozenset(each.value for each in passage.dates if each.value and sentence.holds(each.place.start))


def _clause_of(place: Place) -> str:
    """The words of the sentence of a place between the commas around it."""
    before, after = place.before, place.after
    begin = max(before.rfind(mark) for mark in ",;:") + 1
    return before[begin:] + place.text + re.split("[,;:]", after, maxsplit=1)[0]


def is_comparable(statement: Statement, record: Record, item: Item, named: frozenset[str]) -> bool:
    """Whether a statement on an item and a record may be of the same part of the body and the same side.

    `named` are the regions that the text of the record names.
    """
    sides = statement.sides or _sides_of(item, record)
    if len(sides) == 1 and record.sides and not sides & record.sides and Side.BOTH not in sides:
        return False
    regions = frozenset(site.part.region for site in statement.sites) or item.regions
    if not regions or record.term.within & WORK:
        return True
    located = record.term.kind is TermKind.EXAMINATION or bool(record.term.within & LOCATED)
    if record.term.kind is TermKind.FINDING and not located and not statement.sites:
        return True  # an ulcer of the stomach: a disease of the whole person
    located = located or (record.term.is_operative and bool(statement.sites))
    if not record.regions and located:  # it may be of any part that the text names
        return all(any(anatomy.are_near(one, own) for own in regions) for one in named)
    if regions and record.regions and regions <= _SPINE and record.regions <= _SPINE and not regions & record.regions:
        return False
    spreads = record.term.within & _RADIATING or record.term.kind is TermKind.EXAMINATION
    near = anatomy.are_near if spreads else anatomy.overlap
    return not record.regions or any(near(a, b) for a in regions for b in record.regions)


def _sides_of(item: Item, record: Record) -> frozenset[Side]:
    """The sides that an item has of the parts that a record names: a statement without a side is on them."""
    regions = (site.part.region for site in record.sites if site.side)
    return frozenset(side for region in regions for side in item.sides.get(region, ()))
