"""Counting the parts of a letter by one dumb regex each, and the characters that no part holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imrlint.document.letter import ClauseKind, Letter
from imrlint.document.text import Span

COVER = (
    "Case Number:",
    "Date Assigned:",
    "Date of Injury:",
    "Decision Date:",
    "UR Denial Date:",
    "Priority:",
    r"Application +\d",
)
LABELS = re.compile(
    r"Case Number:|Date Assigned:|Date of Injury:|Decision Date:|UR Denial Date:|Priority:|Application|Received:"
    r"|State\(s\) of Licensure:|Certification\(s\)/Specialty:|:|,|\.|;|\band\b"
)


def expected(text: str) -> dict[str, int]:
    """How many parts a letter has, by regex."""
    return {
        "disputes": len(re.findall(r":\s*(?:Upheld|Overturned)[ .]*(?=\s*\n)", text)),
        "claims": text.count("Claims Administrator guideline:"),
        "reviewer": text.count("MAXIMUS guideline:"),
        "rationales": text.count("Decision rationale:"),
        "cover": sum(bool(re.search(label, text)) for label in COVER),
        "credentials": int(bool(re.search(r"State\(s\) of Licensure|licensed\s+to\s+practice\s+in", text))),
    }


def found(letter: Letter) -> dict[str, int]:
    """How many parts the parser found."""
    kinds = [clause.kind for dispute in letter.disputes for clause in dispute.clauses]
    slots = [getattr(letter.header, slot) for slot in letter.header.__slots__]
    return {
        "disputes": sum(dispute.decision is not None for dispute in letter.disputes),
        "claims": kinds.count(ClauseKind.CLAIMS),
        "reviewer": kinds.count(ClauseKind.REVIEWER),
        "rationales": kinds.count(ClauseKind.RATIONALE),
        "cover": sum(slot is not None and slot.value is not None for slot in slots),
        "credentials": int(bool(letter.reviewer.states and letter.reviewer.specialties)),
    }


def lost(letter: Letter) -> str:
    """The words that stand in no leaf of the letter and are not the label of one."""
    kept = list(letter.source.text)
    for span in _leaves(letter):
        kept[span.start : span.end] = " " * (span.end - span.start)
    return " ".join(LABELS.sub(" ", "".join(kept)).split())


def _leaves(letter: Letter) -> Iterator[Span]:
    yield from (prose.span for prose in letter.prose)
    yield from (field.span for slot in letter.header.__slots__ if (field := getattr(letter.header, slot)))
    yield from (section.title.span for section in letter.sections)
    yield from (field.span for field in (*letter.reviewer.states, *letter.reviewer.specialties))
    yield from (announcement.span for announcement in letter.announcements)
    for dispute in letter.disputes:
        yield dispute.title.span
        if dispute.decision:
            yield dispute.decision.span
        yield from (clause.label.span for clause in dispute.clauses)
