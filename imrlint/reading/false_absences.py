"""Claims of absence in a rationale that the summary contradicts.

What the summary records may be narrower than what is denied (numbness, of neurological symptoms), but not wider. A
claim that is narrowed ("no recent studies") is contradicted only by words that say the same. What was only requested
or planned was not done; what the summary denies, too, is no contradiction.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language import function_words
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine.terminology import ClinicalTerm, TermKind
from imrlint.reading.absence_triggers import EMPHATIC
from imrlint.reading.absences import Absence
from imrlint.reading.comparability import WORK, is_comparable, is_stated_of_case, list_days
from imrlint.reading.items import Item
from imrlint.reading.passage import Passage
from imrlint.reading.records import Record


class FalseAbsence(NamedTuple):
    """A claim of absence, and what the summary records against it."""

    claim: Absence
    record: Record


# What contradicts that nothing has failed or been exhausted, and what contradicts not even an emphatic denial.
_FAILED = re.compile(
    r"\b(?:fail\w*|ineffective|without (?:\w+ ){0,2}(?:relief|benefit|improvement|success)"
    r"|(?:no|little) (?:relief|benefit|improvement)|not help\w*|did not (?:help|relieve|improve)|not effective"
    r"|intoleran\w+|not tolerat\w+|worse\w*)\b"
)
# Behind a record: it is denied for another day. Before a claim: it is of every one of a class.
_TAKEN_BACK = re.compile(r"\b(?:it|they|this|these) (?:had|has|have|was|were|did|is|are) not\b", re.IGNORECASE)
_NO = Pattern(rf"{any_of('negation')}\b", re.IGNORECASE)
_NONE = re.compile(r"(?:none|neither)\b", re.IGNORECASE)
_MILD = re.compile(r"\b(?:mild\w*|minimal\w*|slight\w*|trace|minor|subtle|equivocal|borderline|occasional\w*)\b")
_YEAR = re.compile(r"\d{4}")
_WORDS = re.compile(r"[a-z][a-z'-]*")
_STEM = 5  # letters that two forms of a word have in common
# A claim of today, and what a sentence says of treatment that has ended.
_TODAY = Pattern(
    r"\b(?:takes|uses|(?:is|are) (?:now |currently )?(?:taking|using|on)|currently|at present|now)\b", re.IGNORECASE
)
_ENDED = Pattern(rf"\b(?:{any_of('earlier')}|tried|stopped|discontinued|failed|abandoned)\b", re.IGNORECASE)
# A claim of what an examination shows, which does not show how much somebody works.
_LATEST = Pattern(
    rf"\b(?:most recent|last) (?:[\w-]+ ){{0,2}}?(?:exam|visit|evaluation|assessment|{any_of('record')})",
    re.IGNORECASE,
)
_OF_LATEST = frozenset(("most", "recent", "last"))
_OF_REQUEST = Pattern(
    rf"\b(?:{any_of('utilization review', 'refusal', 'non-certified')}|determination|request)", re.IGNORECASE
)
_EXAMINED = Pattern(r"\b(?:in|on|upon|during) (?:the |his |her )?(?:\w+ )?exam", re.IGNORECASE)
_INJECTIONS = "injections"
_PLACED = frozenset((
    "shoulder injection", "knee injection", "hip injection", "hand injection", "elbow injection", "foot injection",
    "joint injection",
))  # fmt: skip
"""Injections of whatever into some part."""
# Behind an injection: into what.
_OBJECT = Pattern(r" (?:of|into|to) (?:the |his |her )?((?:[\w-]+ ?){1,4})", re.IGNORECASE)
# Behind a treatment: it is only thought of, so that what is claimed is that nobody thinks of it.
_PLANNED = Pattern(
    rf" (?:{function_words.alternatives('be')}) (?:(?:{function_words.alternatives('be')}) )?(?:[a-z]+ly )?"
    rf"(?:{any_of('wanted')}|{function_words.alternatives('participle of planning')})\b",
    re.IGNORECASE,
)
_DONE = (TermKind.TREATMENT, TermKind.STUDY)
_BENEFIT = "treatment benefit"
_COMPLAINTS = frozenset(("subjective complaints", "neurological symptoms"))
_BY_PART = (TermKind.FINDING, TermKind.EXAMINATION)


def find_false_absences(item: Item, rationale: Passage, summary: Passage) -> Iterator[FalseAbsence]:
    """The claims of absence that the summary contradicts, in order, each term once.

    The summary may be the rationale itself: what other sentences of it record.
    """
    seen = set()
    for each in rationale.absences:
        claim = each
        if claim.term.name not in seen and is_stated_of_case(claim, rationale) and not _is_of_plan(claim):
            days = list_days(claim.place, rationale)
            if not days and _LATEST.search(claim.place.sentence.text) and (last := _find_last_day(summary)):
                claim, days = claim._replace(residue=claim.residue - _OF_LATEST), frozenset((last,))
            record = _find_contradicting(claim, item, summary, days, rationale)
            if record is not None:
                seen.add(claim.term.name)
                yield FalseAbsence(claim, record)


def _is_of_plan(claim: Absence) -> bool:
    """Whether it is claimed that nobody plans a treatment, which may have been given at another time."""
    return claim.term.kind in _DONE and _PLANNED.match(claim.place.after) is not None


def _find_last_day(summary: Passage) -> date | None:
    """The last day of a record of which a summary tells: of none of utilization review, and of no request."""
    days = (each.value for each in summary.dates if not _OF_REQUEST.search(each.place.sentence.text))
    return max((day for day in days if day), default=None)


def _find_day(record: Record, passage: Passage) -> date | None:
    """The last day that a text names up to the end of the sentence of a record."""
    number = _count_dates(passage, record.place.sentence.end)
    return passage.dates[number - 1].value if number else None


def _count_dates(passage: Passage, end: int) -> int:
    """The number of dates that a text names before a character."""
    return bisect_left(passage.dates, end, key=lambda each: each.place.start)


def _find_contradicting(
    absence: Absence, item: Item, summary: Passage, days: frozenset[date], rationale: Passage
) -> Record | None:
    """What is recorded of the same or a narrower term, where nothing recorded agrees with the claim of a rationale.

    Where the claim names days, what is recorded must be of one of them.
    """
    own, recorded = absence.place.sentence, summary.recorded
    is_narrow = absence.term.kind is TermKind.FINDING and absence.term.name not in _COMPLAINTS
    is_complaint = is_narrow and _NO.match(absence.place.text) is not None  # "no mechanical symptoms"
    is_examined = absence.says_normal and not is_complaint
    of_today, of_examination = _TODAY.search(own.text) is not None, _EXAMINED.search(own.text) is not None

    def may_contradict(record: Record) -> bool:
        return (
            record.place.sentence != own
            and is_comparable(absence, record, item, recorded.regions)
            and (_BENEFIT not in absence.term.within or _is_of_item(record, item))
            and not (of_examination and record.term.within & WORK)
            and not (of_today and _ENDED.search(record.place.sentence.text))
            and (_INJECTIONS not in absence.term.within or _have_one_object(absence.place, record.place))
            and not _TAKEN_BACK.search(record.place.after)
            and (not days or _find_day(record, summary) in days)
        )

    agreeing = (each for each in recorded.list_denied(absence.term.within) if _agrees(each, absence.term))
    if any(map(may_contradict, agreeing)) or (_NONE.match(absence.place.text) and recorded.denies_some(absence.term)):
        return None
    affirmed = (  # a normal examination does not contradict a complaint
        record
        for name in _list_names(absence)
        for record in recorded.list_affirmed(name)
        if not (is_examined and record.term.within & _COMPLAINTS)
        and not (is_complaint and _ENDED.search(record.place.sentence.text))
        and may_contradict(record)
        and _has(record.place.sentence.lower, absence.residue - _list_studied(absence, record, rationale, summary))
    )
    return next(affirmed, None)


def _list_studied(absence: Absence, record: Record, rationale: Passage, summary: Passage) -> frozenset[str]:
    """The words of a claim for the study that showed nothing, where the sentence of a record names it in any words."""
    if not absence.residue:
        return frozenset()
    sentence = absence.place.sentence
    studies = [
        each for each in rationale.records if each.term.kind is TermKind.STUDY and sentence.holds(each.place.start)
    ]
    return frozenset(
        word
        for study in studies
        if any(record.place.sentence.holds(each.place.start) for each in summary.recorded.list_akin(study.term))
        for word in _WORDS.findall(study.place.lower)
    )


def _list_names(absence: Absence) -> Sequence[str]:
    """The terms that would contradict a claim: an injection of any kind, where it says into which part."""
    name = absence.term.name
    return (name, _INJECTIONS) if name in _PLACED and absence.sites else (name,)


def _have_one_object(claim: Place, recorded: Place) -> bool:
    """Whether two injections may be into the same: the words for it have one in common, where both have some."""
    objects = [
        set(re.findall(r"[a-z]{4,}", match[1].lower())) - {"left", "right"} if match else set()
        for match in (_OBJECT.search(f"{claim.text}{claim.after}"), _OBJECT.match(recorded.after))
    ]
    return not all(objects) or not objects[0].isdisjoint(objects[1])


def _is_of_item(record: Record, item: Item) -> bool:
    """Whether the sentence of a record names what an item requests: the benefit of another treatment is none of it."""
    return not item.names.isdisjoint(re.findall(r"[a-z-]+", record.place.sentence.lower))


def _agrees(record: Record, term: ClinicalTerm) -> bool:
    """Whether a record that denies something denies a term, too: a finding also where it denies a wider one."""
    return term == record.term or (term.kind in _BY_PART and term.is_within(record.term))


def _has(text: str, words: frozenset[str]) -> bool:
    """Whether a sentence in lower case has all the words, in whatever form."""
    stems = {word[:_STEM] for word in re.findall(r"\w(?:[\w/.-]*\w)?", text)}
    mild = bool(_MILD.search(text))
    return all(
        word[:_STEM] in stems
        or (_YEAR.fullmatch(word) and word in text)
        or (word.startswith(("fail", "exhaust")) and _FAILED.search(text))
        or (word in EMPHATIC and not mild)
        for word in words
    )
