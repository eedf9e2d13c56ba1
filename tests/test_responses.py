"""Whether a treatment helped, whether somebody works, and parts of the body that are only in words."""

from __future__ import annotations

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.reading.passage import Passage
from imrlint.reading.work import find_work


def passage(text: str) -> Passage:
    return Passage(Prose(Source(text), Span(0, len(text))))


@pytest.mark.parametrize(
    ("text", "responses"),
    [
        ("Two epidural injections gave no relief.", [("epidural injections", False, True)]),
        ("She has responded well to physical therapy.", [("physical therapy", True, True)]),
        ("Acupuncture did not help him.", [("Acupuncture", False, True)]),
        ("A knee brace was worn. It reduced the pain.", [("knee brace", True, True)]),
        ("She had chiropractic care, which helped at first.", [("chiropractic care", True, False)]),
        ("Physical therapy brought little improvement.", [("Physical therapy", True, False)]),
        ("Physical therapy has been requested.", []),
        ("The guideline recommends acupuncture when it has helped.", []),
    ],
)
def test_a_response_belongs_to_the_treatment_of_its_clause(text: str, responses: list[tuple[str, bool, bool]]) -> None:
    found = [(each.treatment.place.text, each.helped, each.is_lasting) for each in passage(text).responses]
    assert found == responses


@pytest.mark.parametrize(
    ("sentence", "works"),
    [
        ("he is back at his old job", [True]),
        ("she has returned to full duty", [True]),
        ("the claimant was kept off the line", [False]),
        ("he has not been able to return since", [False]),
        ("she was kept out of the kitchen and is back at her regular shift", [True, False]),
        ("he was working as a roofer when he fell", []),
        ("the working diagnosis is a sprain", []),
        ("work restrictions were discussed", []),
    ],
)
def test_somebody_works_or_does_not(sentence: str, works: list[bool]) -> None:
    assert [each.works for each in find_work(sentence)] == works


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The back of the hand is swollen.", ["hand"]),
        ("He fell from the back of a truck.", []),
        ("Her back aches.", ["back"]),
    ],
)
def test_the_back_of_something_is_no_back(text: str, parts: list[str]) -> None:
    assert [each.place.text for each in passage(text).parts] == parts
