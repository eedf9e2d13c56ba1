"""Whether the worker works, as a sentence says."""

from __future__ import annotations

import pytest

from imrlint.reading.work import find_work


@pytest.mark.parametrize(
    ("sentence", "works"),
    [
        ("she works six hours a day at the counter.", True),
        ("he returned to half days on 3-4-16.", True),
        ("she is back on her old shift.", True),
        ("he went back to the night shift.", True),
        ("the claimant has been away from any employment since then.", False),
        ("he has still not resumed any part of his job.", False),
        ("she has not been able to return to any work.", False),
    ],
)
def test_what_is_said_of_work_in_whatever_words(sentence: str, works: bool) -> None:
    assert [each.works for each in find_work(sentence)][-1:] == [works]


@pytest.mark.parametrize(
    "sentence", ["he returned to the clinic on 3-4-16.", "she went back to the hospital.", "he was off the crutches."]
)
def test_a_return_to_the_doctor_is_none_to_work(sentence: str) -> None:
    assert list(find_work(sentence)) == []
