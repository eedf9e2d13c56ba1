"""Findings, treatments and studies that a rationale states and the summary denies.

What the summary denies may be wider than what is stated (neurological symptoms, of numbness). It may also be narrower
(weakness and sensory loss, of a neurological deficit) where the summary has nothing else of that kind. What the summary
affirms, too, is no contradiction, nor what it leaves open. What the rationale repeats after utilization review, or
names as the purpose of a treatment, it does not state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language import function_words
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine.terminology import ClinicalTerm, TermKind
from imrlint.reading import absence_triggers
from imrlint.reading.comparability import LOCATED, is_comparable, is_stated_of_case
from imrlint.reading.items import Item
from imrlint.reading.passage import Passage
from imrlint.reading.recorded import Recorded
from imrlint.reading.records import Record
from imrlint.reading.sentences import Sentence
from imrlint.reading.stance import Polarity

# Before what is taken for granted: "in view of the marked weakness".
_GIVEN = re.compile(
    rf"\b(?:{function_words.alternatives('preposition of circumstance')}) (?:the|this|his|her) (?:[\w-]+ ){{0,2}}$",
    re.IGNORECASE,
)
# Words around a concept that make it no statement on the worker: what a treatment does, what a test is for.
_PURPOSE = Pattern(
    r"\b(?:treat\w* (?:of|for)|relie[fv]\w*|reduc\w+|improv\w+|decreas\w+ in|response"
    r"|due to|caused by|prevent\w*|efficacy|used for|indicated for|side effects?"
    r"|helpful|meant for|intended for|in the region|differentiat\w+|distinguish\w*|corroborat\w*)\b",
    re.IGNORECASE,
)
# What utilization review said of the case is often repeated to be refuted.
_REVIEW_SAID = Pattern(
    rf"\b(?:{any_of('utilization review', 'claims administrator')})\b[^.;]{{0,60}}"
    rf"\b(?:{any_of('speech verb')}|stated|noted|wrote|said|found|concluded|reasoned|denied)\b",
    re.IGNORECASE,
)
_INTENDED = Pattern(
    r"\b(?:meant|used|indicated|intended|recommended|useful|reserved) (?:only )?(?:for|in|to)\b", re.IGNORECASE
)
_BEFORE = 150  # characters before a finding
_PROVOKED = "positive "  # begins the names of signs that are provoked: no deficits
_RESPONSES = frozenset((
    "treatment benefit", "functional improvement", "treatment failure", "functional status", "psychological symptoms",
    "adverse effect", "aberrant drug behavior",
))  # fmt: skip
# Behind a finding: that an examination showed it. Before one: that the worker only feels it.
_ON_EXAMINATION = re.compile(r" (?:on|upon|during|by) (?:the |his |her )?(?:\w+ )?exam", re.IGNORECASE)
_FELT = Pattern(rf"\b(?:{function_words.alternatives('word of complaining')})\b", re.IGNORECASE)
_NO_NEW = Pattern(rf"\b(?:{function_words.alternatives('denial before a noun')}) (?:\w+ )?$", re.IGNORECASE)
_DONE = (TermKind.TREATMENT, TermKind.STUDY)
_IN_YEAR = re.compile(r"^[^.,;]{0,40}? (?:in|of) (?:\w+ )?\d{4}\b")
_FEWEST = 2  # narrower findings that are denied, where a wider one is stated


class FalsePresence(NamedTuple):
    """What a rationale states, and what the summary records against it."""

    stated: Record
    denied: Record


def find_false_presences(item: Item, rationale: Passage, summary: Passage) -> Iterator[FalsePresence]:
    """What a rationale states to be there, or done, and the summary denies, in order, each term once."""
    seen = set()
    for stated in rationale.records:
        name = stated.term.name
        if name in seen or stated.term.kind is TermKind.EXAMINATION or not _is_observed(stated.term):
            continue
        denied = _find_denied(stated, item, summary.recorded)
        if denied is not None and _is_stated(stated, rationale):
            seen.add(name)
            if not _REVIEW_SAID.search(stated.place.before) and _is_meant(stated.place):
                yield FalsePresence(stated, denied)


def _is_observed(term: ClinicalTerm) -> bool:
    """Whether it is a symptom or a sign that is there or not, and no response to treatment, which comes and goes."""
    return bool(term.within & LOCATED) or not term.within & _RESPONSES


def _is_stated(record: Record, rationale: Passage) -> bool:
    sentence = rationale.sentence_of(record.place)
    is_given = _GIVEN.search(record.place.before) is not None
    return (
        record.polarity is Polarity.AFFIRMED
        and not _NO_NEW.search(record.place.before)
        and (sentence.is_of_case or sentence.states_fact or is_given)
        and not sentence.names_guideline
        and is_stated_of_case(record, rationale)
        and (
            _is_affirmed(record, sentence)
            if record.term.kind in _DONE
            else is_given or sentence.is_asserted(record.place)
        )
    )


def _is_affirmed(record: Record, sentence: Sentence) -> bool:
    """Whether the sentence of a treatment or a study that was done affirms it, and denies nothing before it.

    What was done in an earlier year was done.
    """
    polarity = sentence.judge_polarity(record.place)
    is_there = polarity is Polarity.AFFIRMED or (polarity is Polarity.THOUGHT and _IN_YEAR.search(record.place.after))
    return bool(is_there) and not absence_triggers.DENIAL.search(record.place.before.lower())


def _is_meant(place: Place) -> bool:
    """Whether a finding is spoken of itself, not what is done about it."""
    before, behind = place.before[-_BEFORE:], place.prose.text[place.end : place.end + 30].strip()
    return not (_PURPOSE.search(before[-60:]) or _PURPOSE.match(behind) or _INTENDED.search(before))


def _find_denied(stated: Record, item: Item, recorded: Recorded) -> Record | None:
    """What denies a term or a wider one, where nothing recorded affirms what is denied, or leaves it open.

    What is open of a treatment or a study is only requested.
    """
    list_there = recorded.list_affirmed if stated.term.kind in _DONE else recorded.list_not_denied

    is_examined = _ON_EXAMINATION.match(stated.place.after) is not None

    def may_contradict(record: Record) -> bool:
        is_felt = is_examined and _FELT.search(record.place.before) is not None
        return not is_felt and is_comparable(stated, record, item, recorded.regions)

    denied = filter(may_contradict, recorded.list_denied(stated.term.within))
    found = next((each for each in denied if not any(map(may_contradict, list_there(each.term.name)))), None)
    own = (each for each in list_there(stated.term.name) if not each.term.name.startswith(_PROVOKED))
    if found is None and not any(map(may_contradict, own)):
        narrower = list(filter(may_contradict, recorded.list_denied_within(stated.term.name)))
        found = narrower[0] if len({each.term.name for each in narrower}) >= _FEWEST else None
    return found
