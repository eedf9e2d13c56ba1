"""Studies that a text says were done, or what they showed: "the EMG of the left leg showed", "the MRI was normal"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from imrlint.document.letter import RequestKind
from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language import function_words
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine.treatments import Treatment
from imrlint.reading.comparability import is_of_case, names_condition
from imrlint.reading.entities import Mention
from imrlint.reading.items import NERVE_TESTS
from imrlint.reading.passage import Passage
from imrlint.reading.records import Record
from imrlint.reading.sentences import Sentence
from imrlint.reading.stance import Polarity


class StudyResult(NamedTuple):
    """A study with the words behind it, that it was done or what it showed. `place` is that of both."""

    place: Place
    study: Treatment


_QUOTE = "[\"“']"
_NORMAL = function_words.alternatives("normal adjective")
# After the name of a study: that it was done, or what it showed.
_SHOWED = Pattern(
    r"^(?: scan| study| studies| testing| report)?(?: of the (?:\w+ ){1,3}| of (?:\w+ ){1,3}| dated \S+"
    r"| performed \S+)? ?"
    rf"(?:(?:does|do|did) not |also |clearly )*(?:{any_of('result')}|indicate[sd]?|support(?:s|ed)?"
    r"|document(?:s|ed)"
    r"|ruled out|exclude[sd]|had identified"
    rf"|(?:was|were) (?:{any_of('performed')}"
    rf"|(?:(?:noted|found|reported|read|interpreted|described) (?:to be |as )?)?{_QUOTE}?(?:{_NORMAL}|positive)))\b",
    re.IGNORECASE,
)
# Behind the name of a study: that it does not show something, which is said of one that was read.
_NOT = re.compile(r" (?:does|do|did) not\b")
# In a sentence of the summary: that a study was only requested.
_REQUESTED = Pattern(rf"\b{any_of('wanted', 'refused', 'non-certified', 'refusal')}\b", re.IGNORECASE)
_DONE = Pattern(
    rf"\b(?:{any_of('result', 'performed')}|(?:was|were) (?:normal|negative|positive))\b",
    re.IGNORECASE,
)
# Behind the name of a study: its date, which is not that of the request for it.
_DATED = Pattern(r"[^.;,]{0,40}\bdated\b", re.IGNORECASE)
# Studies that give a result of their own.
_RESULTS = frozenset(("imaging", "electrodiagnosis", "laboratory test"))
_STUDIES = (
    RequestKind.IMAGING,
    RequestKind.ELECTRODIAGNOSTIC,
    RequestKind.OTHER,
    RequestKind.LABORATORY,
    RequestKind.CONSULTATION,
)


def find_study_results(rationale: Passage) -> Iterator[StudyResult]:
    """The studies that a rationale says were done or showed something on the case, in order."""
    for sentence, (place, study) in _list_studies(rationale):
        showed = _SHOWED.match(place.after)
        is_affirmed = sentence.judge_polarity(place) is Polarity.AFFIRMED
        if (
            showed
            and (is_affirmed or _NOT.search(showed.group()))  # "the MRI does not show", but not "no MRI was done"
            and not names_condition(sentence.text)
        ):
            yield StudyResult(rationale.place(place.start, place.end + showed.end()), study)


def find_recorded_studies(rationale: Passage) -> Iterator[Record]:
    """The records by which a rationale affirms on the case that a study with a result of its own was done, in order."""
    for record in rationale.records:
        sentence = rationale.sentence_of(record.place)
        if (
            not record.term.within.isdisjoint(_RESULTS)
            and record.polarity is Polarity.AFFIRMED
            and is_of_case(sentence, record.place)
            and not sentence.names_guideline
            and not names_condition(record.place.before)
        ):
            yield record


def has_study(summary: Passage, study: Treatment) -> bool:
    """Whether a summary has a study as done: with a result, or at least not only as requested.

    The electrodiagnostic tests of nerves and muscles are one study.
    """
    for place, named in summary.treatments:
        if named.name != study.name and not {named.name, study.name} <= NERVE_TESTS:
            continue
        sentence = summary.sentence_of(place)
        if sentence.judge_polarity(place) is Polarity.DENIED:
            continue
        if _DONE.search(sentence.text) or _DATED.match(place.after) or not _REQUESTED.search(sentence.text):
            return True
    return False


def _list_studies(rationale: Passage) -> Iterator[tuple[Sentence, Mention[Treatment]]]:
    """The studies that the sentences on the case name, each with its sentence."""
    for mention in rationale.treatments:
        sentence = rationale.sentence_of(mention.place)
        is_read = _NOT.match(mention.place.after) and not (sentence.names_guideline or sentence.is_general)
        if (
            mention.meaning.kind in _STUDIES
            and (is_read or is_of_case(sentence, mention.place))
            and not sentence.is_quoted(sentence.place.start)
        ):
            yield sentence, mention
