"""What the sentences of a guideline are about: a part of the body, a disease, a treatment, a phase of treatment.

A sentence has a scope where its words say to whom it applies. Those that compare, give examples or say what does not
apply have none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple, Protocol

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place, Prose
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine.anatomy import Part
from imrlint.knowledge.medicine.terminology import SURGERY, ClinicalTerm, TermKind
from imrlint.knowledge.medicine.treatments import Treatment
from imrlint.reading.entities import Mention
from imrlint.reading.records import Record
from imrlint.reading.sentence_kinds import SentenceKind
from imrlint.reading.sentences import Sentence


class ScopeKind(Enum):
    """By what a sentence says to whom it applies."""

    PARTS = "parts"  # all parts of the body that it names
    NORM = "norm"  # "the criteria for the knee", "the neck chapter"
    DISEASE = "disease"  # "in patients with frozen shoulder"
    TREATMENT = "treatment"  # "the criteria for epidural injections"
    SURGERY = "surgery"  # "after a meniscectomy 12 visits"
    REPEAT = "repeat"  # "a repeat MRI"
    LONG_TERM = "long-term"  # "to stop long-term opioids", "the criteria for long-term use"
    LONG_TERM_GROUP = "long-term group"  # "patients on chronic opioid treatment"
    CHRONIC = "chronic"  # "for chronic pain"


class Scope(NamedTuple):
    """Words that say what a sentence is about.

    `is_indication` says that the sentence tells what something is recommended for, or what it asks to be shown.
    """

    place: Place
    kind: ScopeKind
    parts: tuple[Part, ...] = ()
    term: ClinicalTerm | None = None
    treatment: Treatment | None = None
    is_indication: bool = False


class Passage(Protocol):
    """A prose with the annotations that scopes are made of."""

    @property
    def prose(self) -> Prose: ...

    @property
    def sentences(self) -> Sequence[Sentence]: ...

    @property
    def records(self) -> Sequence[Record]: ...

    def parts_in(self, place: Place) -> Sequence[Mention[Part]]: ...

    def treatments_in(self, place: Place) -> Sequence[Mention[Treatment]]: ...


_NEAR = 60  # characters before a word that are read with it
_UNSPECIFIC = frozenset(("spine", "trunk", "head"))
# Examples, and words for what does not apply; comparisons, in which a part or a treatment is only held beside.
_EXAMPLE = Pattern(
    r"\b(?:such as|e\.g|for example|including|includes?|other|another|differ\w*|distinguish\w*|unlike|rule out"
    r"|carr(?:y|ies|ied) over|bearing|exclud\w+)\b"
)
_COMPARISON = Pattern(
    r"(?<!more )(?<!less )(?<!fewer )(?<!longer )"
    r"\b(?:than|versus|vs|whereas|compar\w+|similar\w*|analog\w+|rather|instead)\b"
)
_NOT = re.compile(rf"\b{any_of('negation')}\b(?! (?:been )?(?:met|satisfied|fulfilled)\b)")
# Before what a guideline recommends something for, and beside findings that it asks for.
_INDICATION = re.compile(
    rf"\b(?:{any_of('wanted', 'necessary', 'condition')}|indicat\w+|approved|support\w*|options?|first[- ]line|used"
    r"|useful|document\w*|require\w*|evidence of|diagnos\w+|suspect\w*|contraindicat\w*|risks?|may|fda)\b"
)
_IN = re.compile(r"\b(?:in|of|with|from|have|has|having|for)(?: (?:an?|the|those|patients|chronic|acute|severe))* $")
_NORM = Pattern(r"\b(?:criteria|criterion|requirements?|rules?|standards?|thresholds?|indications|guidelines?)\b")
_FOR = re.compile(r"[^.;:,]{0,30}\b(?:for|of|on)(?: (?:the|an?|use|of|any|left|right))* ")
_OF_NORM = re.compile(
    r"(?: (?:spine|joint|complaints?|disorders?|and|leg))* (?:chapter|guidelines?|criteria|section)\b"
)
_ALLOWANCE = Pattern(r"\b(?:visits?|sessions?|appointments?)\b")
_AFTER = re.compile(r"\b(?:after|following|once|status post|s/p)(?: (?:an?|the|any|\w+))? $")
_BEFORE_SURGERY = re.compile(
    r"\bpre-?(?:operative(?:ly)?|surgical) (?:\w+ )?(?:tests?|testing|clearance|evaluation"
    r"|screening|assessment)\b"
)
_REPEAT = re.compile(r"\brepeat(?:ed|ing)?(?: (?!or\b|and\b)\w+)?[ -]$")
_LONG_TERM = Pattern(
    r"\b(?:stop(?:ping)? (?P<stopped>long[- ]term (?:opioids?|use|treatment|therapy))"
    r"|(?:patients?|population|those|workers?|individuals) (?:\w+ )?(?:on|receiving|taking|using) "
    r"(?P<group>(?:chronic|long[- ]term) (?:opioids?|use|treatment|therapy)(?: (?:treatment|therapy|use))?)"
    r"|(?:guidelines?|criteria|requirements?|rules) (?:for|of|on) (?:the )?"
    r"(?P<norm>(?:chronic|long[- ]term)(?: ?[/,]? ?(?:chronic|long[- ]term))? (?:use|usage|treatment|therapy)))\b"
)


def find_scopes(passage: Passage) -> Iterator[Scope]:
    """The scopes of the sentences of a passage, in the order of the sentences."""
    records = list(passage.records)
    number = 0
    for sentence in passage.sentences:
        own: list[Record] = []
        while number < len(records) and records[number].place.start < sentence.place.end:
            own.append(records[number])
            number += 1
        yield from _Reader(passage, sentence, own).find()


class _Reader:
    """Finds the scopes of one sentence, whose records are given."""

    def __init__(self, passage: Passage, sentence: Sentence, records: Sequence[Record]) -> None:
        self._sentence = sentence
        self._records = records
        self._passage = passage
        self._text = sentence.lower

    def find(self) -> Iterator[Scope]:
        yield from self._find_long_term()
        is_example = bool(_EXAMPLE.search(self._text))
        is_compared = is_example or bool(_COMPARISON.search(self._text))
        is_denied = bool(_NOT.search(self._text))
        if not is_compared and not is_denied:
            yield from self._find_norms()
        if self._sentence.is_of_case and not self._sentence.speaks_for_guideline:
            return
        yield from self._find_repeats()
        if not is_denied:
            yield from self._find_surgery()
        if not is_example:
            yield from self._find_parts()
        if not is_example and not is_denied:
            yield from self._find_diseases()
        if not is_compared:
            yield from self._find_allowance()
        if not is_example and not is_denied:
            yield from self._find_chronic()

    def _find_long_term(self) -> Iterator[Scope]:
        for match in _LONG_TERM.finditer(self._text):
            name = match.lastgroup or ""
            kind = ScopeKind.LONG_TERM_GROUP if name == "group" else ScopeKind.LONG_TERM
            yield Scope(self._sentence.place.part(*match.span(name)), kind)

    def _find_norms(self) -> Iterator[Scope]:
        """Parts and treatments of which criteria are named, and parts that have a chapter."""
        norms = list(_NORM.finditer(self._text))
        base = self._sentence.place.start
        for mention in self._passage.parts_in(self._sentence.place):
            begin, end = mention.place.start - base, mention.place.end - base
            if mention.meaning.region in _UNSPECIFIC:
                continue
            if behind := _OF_NORM.match(self._text, end):
                yield Scope(self._sentence.place.part(begin, behind.end()), ScopeKind.NORM, (mention.meaning,))
            elif norm := _governing(norms, self._text, begin):
                yield Scope(self._sentence.place.part(norm.start(), end), ScopeKind.NORM, (mention.meaning,))
        for treated in self._passage.treatments_in(self._sentence.place):
            if norm := _governing(norms, self._text, treated.place.start - base):
                place = self._sentence.place.part(norm.start(), treated.place.end - base)
                yield Scope(place, ScopeKind.TREATMENT, treatment=treated.meaning)

    def _find_chronic(self) -> Iterator[Scope]:
        """Chronic pain where it is what something is for."""
        for record in self._records:
            before = self._text_before(record.place)
            if record.term.name == "chronic pain" and "chronic" in record.place.lower and _IN.search(before):
                yield Scope(record.place, ScopeKind.CHRONIC, term=record.term)

    def _find_parts(self) -> Iterator[Scope]:
        """All parts of a sentence that reports a guideline, or speaks of patients in general."""
        if self._sentence.kind is SentenceKind.GUIDELINE or self._sentence.is_general:
            base = self._sentence.place.start
            parts = [
                each
                for each in self._passage.parts_in(self._sentence.place)
                if not _OF_NORM.match(self._text, each.place.end - base)
            ]
            if parts and not any(each.meaning.region in _UNSPECIFIC for each in parts):
                place = Place(self._passage.prose, parts[0].place.start, parts[-1].place.end)
                named = tuple(each.meaning for each in parts)
                yield Scope(place, ScopeKind.PARTS, named, is_indication=bool(_INDICATION.search(self._text)))

    def _find_diseases(self) -> Iterator[Scope]:
        """The one disease of a sentence that tells of patients with it, or allows visits after an operation for it."""
        named = {record.term.name: record for record in self._records if record.term.is_disease}
        named = {name: record for name, record in named.items() if not self._sentence.is_quoted(record.place.start)}
        if len(named) != 1:
            return
        (record,) = named.values()
        before = self._text_before(record.place)
        allows = bool(_ALLOWANCE.search(self._text))
        is_after_surgery = allows and any(each.term.is_operative for each in self._records)
        if (_AFTER.search(before) and is_after_surgery) or _IN.search(before):
            is_indication = allows or bool(_INDICATION.search(self._text))
            yield Scope(record.place, ScopeKind.DISEASE, term=record.term, is_indication=is_indication)

    def _find_surgery(self) -> Iterator[Scope]:
        """Operations after which visits are allowed, or before which something is tested."""
        if match := _BEFORE_SURGERY.search(self._text):
            yield Scope(self._sentence.place.part(*match.span()), ScopeKind.SURGERY)
        if not _ALLOWANCE.search(self._text):
            return
        for record in self._records:
            before = self._text_before(record.place)
            if SURGERY in record.term.within and (after := _AFTER.search(before)):
                place = Place(record.place.prose, record.place.start - len(after.group()), record.place.end)
                yield Scope(place, ScopeKind.SURGERY, term=record.term)

    def _find_repeats(self) -> Iterator[Scope]:
        """Studies and treatments that are repeated."""
        for record in self._records:
            before = self._text_before(record.place)
            if record.term.kind in (TermKind.STUDY, TermKind.TREATMENT) and (match := _REPEAT.search(before)):
                place = Place(record.place.prose, record.place.start - len(match.group()), record.place.end)
                yield Scope(place, ScopeKind.REPEAT, term=record.term)

    def _text_before(self, place: Place) -> str:
        """The last characters of the sentence before a place."""
        at = place.start - self._sentence.place.start
        return self._text[max(at - _NEAR, 0) : at]

    def _find_allowance(self) -> Iterator[Scope]:
        """The one treatment of a sentence in which a guideline allows a number of visits."""
        if self._sentence.kind is SentenceKind.GUIDELINE and _ALLOWANCE.search(self._text):
            treated = {each.meaning: each for each in self._passage.treatments_in(self._sentence.place)}
            if len(treated) == 1:
                (only,) = treated.values()
                yield Scope(only.place, ScopeKind.TREATMENT, treatment=only.meaning)


def _governing(norms: Sequence[re.Match[str]], text: str, begin: int) -> re.Match[str] | None:
    """The noun for criteria that governs what begins at a place: "the criteria for the use of …"."""
    number = bisect_left(norms, begin, key=lambda norm: norm.end())
    nearest = norms[number - 1] if number else None
    if nearest is None or begin - nearest.end() > _NEAR or not _FOR.fullmatch(text, nearest.end(), begin):
        return None
    return nearest
