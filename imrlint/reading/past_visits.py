"""How many visits of a treatment the worker has had, or that this is unknown: "she has attended 8 sessions"."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine.treatments import Treatment
from imrlint.reading.entities import Mention
from imrlint.reading.quantities import Bound, Quantity
from imrlint.reading.sentence_kinds import SentenceKind
from imrlint.reading.sentences import Sentence
from imrlint.reading.stance import Polarity
from imrlint.reading.treatment_events import TreatmentEvent
from imrlint.reading.verdicts import Verdict


class Treated(Protocol):
    """A prose with the quantities and the treatments that it names, what it says was done, and its verdicts."""

    @property
    def text(self) -> str: ...

    @property
    def quantities(self) -> Sequence[Quantity]: ...

    @property
    def treatment_events(self) -> Sequence[TreatmentEvent]: ...

    @property
    def verdicts(self) -> Sequence[Verdict]: ...

    def place(self, start: int, end: int) -> Place: ...

    def sentence_of(self, place: Place) -> Sentence: ...

    def treatments_in(self, place: Place) -> Sequence[Mention[Treatment]]: ...


class PastVisits(NamedTuple):
    """A number of visits that took place; the treatments named beside it, none where it does not say of what."""

    quantity: Quantity
    treatments: tuple[Treatment, ...]

    @property
    def place(self) -> Place:
        return self.quantity.place

    @property
    def bounds(self) -> tuple[float, float]:
        """The fewest and the most visits that may be meant."""
        least, most = self.quantity.least, self.quantity.most
        if self.quantity.bound is Bound.LEAST:
            return least, math.inf
        if self.quantity.bound is Bound.MOST:
            return 0, most
        return (least - _ROOM, most + _ROOM) if self.quantity.bound is Bound.ABOUT else (least, most)


_ROOM = 2  # visits by which "about" may be off
_HAD = Pattern(
    rf"\b(?:{any_of('had')}|treatments? (?:to date )?(?:has |have |had )?(?:includ\w+|consisted of)"
    rf"|{any_of('worker', 'pronoun')} (?:has|had))\b[^.;]{{0,50}}$"
    rf"|\btreatments?\b[^.;]{{0,20}}\bincluded\b[^.;]{{0,150}}$",
    re.IGNORECASE,
)
_DONE = Pattern(
    rf"^[^.;,]{{0,60}}? (?:(?:was|were|has been|have been|had been) )?(?:{any_of('already')} )?{any_of('performed')}\b"
    rf"(?! by the claims)|^(?: of [\w ]{{3,30}}?)? {any_of('already')}\b",
    re.IGNORECASE,
)
# Words under which the visits are still to come, or are a guideline's.
_TO_COME = Pattern(
    rf"\b(?:{any_of('wanted', 'granted', 'approval', 'refused', 'modified')}|additional|more|another|further"
    rf"|remaining|initial"
    rf"|following|trial|up to|{any_of('guideline')}|requests?|will|would|should|can|could|might|not)\b",
    re.IGNORECASE,
)
_NONE = Pattern(r"\b(?:if|no)\b", re.IGNORECASE)  # before them: "no visits", but not "8 visits and no injection"
_OUT_OF = re.compile(r" (?:out )?of (?:\w{3} )?", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;]")
_BEFORE, _BEHIND = 70, 70  # characters in which such words are looked for
_WITH = Pattern(r" (?:with|by|to) ", re.IGNORECASE)  # somebody else
# How many visits there were, and that they took place.
_COUNT = Pattern(r"\b(?:how many|number of)\b[^.;,]{0,40}?\b(?:visits|sessions)\b", re.IGNORECASE)
_SO_FAR = Pattern(rf"\b{any_of('had', 'already', 'earlier')}\b|\bused\b|\bto date\b", re.IGNORECASE)
_OTHER = Pattern(r"\band\b|[,;]", re.IGNORECASE)
_NEAR = 60  # characters between a number of visits and the name of the treatment


def find_past_visits(passage: Treated) -> Iterator[PastVisits]:
    """The numbers of visits that a passage says took place, in order."""
    for number, quantity in enumerate(passage.quantities):
        if quantity.dimension != "visit" or quantity.per or quantity.least != quantity.most:
            continue
        sentence = passage.sentence_of(quantity.place)
        before, after = quantity.place.before, quantity.place.after
        portion = _find_portion(passage.quantities, number)
        if portion is not None:
            before = portion.place.before
        if sentence.speaks_for_guideline or (portion is None and are_to_come(quantity.place)):
            continue
        treatment = _find_treatment(passage, quantity.place)
        is_named = treatment is not None and not _is_judged(quantity.place, passage.verdicts)
        events = (each.place for each in passage.treatment_events if each.done)
        is_done = is_named and (_tells(sentence) or any(treatment and each == treatment.place for each in events))
        if not (is_done or _HAD.search(before) or _DONE.match(after)) or sentence.is_quoted(quantity.place.start):
            continue
        if treatment is None and _WITH.match(after) and not after.startswith(" to date"):
            continue
        yield PastVisits(portion or quantity, (treatment.meaning,) if treatment else ())


def find_unknown_counts(rationale: Treated) -> Iterator[Place]:
    """Where a rationale denies or leaves open how many visits there were so far, in order: "how many visits"."""
    for match in _COUNT.finditer(rationale.text):
        place = rationale.place(*match.span())
        sentence = rationale.sentence_of(place)
        is_open = sentence.judge_polarity(place) is not Polarity.AFFIRMED
        if (
            is_open
            and _SO_FAR.search(sentence.text)
            and not sentence.speaks_for_guideline
            and not sentence.is_quoted(place.start)
        ):
            yield place


def _find_portion(quantities: Sequence[Quantity], number: int) -> Quantity | None:
    """How many of a number of visits took place: the 18 of "18 of 24 authorized visits"."""
    whole, before = quantities[number], quantities[number - 1] if number else None
    if before is None or before.dimension or not before.is_single or before.most > whole.most:
        return None
    between = whole.place.prose.text[before.place.end : whole.place.start]
    return before if _OUT_OF.fullmatch(between) and not _TO_COME.search(before.place.before[-_BEFORE:]) else None


def _tells(sentence: Sentence) -> bool:
    """Whether a sentence tells what happened, so that visits of a treatment that it names took place."""
    is_other = sentence.kind is SentenceKind.GUIDELINE or sentence.names_guideline or sentence.is_general
    return sentence.states_fact and not is_other


def _is_judged(visits: Place, verdicts: Sequence[Verdict]) -> bool:
    """Whether a number of visits is in the subject of a verdict: "the 8 visits of therapy are medically necessary"."""
    return any(each.subject.holds(visits.start) for each in verdicts)


def are_to_come(visits: Place) -> bool:
    """Whether a number of visits is of some that are still to come, or of a guideline."""
    before, behind = visits.before[-_BEFORE:].rpartition(";")[2], _CLAUSE.split(visits.after)[0]
    return bool(_TO_COME.search(f"{before}{visits.text} {behind[:_BEHIND]}") or _NONE.search(before))


def _find_treatment(passage: Treated, number: Place) -> Mention[Treatment] | None:
    """The treatment whose visits are counted: named with the number, behind it, or else before it."""
    sentence = number.sentence
    behind = passage.treatments_in(passage.place(number.start, min(number.end + _NEAR, sentence.end)))
    if behind and not _OTHER.search(passage.text[number.end : behind[0].place.start]):
        return behind[0]
    before = passage.treatments_in(passage.place(max(number.start - _NEAR, sentence.start), number.start))
    if before and not _OTHER.search(passage.text[before[-1].place.end : number.start]):
        return before[-1]
    return None
