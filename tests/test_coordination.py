"""Names that stand beside one another: in lists and in brackets."""

from __future__ import annotations

import pytest

from imrlint.document.prose import Place, Prose
from imrlint.document.text import Source, Span
from imrlint.reading.coordination import are_bracketed, is_among_classes, is_listed, shares_last_word


def find(text: str, *names: str) -> list[Place]:
    """The places of some names in a text."""
    prose = Prose(Source(text), Span(0, len(text)))
    return [Place(prose, text.index(name), text.index(name) + len(name)) for name in names]


@pytest.mark.parametrize(
    ("text", "others", "listed"),
    [
        ("Gabapentin, duloxetine and tramadol were tried.", ("duloxetine", "tramadol"), True),
        ("Neither baclofen nor Gabapentin was tried.", ("baclofen",), True),
        ("Baclofen/Gabapentin was tried.", ("Baclofen",), True),
        ("Gabapentin was tried, and baclofen refused.", ("baclofen",), False),
        ("Baclofen was refused while Gabapentin was tried.", ("Baclofen",), False),
    ],
)
def test_a_list_goes_on_beside_its_members(text: str, others: tuple[str, ...], listed: bool) -> None:
    name, *beside = find(text, "Gabapentin", *others)
    assert is_listed(name, beside) is listed


def test_a_list_has_other_members() -> None:
    (name,) = find("She takes gabapentin, and it helps.", "gabapentin")
    assert not is_listed(name, [])


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("The risk is higher with aspirin, corticosteroids or an anticoagulant.", True),
        ("The risk is higher with aspirin or an anticoagulant.", True),
        ("She takes aspirin for her heart.", False),
    ],
)
def test_a_list_of_risks_goes_on_with_classes(text: str, among: bool) -> None:
    (name,) = find(text, "aspirin")
    assert is_among_classes(name) is among


@pytest.mark.parametrize(
    ("sentence", "shared"),
    [
        ("Pain of the mid and low back persists.", True),
        ("Pain of the mid, upper, or low back persists.", True),
        ("Pain of the low back persists.", False),
        ("Pain of the mid section and the neck persists.", False),
    ],
)
def test_the_last_word_of_a_list_may_be_said_once(sentence: str, shared: bool) -> None:
    (name,) = find("The mid back was tender.", "mid back")
    (told,) = find(sentence, sentence)
    assert shares_last_word(name, told) is shared


def test_a_name_of_one_word_shares_none() -> None:
    (name,) = find("The neck was tender.", "neck")
    (told,) = find("The neck and back were tender.", "The neck and back were tender.")
    assert not shares_last_word(name, told)


@pytest.mark.parametrize(
    ("text", "bracketed"),
    [
        ("She takes zolpidem (Ambien) at night.", True),
        ("She takes zolpidem and Ambien at night.", False),
        ("She takes zolpidem (formerly Ambien) at night.", False),
    ],
)
def test_a_second_name_may_stand_in_brackets(text: str, bracketed: bool) -> None:
    one, two = find(text, "zolpidem", "Ambien")
    assert are_bracketed(one, two) is bracketed
    assert are_bracketed(two, one) is bracketed
