"""What a rationale names and nothing else in the letter does."""

from __future__ import annotations

from pathlib import Path

import pytest

from imrlint.document.text import Source
from imrlint.parser import parse
from imrlint.reading import Reading
from imrlint.reading.strays import Stray, StrayKind

CLEAN = (Path(__file__).parent / "letters" / "clean.txt").read_text(encoding="utf-8")
THERAPY = "would achieve what those did not."  # of physical therapy for the right shoulder
DRUG = "describe no spasm that it would treat."  # of orphenadrine


def find(sentence: str, after: str = THERAPY) -> list[Stray]:
    """The strays of a letter with a sentence more."""
    text = CLEAN.replace(after, f"{after} {sentence}")
    assert text != CLEAN
    reading = Reading(parse(Source(text, "letter")))
    before = Reading(parse(Source(CLEAN, "letter")))
    known = {(each.kind, each.place.text) for item in before.items for each in before.find_strays(item)}
    found = [each for item in reading.items for each in reading.find_strays(item)]
    return [each for each in found if (each.kind, each.place.text) not in known]


@pytest.mark.parametrize(
    ("sentence", "after", "kind", "name"),
    [
        ("The examination showed tenderness of the elbow.", THERAPY, StrayKind.PART, "elbow"),
        ("Abduction of the left shoulder was limited on examination.", THERAPY, StrayKind.SIDE, "shoulder"),
    ],
)
def test_what_the_letter_has_nowhere_else_is_likely_a_slip(
    sentence: str, after: str, kind: StrayKind, name: str
) -> None:
    (stray,) = find(sentence, after)
    assert (stray.kind, stray.place.text, stray.is_likely) == (kind, name, True)


@pytest.mark.parametrize(
    ("sentence", "after"),
    [
        ("First-line drugs, such as gabapentin or duloxetine, should be tried before.", DRUG),
        ("If this should fail, tizanidine would be an alternative.", DRUG),
        ("Injections are used for other joints, such as the knee or the elbow.", THERAPY),
        ("Motion was full compared to the uninjured left side of the body.", THERAPY),
    ],
)
def test_examples_and_comparisons_are_no_slips(sentence: str, after: str) -> None:
    assert not any(each.is_likely for each in find(sentence, after))


def test_another_drug_in_what_the_summary_tells_is_likely_a_slip() -> None:
    text = CLEAN.replace("She takes naproxen.", "She takes naproxen, and her shoulder pain fell from 8/10 to 4/10.")
    text = text.replace(THERAPY, f"{THERAPY} With Topamax her shoulder pain fell from 8/10 to 4/10.")
    found = [
        each
        for reading in [Reading(parse(Source(text, "letter")))]
        for item in reading.items
        for each in reading.find_strays(item)
    ]
    assert [(each.place.text, each.is_likely) for each in found if each.kind is StrayKind.DRUG] == [("Topamax", True)]


def test_what_the_summary_names_is_no_stray() -> None:
    assert find("She takes naproxen for the right shoulder.") == []


def test_a_number_is_compared_with_the_one_in_the_sentence_that_tells_the_same() -> None:
    text = CLEAN.replace(
        "She takes naproxen.", "She takes naproxen, by which her shoulder pain fell from 8/10 to 4/10."
    )
    text = text.replace(THERAPY, f"{THERAPY} With naproxen the shoulder pain fell from 8/10 to 5/10.")
    reading = Reading(parse(Source(text, "letter")))
    numbers = [each for item in reading.items for each in reading.find_strays(item) if each.kind is StrayKind.NUMBER]
    assert [(each.place.text, each.contrast and each.contrast.there) for each in numbers] == [("5/10", "4/10")]


def test_one_side_against_all_others_is_alone() -> None:
    text = CLEAN.replace("She takes naproxen.", "She takes naproxen. Motion of the left shoulder was limited.")
    (lone,) = Reading(parse(Source(text, "letter"))).lone_sides
    assert lone.site.place.text == "shoulder"
    assert {each.side and each.side.value for each in lone.others} == {"right"}
