"""What a rationale concludes: the polarity of a verdict, and what is none."""

from __future__ import annotations

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.reading.passage import Passage


def concludes(text: str) -> bool | None:
    """Whether a rationale concludes that the item is necessary; None where it does not conclude."""
    conclusion = Passage(Prose(Source(text), Span(0, len(text)))).conclusion
    return None if conclusion is None else conclusion.necessary


@pytest.mark.parametrize(
    ("text", "necessary"),
    [
        ("The request is medically necessary.", True),
        ("The request for twelve visits is not medically necessary.", False),
        ("The records do not establish that a fourth injection is medically necessary.", False),
        ("Nothing in these notes shows it, and they fail to demonstrate that the brace is medically necessary.", False),
        ("The notes do not say so, but they establish that the brace is medically necessary.", True),
        ("The file does not show that therapy failed; however, this brace is medically necessary.", True),
        ("I do not find the taxi rides to be medically necessary.", False),
        ("This reviewer finds the request for a mattress not to be medically necessary.", False),
        ("This reviewer finds the request for a mattress to be medically necessary.", True),
        ("The panel cannot consider a second scooter to be medically necessary.", False),
        ("Medically necessary.", True),
        ("Not medically necessary.", False),
        ("The strength test was normal. Not medically necessary and appropriate.", False),
    ],
)
def test_a_verdict_is_read_with_its_main_clause(text: str, necessary: bool) -> None:
    assert concludes(text) is necessary


@pytest.mark.parametrize(
    "text",
    [
        "It is unclear whether another injection would be medically necessary.",
        "The question is whether a third visit is medically necessary.",
        "The patient has pain and stiffness.",
    ],
)
def test_an_open_question_is_no_verdict(text: str) -> None:
    assert concludes(text) is None
