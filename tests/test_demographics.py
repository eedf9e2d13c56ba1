"""The worker's age and sex in the forms in which letters give them."""

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.reading.ages import find_ages
from imrlint.reading.persons import find_stated_sex


def prose(text: str) -> Prose:
    return Prose(Source(text, "letter.txt"), Span(0, len(text)))


def ages(text: str) -> list[tuple[int, bool]]:
    return [(each.years, each.of_worker) for each in find_ages(prose(text))]


def sexes(text: str) -> list[str]:
    return [each.sex.value for each in find_stated_sex(prose(text), lambda _: False)]


@pytest.mark.parametrize(
    ("text", "age", "sex"),
    [
        ("Claimant: female, 39, machinist. Hurt on 4/2/2015.", 39, "female"),
        ("Patient: plumber, 51, male. Hurt at work.", 51, "male"),
        ("Applicant: 33 F, cashier.", 33, "female"),
        ("IW is a 28-yr-old male paver.", 28, "male"),
        ("The patient is a 64 y.o. gentleman with knee pain.", 64, "male"),
        ("The patient is a 64 y/o F with knee pain.", 64, "female"),
        ("Patient is a 44M who fell.", 44, "male"),
        ("This 59-year-old retired school principal (female) has back pain.", 59, "female"),
        ("This is a 47-year-old right-hand-dominant male electrician.", 47, "male"),
        ("The employee is a 36 year old, Spanish-speaking, married woman.", 36, "female"),
        ("The claimant, 58, was a woman of few complaints.", 58, "female"),
        ("The injured worker is 61, a former welder, and a male.", 61, None),
        ("The employee, male, aged 45, was hurt in May.", 45, "male"),
        ("The patient is a forty-two-year-old female.", 42, "female"),
        ("This man is 47 years of age.", 47, "male"),
        ("This pleasant gentleman, aged 70, fell.", 70, "male"),
        ("Age/sex: 52/F.", 52, "female"),
        ("Sex: M. Age: 44.", 44, "male"),
        ("Age 52, female, right-hand dominant.", 52, "female"),
        ("The applicant (female, 37) fell from a ladder.", 37, "female"),
        ("The claimant (41, male) fell from a ladder.", 41, "male"),
        ("The worker, now 44, fell from a ladder.", 44, None),
        ("52 year old male, crane operator, date of injury 05/02/2014.", 52, "male"),
    ],
)
def test_age_and_sex_are_read(text: str, age: int, sex: str | None) -> None:
    assert [years for years, _ in ages(text)] == [age]
    assert sexes(text) == ([sex] if sex else [])


@pytest.mark.parametrize(
    "text",
    [
        "The patient is a 45 year old who was hit by a man on a forklift.",
        "The patient, an accountant, saw a female surgeon.",
        "The injured worker is a 45 year old cook whose supervisor, a woman, called for help.",
        "Male patients of that age often have it.",
        "She has an 11-year-old daughter who has a male friend.",
        "The temperature was 98 F. The patient was seen at 4 M Street.",
        "The claimant is a 50-year-old with a female relative at home.",
    ],
)
def test_sex_of_somebody_else_is_not_the_workers(text: str) -> None:
    assert sexes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The patient is 60% better.", []),
        ("The patient is 12 weeks out from surgery.", []),
        ("She has a 20 year old daughter.", [(20, False)]),
        ("Migraine began when she was 13 years old.", [(13, False)]),
        ("She drives a 12 year old car.", [(12, False)]),
        ("For the patient, 24 visits were requested.", []),
        ("The patient is a 50-year-old male.", [(50, True)]),
        ("The patient, 71, was a cook.", [(71, True)]),
    ],
)
def test_ages_are_the_workers_or_not(text: str, expected: list[tuple[int, bool]]) -> None:
    assert ages(text) == expected
