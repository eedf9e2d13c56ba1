"""How many visits the worker has had."""

from __future__ import annotations

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.reading.passage import Passage
from imrlint.reading.past_visits import find_unknown_counts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The records do not say how many visits were completed.", ["how many visits"]),
        ("It is not known how many prior sessions took place.", ["how many prior sessions"]),
        ("The number of completed visits is not documented.", ["number of completed visits"]),
        ("The records say how many visits were completed.", []),
        ("It is not known how many visits the provider wants.", []),
    ],
)
def test_the_number_of_visits_may_be_unknown(text: str, found: list[str]) -> None:
    passage = Passage(Prose(Source(text), Span(0, len(text))))
    assert [place.text for place in find_unknown_counts(passage)] == found
