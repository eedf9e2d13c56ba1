"""What a text records of a case, by term: what claims of absence are held against.

What utilization review said or did is no record of the case. What a text itself says was not done is denied. What was
found in an earlier year ("In 2014 the reflexes were normal") says nothing of today; what was done then, was done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Protocol

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine.terminology import ClinicalTerm, TermKind
from imrlint.reading.absences import Absence
from imrlint.reading.records import Record
from imrlint.reading.sites import Site
from imrlint.reading.stance import Polarity

_REVIEW = Pattern(
    rf"\b(?:{any_of('utilization review', 'claims administrator', 'non-certified', 'refusal')}"
    r"|determination|medically necessary)\b",
    re.IGNORECASE,
)
_REVIEWER = Pattern(
    rf"\b(?:{any_of('utilization review', 'claims administrator', 'refusal')}"
    rf"|(?:peer|{any_of('earlier')}|initial|original|first) review\w*|physician advis[eo]r)\b",
    re.IGNORECASE,
)
_STATES = frozenset(("objective findings", "subjective complaints", "neurological deficit", "functional status"))
"""Findings of one day."""
_YEAR = re.compile(r"\b20[0-4]\d\b")
_IN_YEAR = re.compile(r"(?:[a-z]+ ){0,2}(?:\w+ )?(?P<year>[12][09]\d\d)\b", re.IGNORECASE)


class Text(Protocol):
    """A text with what it says of clinical terms, and the parts of the body that it names."""

    @property
    def records(self) -> Sequence[Record]: ...

    @property
    def absences(self) -> Sequence[Absence]: ...

    @property
    def sites(self) -> Sequence[Site]: ...


_BEHIND = 25  # characters
_REACH = re.compile(r"\bfinger(?:s|[- ]?tips?)\b[^.;,]{0,30}$", re.IGNORECASE)


def _measures_reach(place: Place) -> bool:
    """Whether a part only says how far somebody bends: "fingertips to the knees"."""
    behind = place.after[:_BEHIND]
    is_tip = "fingertip" in place.lower and (" to " in behind or "ing the " in behind)
    return is_tip or _REACH.search(place.before) is not None


class Recorded:
    """The records of a text, each list in the order of the text. `regions` are those that it names."""

    def __init__(self, text: Text) -> None:
        self.regions = frozenset(site.part.region for site in text.sites if not _measures_reach(site.place))
        self._named: dict[str, list[Record]] = {}
        self._within: dict[str, list[Record]] = {}
        for record in _list_records(text):
            self._named.setdefault(record.term.name, []).append(record)
            for name in record.term.within:
                self._within.setdefault(name, []).append(record)

    def list_denied(self, names: Iterable[str]) -> Iterator[Record]:
        """The records that deny one of the terms with these names."""
        named = (record for name in names for record in self._named.get(name, ()))
        return (record for record in named if record.polarity is Polarity.DENIED)

    def list_denied_within(self, name: str) -> Iterator[Record]:
        """The records that deny the term with a name, or a narrower one."""
        return (record for record in self._within.get(name, ()) if record.polarity is Polarity.DENIED)

    def list_affirmed(self, name: str) -> Iterator[Record]:
        """The records that affirm the term with a name, or a narrower one."""
        return (record for record in self._within.get(name, ()) if record.polarity is Polarity.AFFIRMED)

    def list_not_denied(self, name: str) -> Iterator[Record]:
        """The records that affirm the term with a name, or a narrower one, or leave it open."""
        return (record for record in self._within.get(name, ()) if record.polarity is not Polarity.DENIED)

    def list_akin(self, term: ClinicalTerm) -> Iterator[Record]:
        """The records of a term, of a narrower or of a wider one."""
        yield from self._within.get(term.name, ())
        for name in sorted(term.within - {term.name}):
            yield from self._named.get(name, ())

    def denies_some(self, term: ClinicalTerm) -> bool:
        """Whether a record denies a term, or a narrower one."""
        return any(self.list_denied_within(term.name))


def names_review(sentence: str) -> bool:
    """Whether a sentence names utilization review, whose words it may report."""
    return _REVIEWER.search(sentence) is not None


def _speaks_of_review(sentence: str) -> bool:
    """Whether a sentence of a summary has words of utilization review, or on what it decides."""
    return _REVIEW.search(sentence) is not None


def _list_records(text: Text) -> Iterator[Record]:
    denied = {(each.term.name, at) for each in text.absences for at in (each.place.start, each.place.end)}
    latest = max(_YEAR.findall(text.records[0].place.prose.text), default="") if text.records else ""
    for sentence, records in groupby(text.records, key=lambda each: each.place.sentence):
        if _speaks_of_review(sentence.text):
            continue
        is_history = (opening := _IN_YEAR.match(sentence.text)) is not None and opening["year"] < latest
        for each in records:
            if is_history and (each.term.kind is TermKind.EXAMINATION or each.term.within & _STATES):
                continue  # what was found years ago
            ends = ((each.term.name, at) for at in (each.place.start, each.place.end))
            yield each if denied.isdisjoint(ends) else each.deny()
