"""What running text says of one of the drugs or treatments that it names."""

from __future__ import annotations

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.reading.descriptions import begins_clause, find_description
from imrlint.reading.passage import Passage


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("The request is for 90 tablets of Norco and Flexeril.", "Norco", "90 tablets of Norco and "),
        ("The request is for Norco 10/325 mg #90 and 60 Flexeril.", "Norco", "Norco 10/325 mg #90 and "),
        ("The request is for Norco 10/325 mg #90 and 60 Flexeril.", "Flexeril", "60 Flexeril."),
        (
            "Ten more visits of acupuncture were denied. Norco was not.",
            "acupuncture",
            "Ten more visits of acupuncture were denied.",
        ),
    ],
)
def test_a_description_goes_from_the_number_of_a_name_to_the_next_one(text: str, name: str, words: str) -> None:
    passage = Passage(Prose(Source(text), Span(0, len(text))))
    start = text.index(name)
    assert find_description(passage.place(start, start + len(name)), passage).text == words


@pytest.mark.parametrize(
    ("between", "clause"),
    [(", 10 mg, ", False), (" twice a week for ", False), (", since the guideline allows ", True), ("; ", True)],
)
def test_a_clause_of_its_own_may_be_on_something_else(between: str, clause: bool) -> None:
    assert begins_clause(between) is clause
