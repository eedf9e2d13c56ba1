"""How much of a drug is taken a day, as a text tells it."""

from __future__ import annotations

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.reading.daily_doses import find_daily_doses
from imrlint.reading.passage import Passage


@pytest.mark.parametrize(
    ("text", "place", "amounts"),
    [
        ("She takes gabapentin 300 mg three times a day.", "gabapentin 300 mg three times a day", ((900.0, 900.0),)),
        ("Norco 5/325mg b.i.d. is taken.", "Norco 5/325mg b.i.d", ((10.0, 10.0), (650.0, 650.0))),
        (
            "He uses tramadol 50 mg, two tablets three times a day, as needed.",
            "tramadol 50 mg, two tablets three times a day",
            ((300.0, 300.0),),
        ),
        ("Naproxen 550 mg 1-2 times a day.", "Naproxen 550 mg 1-2 times a day", ((550.0, 1100.0),)),
    ],
)
def test_a_strength_and_a_rate_make_the_dose_of_a_day(
    text: str, place: str, amounts: tuple[tuple[float, float], ...]
) -> None:
    (dose,) = find_daily_doses(Passage(Prose(Source(text), Span(0, len(text)))))
    assert (dose.place.text, dose.amounts) == (place, amounts)


@pytest.mark.parametrize("text", ["Gabapentin 300 mg #90 was requested.", "Diclofenac 1% gel four times a day."])
def test_without_both_there_is_none(text: str) -> None:
    assert list(find_daily_doses(Passage(Prose(Source(text), Span(0, len(text)))))) == []
