"""What the texts of a letter tell of the case."""

from __future__ import annotations

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.reading.account import Account, read_numbers
from imrlint.reading.passage import Passage

TEXT = "She takes naproxen for the left knee. The pain is 6/10. Norco was tried for 8 weeks."
FIRST, SECOND = TEXT.index("The pain"), TEXT.index("Norco")
SUMMARY, RATIONALE, OTHER = (
    Passage(Prose(Source(TEXT), Span(start, end))) for start, end in ((0, FIRST), (FIRST, SECOND), (SECOND, len(TEXT)))
)
ACCOUNT = Account((SUMMARY, RATIONALE, OTHER), (SUMMARY,))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The pain is 6 out of 10.", [(6, "/10")]),
        ("Strength was 4/5, and flexion 90 degrees.", [(4, "/5"), (90, "degree")]),
        ("Twelve visits gave 50% relief.", [(12, "visit"), (50, "%")]),
        ("She was seen on 06/06/2017 in clinic.", []),
    ],
)
def test_a_number_has_a_unit_and_is_no_date(text: str, found: list[tuple[float, str]]) -> None:
    passage = Passage(Prose(Source(text), Span(0, len(text))))
    assert [(each.value, each.unit) for each in read_numbers(passage)] == found


def test_what_is_told_stands_in_the_texts_that_tell_the_case() -> None:
    assert [each.place.text for each in ACCOUNT.drugs] == ["naproxen"]
    assert [each.place.text for each in ACCOUNT.parts] == ["knee"]
    assert [each.place.text for each in ACCOUNT.sites] == ["knee"]
    assert list(ACCOUNT.numbers) == []


def test_a_drug_or_a_figure_may_stand_in_any_other_text() -> None:
    assert ACCOUNT.has_ingredient("hydrocodone", RATIONALE)
    assert not ACCOUNT.has_ingredient("hydrocodone", OTHER)
    assert ACCOUNT.has_figure(8, RATIONALE)
    assert not ACCOUNT.has_figure(6, RATIONALE)


def test_the_texts_within_a_span_come_in_order() -> None:
    assert list(ACCOUNT.list_within(Span(0, SECOND))) == [SUMMARY, RATIONALE]
    assert list(ACCOUNT.list_within(Span(1, SECOND))) == [RATIONALE]
