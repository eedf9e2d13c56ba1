"""What the studies and examinations of a sentence showed: nothing, or something that is not normal.

"The bone scan was negative" denies every abnormality on imaging; "the EMG showed a C6 radiculopathy" is one. A sentence
that tells which finding a study did not show says nothing of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from imrlint.document.prose import Place
from imrlint.knowledge.language import function_words
from imrlint.knowledge.medicine import terminology
from imrlint.knowledge.medicine.terminology import ClinicalTerm, TermKind
from imrlint.reading.stance import Polarity


class Named(Protocol):
    """A clinical term that a sentence names."""

    @property
    def place(self) -> Place: ...

    @property
    def term(self) -> ClinicalTerm: ...

    @property
    def says_normal(self) -> bool: ...

    @property
    def polarity(self) -> Polarity: ...


class Result(NamedTuple):
    """The abnormality that a study or an examination would show, and the words that say whether it is there."""

    place: Place
    term: ClinicalTerm
    is_normal: bool


_SHOWN_BY = (
    ("imaging abnormality", "imaging"),
    ("electrodiagnostic abnormality", "electrodiagnosis"),
    ("muscle weakness", "motor examination"),
    ("sensory loss", "sensory examination"),
    ("decreased reflexes", "reflex examination"),
    ("cranial nerve deficit", "cranial nerve examination"),
    ("neurological examination abnormality", "neurological examination"),
    ("gait abnormality", "gait examination"),
    ("decreased range of motion", "range of motion examination"),
    ("abnormal mental status", "mental status examination"),
    ("physical examination abnormality", "physical examination"),
)
"""Findings, and the studies and examinations that show them, the narrower ones first."""
_FOUND_BY = (
    ("abnormal mri finding", "mri", ""),
    ("abnormal x-ray finding", "x-ray", ""),
    ("electrodiagnostic radiculopathy", "electrodiagnosis", "radiculopathy"),
    ("electrodiagnostic neuropathy", "electrodiagnosis", "peripheral neuropathy"),
    ("imaging abnormality", "imaging", ""),
    ("electrodiagnostic abnormality", "electrodiagnosis", ""),
)
"""What it is called that a study found something, or something of a kind; the narrower ones first."""
_EXAMINATION = re.compile(r"\b(?:exam|examinations?|testing|strength|sensation|reflexes|gait|motion)\b")
_OF = r"(?: (?:of|dated|from|on|in) (?:[\w/-]+ ){0,3}[\w/-]+)?"
_WAS = r"(?:was|were|is|are) (?:(?:read|reported|found)(?: as| to be)? )?"
_WAS_NORMAL = re.compile(
    rf"{_OF} (?P<normal>{_WAS}(?:(?:completely|entirely|essentially|grossly|totally|wholly) )?"
    rf"(?:{function_words.alternatives('normal adjective')}))\b(?! for)"
)
_WAS_ABNORMAL = re.compile(
    rf"{_OF} {_WAS}(?:\w+ly )?(?P<abnormal>{function_words.alternatives('abnormal adjective')})\b"
)
_SHOWED = re.compile(
    rf"[^.;:]{{0,60}}?\b(?:{function_words.alternatives('verb of showing')}"
    rf"|(?:{function_words.alternatives('abnormal adjective')}) (?:with|for|of))\b"
)
_CLAUSE = re.compile(r";|, (?:and|but|which|while) ")


def find_results(sentence: Place, named: Sequence[Named]) -> Iterator[Result]:
    """The results of the studies and examinations among the terms that a sentence names, in the order of these."""
    for study in named:
        is_part = study.term.kind is TermKind.EXAMINATION and not _EXAMINATION.search(study.place.lower)
        if is_part or study.says_normal:
            continue  # "Tinel and Phalen tests are negative"
        finding = next((name for name, shown in _SHOWN_BY if shown in study.term.within), None)
        if finding is None:
            continue
        text, end = study.place.prose.lower, study.place.end
        match = _WAS_NORMAL.match(text, end, sentence.end) or _WAS_ABNORMAL.match(text, end, sentence.end)
        if match:
            (name,) = match.groupdict()
            yield Result(Place(study.place.prose, *match.span(name)), terminology.term(finding), name == "normal")
        elif study.term.kind is TermKind.STUDY and (showed := _SHOWED.match(text, end, sentence.end)):
            yield from _find_shown(study, named, showed.end(), sentence.end)


def _find_shown(study: Named, named: Sequence[Named], start: int, end: int) -> Iterator[Result]:
    """The first finding behind the verb of a study that is there, as what this study found."""
    clause = _CLAUSE.search(study.place.prose.lower, start, end)
    end = clause.start() if clause else end
    for each in named:
        if not (start <= each.place.start < end and each.term.kind is TermKind.FINDING and not each.says_normal):
            continue
        found = next(
            (
                name
                for name, by, kind in _FOUND_BY
                if by in study.term.within and (not kind or kind in each.term.within)
            ),
            None,
        )
        if found and each.polarity is Polarity.AFFIRMED:
            yield Result(each.place, terminology.term(found), is_normal=False)
            return
