"""Parts that only letters of 2013 have: announced decisions, one label for both guidelines, items made of sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from imrlint.document.letter import Announcement, Clause, ClauseKind, Decision, Dispute, Field, Section, SectionKind
from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.parser.citation import read_citations
from imrlint.parser.request import read_request

_REVIEWER_SENTENCE = re.compile(r"(?<=[.!?] )The (?:Expert|Physician) Reviewer\b")
_NUMBER = re.compile(r"(\d{1,2})[.)]")


def split_clause(clause: Clause) -> Iterator[Clause]:
    """A guideline clause of a notice, split in two where its paragraph has a sentence for each side."""
    prose = clause.prose
    second = _REVIEWER_SENTENCE.search(prose.text) if prose and clause.kind is ClauseKind.CLAIMS else None
    if prose is None or second is None:
        yield clause
        return
    source, opening = prose.source, prose.locate(*second.span())
    label = Field(source[opening], opening, source[opening])
    for kind, name, span in (
        (ClauseKind.CLAIMS, clause.label, Span(prose.span.start, opening.start)),
        (ClauseKind.REVIEWER, label, Span(opening.start, prose.span.end)),
    ):
        part = Prose(source, Span(span.start, span.start + len(source[span].rstrip())))
        yield Clause(kind, part.span, name, part, *read_citations(part))


def read_professional_dispute(sections: Sequence[Section]) -> Iterator[Dispute]:
    """The one item of a medical professional review, whose parts are sections; nothing without a stated issue."""
    by_kind = {section.kind: section for section in sections}
    issue, why = by_kind.get(SectionKind.ISSUE), by_kind.get(SectionKind.WHY_NOT)
    if issue is None or issue.prose is None:
        return
    clauses = []
    relied = by_kind.get(SectionKind.RELIED_UPON)
    for kind, section in ((ClauseKind.REVIEWER, relied), (ClauseKind.RATIONALE, why)):
        if section:
            label = Field(section.title.raw, section.title.span, section.title.raw)
            cited = read_citations(section.prose).citations if section.prose and section is relied else ()
            clauses.append(Clause(kind, section.span, label, section.prose, cited))
    # The title of the rationale gives the decision: "… IS/WAS NOT MEDICALLY NECESSARY".
    decision = Field(why.title.raw, why.title.span, Decision.UPHELD) if why else None
    title = Field(issue.prose.raw, issue.prose.span, issue.prose.text)
    span = Span(issue.span.start, max(issue.span.end, *(clause.span.end for clause in clauses), 0))
    yield Dispute(span, title, decision, tuple(clauses), read_request(issue.prose))


class DecidedItems(NamedTuple):
    """The items of a notice with their decisions, and the announcements on its first page."""

    disputes: tuple[Dispute, ...]
    announcements: tuple[Announcement, ...]


def assign_decisions(
    source: Source, disputes: Sequence[Dispute], announcements: Sequence[Announcement], sections: Sequence[Section]
) -> DecidedItems:
    """The items with the decisions that the notice announces.

    A notice announces its decisions on its first page and repeats them before the rationales; the
    repeated ones count. A notice without rationales has one item for each announcement.
    """
    start = next((s.span.start for s in sections if s.kind is SectionKind.NOTICE_DECISION), len(source.text))
    first = tuple(a for a in announcements if a.span.start < start) or tuple(announcements)
    by_number = {a.number: a for a in (*first, *announcements)}
    if not disputes:
        return DecidedItems(tuple(_build_dispute(source, a) for _, a in sorted(by_number.items())), first)
    decided = []
    for i, dispute in enumerate(disputes, 1):
        number = _NUMBER.match(source[dispute.span])
        announced = by_number.get(int(number[1]) if number else i)
        if dispute.decision is None and announced is not None:
            dispute = replace(dispute, decision=announced.decision)
        decided.append(dispute)
    return DecidedItems(tuple(decided), first)


def _build_dispute(source: Source, announcement: Announcement) -> Dispute:
    """The item of an announcement for which the letter gives no rationale."""
    title = announcement.title
    return Dispute(announcement.span, title, announcement.decision, (), read_request(Prose(source, title.span)))
