"""Where a rationale refers to what was requested.

A rationale names many treatments, drugs and parts of the body: what was tried, what else is taken, where
else it hurts, what guidelines say. Some places, however, can only refer to the disputed item: the subject of
the conclusion, "the request is for …", "the requested …", "… in question", "findings that would warrant …",
"criteria for …", "regarding …,". If they name something else, the rationale is about the wrong item.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading.sentences import Sentence
from imrlint.reading.verdicts import Form, Verdict


class Reference(NamedTuple):
    """Words for what was requested. `is_subject` is true where they are the subject of the conclusion."""

    place: Place
    is_subject: bool = False


_THING = r"(?P<thing>(?:[^.,;:()\"“”]|(?<=\d)[.,](?=\d)|\([^()]{0,60}\)){2,160}?)"
_ENDS = (
    r"(?= (?:is|was|are|were|has|have|had|be|being|does|did|do|would|will|cannot|can|could|should|may|exceeds?"
    rf"|{any_of('condition', 'reason')}|which|that|due|per|dated|on \d|to|at|with regards?"
    r"|without (?:documentation|evidence|objective|a )|but|including"
    r"|in (?:the absence|this|order|addition|light|view|patients?|question)|from|after|under|prior|before|over|than"
    r"|based|following|by|submitted|for the (?:treatment|purpose)|therefore|not)\b|[.,;:\"”)]|$)"
)
_LEAD_IN = (
    r"(?:(?:a|an|the|this|these|any|further|repeat|additional|continued|ongoing|such|current|currently|retrospective"
    r"|prospective|requested|proposed|in-office|outpatient) )*"
)
_LEADS = (
    # The request is for …, request for …, decision for …, medical necessity of …
    re.compile(
        rf"\b(?P<what>request(?: (?:is|was|for authorization))? for|prescription (?:is )?for|decision for"
        rf"|medical necessity (?:of|for)|(?:ongoing|continued|further) use of|request,) {_LEAD_IN}{_THING}{_ENDS}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:the|this|these|currently) (?:\w+ly )?(?:requested|proposed|disputed) (?!by\b|that\b|to\b|for\b"
        rf"|as\b|amount\b|duration\b){_THING}{_ENDS}",
        re.I,
    ),
)
_CASE_LEADS = (
    re.compile(
        rf"\b(?:warrant(?:s|ed|ing)?|justif(?:y|ies|ied)|necessitat(?:e|es|ed)) (?:the (?:need|use"
        rf"|performance) (?:of|for) )?{_LEAD_IN}{_THING}{_ENDS}",
        re.I,
    ),
    re.compile(
        rf"\b(?:meet|meets|met|satisf(?:y|ies)|fulfil+s?) (?:the |any )?(?:\w+ )?(?:criteria|requirements"
        rf"|guidelines|indications) for {_LEAD_IN}{_THING}{_ENDS}",
        re.I,
    ),
)
# "one trigger point injection is requested", "the ongoing use of topiramate"
_SAID = re.compile(
    r"\b(?P<thing>[a-z0-9](?:(?! (?:is|are|was|were|not|which|that) )[a-z0-9/%.# -]){2,80}?)"
    r" (?:is|are)(?: being| now)? requested\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\b(?:the|an?|said) (?P<thing>(?:(?! (?:is|was|are|were|and|not) )[a-z0-9/ -]){3,60}?)"
    r" (?:in question|at issue|under review|in dispute)\b",
    re.IGNORECASE,
)
_REGARDING = Pattern(
    rf"^(?:regarding|as for|as to|with regards? to|in regards? to"
    rf"|concerning) {_LEAD_IN}(?:request for )?{_LEAD_IN}{_THING}(?=,)",
    re.I,
)
_REQUEST = Pattern(r"^.*\b(?=(?:the |this |these |an? )?(?:\w+ )?request(?:ed)?\b)", re.IGNORECASE)
_OPENING = Pattern(
    r"^(?:(?:therefore|thus|hence|as such|accordingly|consequently|conversely|likewise|and|so|no|yes|also|then"
    r"|that|in summary|finally"
    r"|in conclusion|overall),? )*",
    re.IGNORECASE,
)
# "Given the above, …", "In the absence of such findings, …": grounds given before the subject.
_GROUNDS = Pattern(
    rf"^(?:{any_of('condition', 'reason')} |based on|in |without|per|pursuant|for th|absent|with |while|although"
    r"|after)",
    re.IGNORECASE,
)
# Words before a request other than the disputed one.
_OTHER = Pattern(
    rf"\b(?:{any_of('earlier', 'another')}|accompanying|companion|associated|concurrent|first|future|same|similar"
    r"|original|initial|alternative)(?: \w+)? $",
    re.IGNORECASE,
)
# "the request for naproxen was denied": an earlier request that was decided.
_SETTLED = Pattern(
    r" (?:was|were|has been|have been|had been)(?: also| previously| already)? (?:made|submitted"
    rf"|{any_of('refused', 'non-certified', 'granted', 'modified', 'upheld', 'overturned')})\b",
    re.IGNORECASE,
)
_REASON = Pattern(
    rf"\b(?:{any_of('condition', 'reason')}|while|although)\b(?! (?:such|noted|stated|submitted|a result|per))",
    re.IGNORECASE,
)
_BEHIND = 8  # characters between "request" and what it is for


def find_references(sentences: Sequence[Sentence], conclusion: Verdict | None) -> tuple[Reference, ...]:
    """The places at which a rationale refers to what was requested, in order."""
    found: list[Reference] = []

    def add(sentence: Sentence, place: Place, *, is_subject: bool = False) -> None:
        known = any(reference.place.overlaps(place) for reference in found)
        if place.text.strip() and not known and not sentence.is_quoted(place.start):
            found.append(Reference(place, is_subject))

    if conclusion is not None and conclusion.form is not Form.REFERENCE:
        subject = conclusion.subject
        deciding = next(each for each in sentences if each.place.start == subject.start)
        add(deciding, subject.part(_find_subject(subject.text), subject.end - subject.start), is_subject=True)
    for sentence in sentences:
        if sentence.is_opioid_notice:
            continue
        prose, start, end = sentence.place
        text = prose.text
        for lead in _select_leads(sentence):
            for match in lead.finditer(text, start, end):
                before = text[start : match.start()]
                settled = _SETTLED.match(text, match.end("thing"))
                if not settled and not _OTHER.search(before) and not _REASON.search(before[-120:]):
                    add(sentence, Place(prose, *match.span("thing")))
        for pattern, words in ((_QUESTION, _QUESTIONED), (_SAID, ("requested",))):
            for match in pattern.finditer(text, start, end) if _contains_any(sentence, words) else ():
                add(sentence, Place(prose, *match.span("thing")))
        if regarding := _REGARDING.match(sentence.text):
            add(sentence, sentence.place.part(*regarding.span("thing")))
    return tuple(sorted(found, key=lambda reference: reference.place.start))


def list_decided(references: Sequence[Reference]) -> list[Place]:
    """What the conclusion decides: its subject, and what that says is requested: "the request for a brace"."""
    subjects = [each.place for each in references if each.is_subject]
    named = (
        each.place
        for each in references
        if any(
            each.place.sentence == subject.sentence and 0 <= each.place.start - subject.end <= _BEHIND
            for subject in subjects
        )
    )
    return [*subjects, *named]


def _find_subject(words: str) -> int:
    """The offset, in the words before the verb of a conclusion, at which its subject begins."""
    request = _REQUEST.match(words)
    if request:
        return request.end()
    opening = _OPENING.match(words)
    at = opening.end() if opening else 0
    if _GROUNDS.match(words[at:]):
        at = max(words.rstrip(" ,").rfind(", "), at - 2) + 2
    return max(at, words.rfind("; ") + 2, words.rfind(": ") + 2) if "; " in words or ": " in words else at


# Words without which a pattern cannot match. They are looked for first, since that is much faster.
_QUESTIONED = ("in question", "at issue", "under review", "in dispute")
_LED = ("request", "prescription", "decision for", "necessity", "use of", "proposed", "disputed")
_CASE_LED = ("warrant", "justif", "necessitat", "criteria", "requirements", "indications", "guidelines for")


def _contains_any(sentence: Sentence, words: Iterable[str]) -> bool:
    return any(word in sentence.lower for word in words)


def _select_leads(sentence: Sentence) -> Iterator[re.Pattern[str]]:
    if _contains_any(sentence, _LED):
        yield from _LEADS
    if _contains_any(sentence, _CASE_LED) and sentence.is_of_case:
        yield from _CASE_LEADS
