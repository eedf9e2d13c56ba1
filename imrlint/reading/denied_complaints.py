"""Complaints about a part of the body that a rationale denies and the summary records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from imrlint.document.letter import Side
from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.reading.passage import Passage
from imrlint.reading.sites import Site
from imrlint.reading.stance import Polarity

# Denials by the reviewer; what the worker "denies" is what was said on one day.
_NO_COMPLAINT = Pattern(
    r"\b(?:no|failed to (?:provide|document) any|lack of|without(?: any)?|absence of)(?: significant"
    r"| subjective| objective| documented| documentation of| clear| current)*"
    r" (?:complaints?|symptoms?)(?: (?:or|and) (?:physical )?(?:exam(?:ination)? )?findings)?(?: (?:regarding"
    r"|of|in|about|at|for|related to|involving|to))",
    re.IGNORECASE,
)
_COMPLAINT = Pattern(r"\b(?:pain|tenderness|tender|aching|ache|sore|soreness|painful)\b", re.IGNORECASE)
_REACH = 25  # characters between a denial and the part of the body
_BEFORE, _BEHIND = 40, 30  # characters around a part of the body in which it hurts


class DeniedComplaint(NamedTuple):
    """The words by which complaints about a part of the body are denied, and those by which they are recorded."""

    denied: Place
    recorded: Place


def find_denied_complaints(rationale: Passage, summary: Passage) -> Iterator[DeniedComplaint]:
    """The complaints that a rationale denies and the summary records, in order; none of the other side."""
    for match in _NO_COMPLAINT.finditer(rationale.text):
        site = next((each for each in rationale.sites if 0 <= each.place.start - match.end() < _REACH), None)
        complaint = _find_complaint(summary, site) if site else None
        if site and complaint:
            yield DeniedComplaint(rationale.place(match.start(), site.place.end), complaint)


def _find_complaint(summary: Passage, site: Site) -> Place | None:
    """Where the summary records a complaint about a part of the body, on the same side where one is named."""
    for other in summary.sites:
        same_side = not site.side or other.side in (site.side, Side.BOTH)
        sentence, (_, start, end) = other.place.sentence, other.place
        near = _COMPLAINT.search(summary.text, max(start - _BEFORE, sentence.start), min(end + _BEHIND, sentence.end))
        if (
            other.part.region == site.part.region
            and same_side
            and near
            and summary.sentence_of(other.place).judge_polarity(summary.place(*near.span())) is Polarity.AFFIRMED
        ):
            return summary.place(min(near.start(), start), max(near.end(), end))
    return None
