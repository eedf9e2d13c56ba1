"""Diseases and operations that a text calls the worker's own."""

from __future__ import annotations

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.reading.own_history import bears_out, find_own_history
from imrlint.reading.passage import Passage
from imrlint.reading.records import Record


def read(text: str) -> Passage:
    return Passage(Prose(Source(text), Span(0, len(text))))


def record(text: str) -> Record:
    (found,) = read(text).records
    return found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("His hypertension speaks against this drug.", "hypertension"),
        ("The claimant's hypertension slows the healing.", "hypertension"),
        ("Two visits took place after the discectomy.", "discectomy"),
        ("The worker has had a stroke.", "stroke"),
        ("A discectomy performed in 2015 brought no relief.", "discectomy"),
    ],
)
def test_a_possessive_or_a_time_of_the_case_makes_it_the_workers_own(text: str, name: str) -> None:
    assert [each.place.text for each in find_own_history(read(text))] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Hypertension is a reason to withhold it.",
        "After the operation therapy is recommended.",  # that is requested
        "If the worker has had a stroke, this drug is withheld.",
        "The guideline states that his hypertension is a reason to withhold it.",
    ],
)
def test_other_diseases_are_nobodys(text: str) -> None:
    assert list(find_own_history(read(text))) == []


def test_a_wider_term_may_mean_what_is_told_where_it_is_of_the_same_part() -> None:
    told = record("A discectomy of the low back was done.")
    assert bears_out(record("A lumbar discectomy was done."), told)
    assert bears_out(record("Surgery of the low back was done."), told)
    assert not bears_out(record("Surgery of the shoulder was done."), told)
    assert not bears_out(record("The worker has asthma."), told)
