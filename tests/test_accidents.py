"""Accidents that a text states for the worker."""

from __future__ import annotations

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.reading.accidents import AccidentKind, find_accidents, names_accident
from imrlint.reading.passage import Passage


def read(text: str) -> Passage:
    return Passage(Prose(Source(text), Span(0, len(text))))


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("The worker slipped on a wet floor of the kitchen.", AccidentKind.FALL, "worker slipped"),
        ("She was struck by a pallet jack.", AccidentKind.BLOW, "She was struck"),
        ("The patient twisted her knee on the stairs.", AccidentKind.EXERTION, "patient twisted"),
        ("He was pinned under a beam on 03-20-2017.", AccidentKind.CRUSH, "He was pinned"),
        ("She was scalded by the fryer.", AccidentKind.BURN, "She was scalded"),
        ("He was in a car crash in 2014.", AccidentKind.TRAFFIC, "He was in a car crash"),
        ("The claimant was hurt when she fell off a stool.", AccidentKind.FALL, "she fell"),
    ],
)
def test_what_happened_to_the_worker_is_an_accident(text: str, kind: AccidentKind, words: str) -> None:
    (found,) = find_accidents(read(text))
    assert (found.kind, found.place.text) == (kind, words)


@pytest.mark.parametrize(
    "text",
    [
        "The worker did not fall from the ladder.",
        "The worker fell asleep on the drive home.",
        "If the worker slipped on the floor, the knee would be swollen.",
        "The grip of her hand has fallen to 10 pounds.",
        "If it happens when he fell asleep, the dose is too high.",
        "The claimant drives a car.",
        "The note says: “The worker slipped on a wet floor.”",
    ],
)
def test_other_words_of_accidents_tell_of_none(text: str) -> None:
    assert list(find_accidents(read(text))) == []


def test_accidents_come_by_kind() -> None:
    text = "The worker was struck by a cart. The worker fell on the floor. The worker was struck by a door."
    assert [each.kind for each in find_accidents(read(text))] == [
        AccidentKind.FALL,
        AccidentKind.BLOW,
        AccidentKind.BLOW,
    ]


def test_a_kind_may_be_named_by_any_of_its_words() -> None:
    summary = read("Injured in a fall from a ladder.")
    assert names_accident(summary, AccidentKind.FALL)
    assert not names_accident(summary, AccidentKind.BURN)
