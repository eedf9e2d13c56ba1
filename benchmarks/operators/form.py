"""Defects of form: the parts of a letter, its cover, the reviewer's credentials, the guidelines cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from imrlint.document.letter import Citation, ClauseKind, Dispute, Field, Letter, RequestKind, SectionKind
from imrlint.document.text import Span
from operators.kit import Change, cut, decided, depends, operator, reviewer_part, slip, slipped, swap

# Structure


def clauses_deleted(letter: Letter, kind: ClauseKind) -> Iterator[Change]:
    for dispute in letter.disputes:
        clause = dispute.clause(kind)
        if clause and clause.prose:
            yield Change(clause.span, "", Span(dispute.span.start, max(dispute.span.end, clause.span.end)))


@operator("structure", "missing-claims-guideline")
def claims_clause_deleted(letter: Letter) -> Iterator[Change]:
    return clauses_deleted(letter, ClauseKind.CLAIMS)


@operator("structure", "missing-reviewer-guideline")
def maximus_clause_deleted(letter: Letter) -> Iterator[Change]:
    return clauses_deleted(letter, ClauseKind.REVIEWER)


@operator("structure", "missing-rationale")
def rationale_deleted(letter: Letter) -> Iterator[Change]:
    return clauses_deleted(letter, ClauseKind.RATIONALE)


@operator("structure", "repeated-clause")
def clause_twice(letter: Letter) -> Iterator[Change]:
    for dispute in letter.disputes:
        if clause := dispute.reviewer:
            yield Change(Span(clause.span.end, clause.span.end), f"\n\n{letter.source[clause.span]}")


@operator("structure", "clause-out-of-order")
def clauses_exchanged(letter: Letter) -> Iterator[Change]:
    for dispute in letter.disputes:
        claims, reviewer = dispute.claims, dispute.reviewer
        if claims and reviewer and claims.span.end <= reviewer.span.start:
            first, second = letter.source[claims.span], letter.source[reviewer.span]
            between = letter.source[Span(claims.span.end, reviewer.span.start)]
            yield Change(Span(claims.span.start, reviewer.span.end), f"{second}{between}{first}")


@operator("structure", "misspelt-heading", "missing-section")
def title_misspelt(letter: Letter) -> Iterator[Change]:
    for section in letter.sections:
        yield Change(section.title.span, slipped(section.title.raw))


@operator("structure", "misspelt-heading")
def label_misspelt(letter: Letter) -> Iterator[Change]:
    for dispute in letter.disputes:
        for clause in dispute.clauses[1:]:
            yield Change(clause.label.span, slipped(clause.label.raw))
            break


@operator("structure", "missing-section")
def summary_deleted(letter: Letter) -> Iterator[Change]:
    if section := letter.section(SectionKind.SUMMARY):
        # What is missing is reported where the letter begins.
        yield Change(section.span, "", Span(0, section.span.end))


@operator("structure", "repeated-section")
def title_twice(letter: Letter) -> Iterator[Change]:
    issues, clinical = letter.section(SectionKind.ISSUES), letter.section(SectionKind.SUMMARY)
    if issues and clinical:
        at = issues.title.span.start
        yield Change(Span(at, at), f"{clinical.title.raw}\n\n")


@operator("structure", "section-out-of-order")
def titles_exchanged(letter: Letter) -> Iterator[Change]:
    how, clinical = letter.section(SectionKind.HOW), letter.section(SectionKind.SUMMARY)
    if how and clinical:
        between = letter.source[Span(how.title.span.end, clinical.title.span.start)]
        span = Span(how.title.span.start, clinical.title.span.end)
        yield Change(span, f"{clinical.title.raw}{between}{how.title.raw}")


@operator("structure", "missing-decision")
def decision_deleted(letter: Letter) -> Iterator[Change]:
    for dispute, decision in decided(letter):
        if dispute.clauses:
            yield Change(Span(dispute.title.span.end, decision.span.end), "", dispute.title.span)


@operator("structure", "unknown-decision")
def decision_misspelt(letter: Letter) -> Iterator[Change]:
    for dispute, decision in decided(letter):
        if dispute.clauses:
            yield Change(decision.span, slip(decision.raw))


@operator("structure", "repeated-dispute")
def item_twice(letter: Letter) -> Iterator[Change]:
    for dispute, _ in decided(letter):
        if dispute.clauses:
            at = dispute.span.start
            yield Change(Span(at, at), f"{letter.source[dispute.span]}\n\n", dispute.span)


@operator("structure", "stray-text")
def stray_sentence(letter: Letter) -> Iterator[Change]:
    for dispute, decision in decided(letter):
        if dispute.clauses:
            at = decision.span.end
            yield Change(Span(at, at), "\n\nThe file reached the reviewer in two parcels.")


@operator("structure", "truncated-letter", "unfinished-sentence", "missing-conclusion")
def end_cut_off(letter: Letter) -> Iterator[Change]:
    rationale = letter.disputes[-1].rationale if letter.disputes else None
    if rationale and rationale.sentences:
        last = rationale.sentences[-1]
        words = [match.end() for match in re.finditer(r"\w+", last.text)]
        at = rationale.place(last.start, last.start + words[len(words) // 2]).end
        yield Change(Span(at, len(letter.source.text)), "", Span(last.span.start, len(letter.source.text)))


# The cover


def written(day: date) -> str:
    return day.strftime("%m/%d/%Y")


def cover(field: Field[date] | None, since: Field[date] | None, days: int) -> Iterator[Change]:
    """A date of the cover moved to some days after another one."""
    if field and since and since.value:
        yield Change(field.span, written(since.value + timedelta(days)))


@operator("header", "missing-header-field")
def cover_date_deleted(letter: Letter) -> Iterator[Change]:
    for label, field in letter.header.dates():
        if label in ("date of injury", "UR denial date", "date assigned"):
            # An empty line of the cover is reported at its label.
            yield Change(field.span, " " * len(field.raw), Span(max(field.span.start - 60, 0), field.span.end))


@operator("header", "malformed-case-number")
def case_number_short(letter: Letter) -> Iterator[Change]:
    if field := letter.header.case_number:
        yield Change(field.span, field.raw[:-1])


@operator("dates", "header-date-order")
def decided_before_assignment(letter: Letter) -> Iterator[Change]:
    return cover(letter.header.decided, letter.header.assigned, -4)


@operator("dates", "header-date-order")
def application_before_review(letter: Letter) -> Iterator[Change]:
    return cover(letter.header.received, letter.header.denied, -9)


@operator("dates", "header-date-order", "injury-date-mismatch")
def injury_after_review(letter: Letter) -> Iterator[Change]:
    return cover(letter.header.injury, letter.header.denied, 11)


@operator("dates", "late-decision")
def decided_late(letter: Letter) -> Iterator[Change]:
    return cover(letter.header.decided, letter.header.assigned, 75)


# The reviewer


def all_of(fields: tuple[Field[str], ...]) -> Span:
    return Span(fields[0].span.start, fields[-1].span.end)


@operator("reviewer", "missing-specialty")
def specialty_deleted(letter: Letter) -> Iterator[Change]:
    if letter.reviewer.specialties and letter.qualifications:
        yield Change(all_of(letter.reviewer.specialties), "", letter.qualifications.span)


@operator("reviewer", "missing-licence")
def state_deleted(letter: Letter) -> Iterator[Change]:
    if letter.reviewer.states and letter.qualifications:
        yield Change(all_of(letter.reviewer.states), "", letter.qualifications.span)


@operator("reviewer", "unknown-licence-state")
def state_misspelt(letter: Letter) -> Iterator[Change]:
    for field in letter.reviewer.states:
        yield Change(field.span, slipped(field.raw))


@operator("reviewer", "unknown-licence-state")
def state_abroad(letter: Letter) -> Iterator[Change]:
    for field in letter.reviewer.states[-1:]:
        yield Change(field.span, "Ontario")


@operator("reviewer", "unknown-specialty", "misspelling")
def specialty_misspelt(letter: Letter) -> Iterator[Change]:
    for field in letter.reviewer.specialties:
        yield Change(field.span, slipped(field.raw))


@operator("reviewer", "missing-independence-statement")
def affiliation_deleted(letter: Letter) -> Iterator[Change]:
    for prose in reviewer_part(letter):
        for sentence in prose.sentences:
            if "no affiliation" in sentence.text or "affiliation with" in sentence.text:
                yield Change(sentence.span, "", letter.qualifications.span if letter.qualifications else None)


swap("hours-exchanged", "reviewer", r"\b24 hours", "42 hours", "missing-independence-statement", where=reviewer_part)
swap("in-left-out", "reviewer", r"Board Certified in\b", "Board Certified", "credential-wording", where=reviewer_part)


@operator("reviewer", "reviewer-term-mismatch")
def reviewer_renamed(letter: Letter) -> Iterator[Change]:
    found = list(re.finditer(r"[Ee]xpert reviewer\b", letter.source.text))
    for match in found[-1:] if len(found) > 1 else ():
        yield Change(Span(*match.span()), "Physician Reviewer")


# Guidelines

CHAPTERS = {
    "Neck and Upper Back Complaints": "Knee Complaints",
    "Shoulder Complaints": "Low Back Complaints",
    "Elbow Complaints": "Knee Complaints",
    "Forearm, Wrist, and Hand Complaints": "Low Back Complaints",
    "Low Back Complaints": "Shoulder Complaints",
    "Knee Complaints": "Neck and Upper Back Complaints",
    "Ankle and Foot Complaints": "Low Back Complaints",
}


def cited(letter: Letter) -> Iterator[tuple[Dispute, Citation]]:
    """The guideline of the MTUS on which MAXIMUS rests, where it is the only one of an item."""
    for dispute in letter.disputes:
        clause = dispute.reviewer
        if clause and len(clause.citations) == 1 and clause.citations[0].mtus and clause.citations[0].document:
            yield dispute, clause.citations[0]


@operator("citation", "off-topic-guideline")
def another_subject(letter: Letter) -> Iterator[Change]:
    for dispute, citation in cited(letter):
        if dispute.request.kind is not RequestKind.ACUPUNCTURE:
            yield Change(citation.span, f"Acupuncture Treatment {'2007' if citation.year else 'Guidelines'}")


@operator("citation", "wrong-body-part-chapter", "off-topic-guideline", "page-outside-section", "page-outside-document")
def another_chapter(letter: Letter) -> Iterator[Change]:
    for _, citation in cited(letter):
        name = " ".join(citation.name.raw.split())
        if name in CHAPTERS:
            yield Change(citation.name.span, CHAPTERS[name], citation.span)


@operator("citation", "page-outside-document", "page-outside-section")
def page_too_high(letter: Letter) -> Iterator[Change]:
    for _, citation in cited(letter):
        for page in citation.pages[:1]:
            yield Change(page.span, "912")


@operator("citation", "page-outside-section", "page-outside-document")
def page_of_another_section(letter: Letter) -> Iterator[Change]:
    for _, citation in cited(letter):
        if citation.sections and len(citation.pages) == 1 and (page := citation.pages[0]).value:
            yield Change(page.span, str(page.value + 31 if page.value < 80 else page.value - 31))


@operator("citation", "misspelt-citation", "misspelling")
def section_misspelt(letter: Letter) -> Iterator[Change]:
    for _, citation in cited(letter):
        for section in citation.sections[:1]:
            yield Change(section.span, slipped(section.raw))


@operator("citation", "misspelt-citation", "unknown-guideline", "misspelling")
def guideline_misspelt(letter: Letter) -> Iterator[Change]:
    for _, citation in cited(letter):
        yield Change(citation.name.span, slipped(citation.name.raw))


@operator("citation", "unknown-guideline")
def guideline_invented(letter: Letter) -> Iterator[Change]:
    for _, citation in cited(letter):
        yield Change(citation.name.span, "Frozen Joint Protocols")


@operator("citation", "unknown-section", "off-topic-guideline")
def section_of_another_guideline(letter: Letter) -> Iterator[Change]:
    for _, citation in cited(letter):
        if citation.sections and (citation.document or "").startswith("ACOEM"):
            yield Change(all_of(citation.sections), "Muscle relaxants (for pain)", citation.span)


@operator("citation", "citation-debris")
def stray_sign(letter: Letter) -> Iterator[Change]:
    for _, citation in cited(letter):
        for section in citation.sections[:1]:
            yield Change(Span(section.span.start, section.span.start), "< ")


@operator("citation", "superseded-guideline")
def edition_of_another_time(letter: Letter) -> Iterator[Change]:
    decided = letter.header.decided
    for _, citation in cited(letter):
        if decided and citation.document == "CPMTG2016" and citation.year:
            yield Change(citation.year.span, "2009")


@operator("citation", "missing-year")
def year_left_out(letter: Letter) -> Iterator[Change]:
    for _, citation in cited(letter):
        if citation.year:
            yield cut(letter, citation.year.span)._replace(place=citation.span)


@operator("citation", "missing-page")
def pages_left_out(letter: Letter) -> Iterator[Change]:
    for _, citation in cited(letter):
        if citation.pages:
            found = re.search(r",?\s*(?:Pages?|Page\(s\)):?\s*$", letter.source.text[: citation.pages[0].span.start])
            start = found.start() if found else citation.pages[0].span.start
            yield Change(Span(start, citation.pages[-1].span.end), "", citation.span)


@operator("citation", "no-guideline")
def nothing_cited(letter: Letter) -> Iterator[Change]:
    for dispute, _ in cited(letter):
        if not depends(dispute) and (clause := dispute.reviewer) and clause.prose:
            yield Change(clause.prose.span, "The Expert Reviewer did not cite any medical evidence for its decision.")
