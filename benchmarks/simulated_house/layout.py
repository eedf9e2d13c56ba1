"""The form of the letters: cover, titles, lines of even length. Early letters are double-spaced, without a cover."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .cases import Case
from .letters import Piece, Sketch
from .reviewers import Reviewer

_WIDTH = 96  # characters of a line
_SINGLE_SPACED = 0.4  # the time from which letters are single-spaced and have a cover


def break_lines(text: str) -> str:
    """A text with line breaks in place of some of its spaces."""
    lines = []
    start = 0
    while len(text) - start > _WIDTH:
        end = text.rfind(" ", start, start + _WIDTH + 1)
        if end <= start:
            break
        lines.append(text[start:end])
        start = end + 1
    lines.append(text[start:])
    return "\n".join(lines)


_COVER = """\
Case Number:          {number}
Date Assigned:        {assigned}                      Date of Injury:      {injured}
Decision Date:        {decided}                      UR Denial Date:      {denied}
Priority:             Standard                        Application          {received}
                                                      Received:

"""
_SELECTION = break_lines(
    "MAXIMUS Federal Services sent the complete case file to an expert reviewer. He/she has no affiliation with the "
    "employer, employee, providers or the claims administrator. He/she has been in active clinical practice for more "
    "than five years and is currently working at least 24 hours a week in active practice. The expert reviewer was "
    "selected based on his/her clinical experience, education, background, and expertise in the same or similar "
    "specialties that evaluate and/or treat the medical condition and disputed items/Service. He/she is familiar with "
    "governing laws and regulations, including the strength of evidence hierarchy that applies to Independent Medical "
    "Review determinations."
)
_LEAD = break_lines(
    "The expert reviewer developed the following clinical case summary based on a review of the case file, including "
    "all medical records:"
)
_BASIS = "The Final Determination was based on decisions for the disputed items/services set forth below:"


class Placed(NamedTuple):
    """A piece that is a passage, at its place in the letter, in code points."""

    piece: Piece
    start: int
    end: int


class Letter(NamedTuple):
    """A letter of the house, with its passages in order."""

    text: str
    reviewer: Reviewer
    passages: list[Placed]


class _Sheet:
    """A letter in the making. Lines are broken where a space stands, so that places do not move."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.passages: list[Placed] = []
        self._length = 0

    def add(self, text: str, end: str = "\n\n") -> None:
        """Adds a text as it stands, and what ends it."""
        self.blocks.append(text + end)
        self._length += len(text) + len(end)

    def add_paragraph(self, text: str) -> None:
        self.add(break_lines(text))

    def add_pieces(self, label: str, pieces: Iterable[Piece], gap: str) -> None:
        """Adds a paragraph of pieces behind a label."""
        at = self._length + len(label)
        texts = []
        for piece in pieces:
            texts.append(piece.text)
            if piece.wording:
                self.passages.append(Placed(piece, at, at + len(piece.text)))
            at += len(piece.text) + len(gap)
        self.add_paragraph(label + gap.join(texts))


def lay_out(sketch: Sketch) -> Letter:
    """A letter as it is mailed. The places of passages are right where it is single-spaced, as every draft is."""
    sheet, reviewer = _Sheet(), sketch.style.reviewer
    early = sketch.time < _SINGLE_SPACED
    if not early:
        sheet.add(_write_cover(sketch.case), "")
    sheet.add("HOW THE IMR FINAL DETERMINATION WAS MADE".center(_WIDTH // 2 + 20).rstrip(), "\n")
    sheet.add(_SELECTION)
    sheet.add("The Expert Reviewer has the following credentials:", "\n")
    sheet.add(f"State(s) of Licensure: {reviewer.states}", "\n")
    sheet.add(f"Certification(s)/Specialty: {reviewer.specialty}")
    sheet.add("CLINICAL CASE SUMMARY".center(_WIDTH // 2 + 20).rstrip(), "\n")
    sheet.add(_LEAD)
    sheet.add_pieces("", sketch.summary, reviewer.gap)
    sheet.add("IMR ISSUES, DECISIONS AND RATIONALES".center(_WIDTH // 2 + 20).rstrip(), "\n")
    sheet.add(_BASIS)
    for dispute in sketch.disputes:
        sheet.add_paragraph(f"{dispute.title}: {dispute.decision}")
        sheet.add_paragraph(f"Claims Administrator guideline: {dispute.claims_citation}")
        sheet.add_paragraph(f"MAXIMUS guideline: {dispute.reviewer_citation}")
        sheet.add_pieces("Decision rationale: ", dispute.pieces, reviewer.gap)
    text = "".join(sheet.blocks).rstrip("\n") + "\n"
    return Letter(text.replace("\n", " \n\n") if early else text, reviewer, sheet.passages)


def _write_cover(case: Case) -> str:
    names = ("assigned", "injured", "decided", "denied", "received")
    dates = {name: date.fromordinal(case.days[name]) for name in names}
    return _COVER.format(
        number=case.number, **{name: f"{day.month:02}/{day.day:02}/{day.year}" for name, day in dates.items()}
    )
