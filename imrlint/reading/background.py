"""What a letter has on the worker apart from criteria: conditions, parts of the body, studies, operations, and how old
the injury is.

It is taken from the summary, the titles of the items, and what rationales state of the case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language.function_words import alternatives
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine import anatomy
from imrlint.knowledge.medicine.terminology import SURGERY, ClinicalTerm
from imrlint.once import cached_property
from imrlint.reading.passage import Passage
from imrlint.reading.records import Record
from imrlint.reading.stance import Polarity
from imrlint.reading.timeline import Event, InjuryDate

ACUTE = 90  # days: pain is chronic from three months after its onset on (8 CCR 9792.20)
_NEAR = 80  # characters from an operation to its date
# Words for harm that began long before the day on the cover.
_GRADUAL = re.compile(r"\b(?:cumulative|continuous|repetitive)(?: \w+)? (?:trauma|injur\w+|stress|strain)\b")
_LASTING = re.compile(
    r"\b(?:long[- ]term|chronic(?:ally)?|long[- ]standing|maintenance|for (?:many |several |over )?\w* ?years?)\b"
)
_REFUSED = re.compile(rf"\b{any_of('refused', 'non-certified', 'refusal', 'utilization review')}\b")
_WANTED = Pattern(rf"\b(?:{any_of('wanted')}|authoriz\w+|certif\w+|plan(?:s|ned)?|den(?:y|ied))\b", re.IGNORECASE)
_OPERATED = Pattern(rf"\b(?:{alternatives('operative participle', 'place of an operation')})\b", re.IGNORECASE)
_SHOWN = Pattern(rf"\b{any_of('result')}\b", re.IGNORECASE)  # by a study that was done


class Operation(NamedTuple):
    """An operation that was done, and when."""

    record: Record
    event: Event


@dataclass(frozen=True, eq=False)
class Background:
    """What the summary and the titles say. `told` are the records of sentences on the case in the rationales."""

    summary: Passage | None
    titles: tuple[Passage, ...]
    told: tuple[Record, ...]
    injury: InjuryDate | None
    denied: date | None
    timeline: tuple[Event, ...]

    @property
    def texts(self) -> tuple[Passage, ...]:
        return (*filter(None, (self.summary,)), *self.titles)

    @cached_property
    def regions(self) -> frozenset[str]:
        """The regions of the body that are named."""
        return frozenset[str]().union(*(part.meaning.regions for text in self.texts for part in text.parts))

    def has_region(self, region: str) -> bool:
        """Whether a region, or one that it lies in or that lies in it, is named."""
        return any(anatomy.overlap(region, own) for own in self.regions)

    @property
    def days_since_injury(self) -> int | None:
        """Days from the injury to the denial of the request; None where one of them is not known."""
        return (self.denied - self.injury.day).days if self.injury and self.denied else None

    @cached_property
    def is_gradual(self) -> bool:
        """Whether the harm was done over a long time, so that it may be older than the day on the cover."""
        return any(_GRADUAL.search(text.lower) for text in self.texts)

    @property
    def is_recent(self) -> bool:
        """Whether the injury was too recent at the denial for pain to be chronic."""
        days = self.days_since_injury
        return days is not None and 0 <= days < ACUTE

    @cached_property
    def tells_of_long_use(self) -> bool:
        """Whether it speaks of anything that lasts for long, other than in a denial of the request."""
        return any(
            _LASTING.search(sentence.lower) and not _REFUSED.search(sentence.lower)
            for text in self.texts
            for sentence in text.sentences
        )

    # ---- Conditions, studies, operations

    @cached_property
    def terms(self) -> frozenset[str]:
        """The names of the terms that it has, affirmed or not, and of all wider ones."""
        return frozenset[str]().union(*(record.term.within for record in self._records))

    def has_term(self, term: ClinicalTerm) -> bool:
        """Whether it has a term, a narrower one, or a disease that the term is a kind of."""
        if term.name in self.terms:
            return True
        return any(
            record.term.name in term.within and len(record.term.within) > 1 and record.term.is_disease
            for record in self._records
        )

    def has_had(self, term: ClinicalTerm) -> bool:
        """Whether something of that kind was done: it is said to have been, or the summary names it where nothing is
        requested.
        """
        named = [record for record in (self.summary.records if self.summary else ()) if record.term.is_within(term)]
        told = [record for record in self.told if record.term.is_within(term)]
        if any(record.polarity is Polarity.AFFIRMED for record in named):
            return True
        return any(
            not _WANTED.search(record.place.sentence.text) or _SHOWN.search(record.place.sentence.text)
            for record in (*named, *(each for each in told if each.polarity is Polarity.AFFIRMED))
        )

    @cached_property
    def surgeries(self) -> tuple[Record, ...]:
        """Where it names an operation, done or planned, or what comes after one."""
        return tuple(
            record for record in self._records if record.term.is_operative and record.polarity is not Polarity.DENIED
        )

    @cached_property
    def tells_of_operation(self) -> bool:
        """Whether it names an operation, or tells of one by what was done: "the bone was plated"."""
        return bool(self.surgeries) or any(
            text.sentence_of(place).judge_polarity(place) is not Polarity.DENIED
            for text in self.texts
            for match in _OPERATED.finditer(text.text)
            for place in (text.place(*match.span()),)
        )

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        """The operations that were done on a day that is given."""
        found = (
            Operation(record, event)
            for record in self.surgeries
            if SURGERY in record.term.within and record.polarity is Polarity.AFFIRMED
            for event in self.timeline
            if event.place.prose is record.place.prose and _are_close(record.place, event.place)
        )
        return tuple(found)

    @cached_property
    def _records(self) -> tuple[Record, ...]:
        return (*(record for text in self.texts for record in text.records), *self.told)


def _are_close(place: Place, date_place: Place) -> bool:
    """Whether a date stands near words of the same sentence."""
    gap = max(date_place.start - place.end, place.start - date_place.end)
    return gap < _NEAR and place.sentence == date_place.sentence
