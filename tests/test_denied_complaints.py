"""Complaints that a rationale denies and the summary records."""

from __future__ import annotations

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.reading.denied_complaints import find_denied_complaints
from imrlint.reading.passage import Passage


def read(text: str) -> Passage:
    return Passage(Prose(Source(text), Span(0, len(text))))


@pytest.mark.parametrize(
    ("rationale", "summary", "found"),
    [
        (
            "There are no complaints regarding the left knee.",
            "She has pain in the left knee.",
            [("no complaints regarding the left knee", "pain in the left knee")],
        ),
        (
            "The records have no current symptoms of the neck.",
            "The neck is sore.",
            [("no current symptoms of the neck", "neck is sore")],
        ),
        ("There are no complaints regarding the left knee.", "She has pain in the right knee.", []),
        ("There are no complaints regarding the left knee.", "She has pain in the left ankle.", []),
        ("There are no complaints regarding the left knee.", "She denies pain in the left knee.", []),
        ("There are complaints regarding the left knee.", "She has pain in the left knee.", []),
    ],
)
def test_a_complaint_is_of_a_part_and_a_side(rationale: str, summary: str, found: list[tuple[str, str]]) -> None:
    complaints = find_denied_complaints(read(rationale), read(summary))
    assert [(each.denied.text, each.recorded.text) for each in complaints] == found
