"""Whether two texts may speak of the same thing."""

from __future__ import annotations

from datetime import date

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.reading.comparability import list_days, may_be_of_one_day, names_condition
from imrlint.reading.passage import Passage


def read(text: str) -> Passage:
    return Passage(Prose(Source(text), Span(0, len(text))))


def test_the_days_of_a_place_are_those_of_its_sentence() -> None:
    passage = read("She was seen on 06-06-2017 and 06-20-2017. The pain was worse.")
    first, second = (sentence.place for sentence in passage.sentences)
    assert list_days(first, passage) == {date(2017, 6, 6), date(2017, 6, 20)}
    assert list_days(second, passage) == frozenset()


@pytest.mark.parametrize(
    ("here", "there", "may"),
    [
        ("On 06-06-2017 there was no pain.", "On 06-20-2017 there was pain.", False),
        ("On 06-06-2017 there was no pain.", "On 06-06-2017 there was pain.", True),
        ("On 06-06-2017 there was no pain.", "There was pain.", True),
    ],
)
def test_sentences_that_name_different_days_are_not_of_one(here: str, there: str, may: bool) -> None:
    rationale, summary = read(here), read(there)
    places = rationale.sentences[0].place, summary.sentences[0].place
    assert may_be_of_one_day(places[0], rationale, places[1], summary) is may


@pytest.mark.parametrize(
    ("words", "conditional"),
    [("if there is ", True), ("in cases where the ", True), ("unless ", True), ("the worker has ", False)],
)
def test_some_words_make_a_condition_of_what_follows(words: str, conditional: bool) -> None:
    assert names_condition(words) is conditional
