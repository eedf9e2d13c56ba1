"""Clinical terms, what a text records of them, and claims that they are absent."""

from __future__ import annotations

import pytest

from imrlint.document.letter import Side
from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.knowledge import registry
from imrlint.knowledge.medicine import signs, terminology
from imrlint.reading import comparability, false_absences, false_presences, measures
from imrlint.reading.passage import Passage


def passage(text: str) -> Passage:
    return Passage(Prose(Source(text), Span(0, len(text))))


def claims(text: str) -> list[tuple[str, list[str]]]:
    """The names of the terms that a text claims to be absent, each with what narrows the claim."""
    return [(each.term.name, sorted(each.residue)) for each in passage(text).absences]


def record(text: str, name: str) -> str:
    """How a text records the first term of a name."""
    return next(each.polarity.value for each in passage(text).records if each.term.name == name)


# --- terms ---


def test_a_term_is_under_others() -> None:
    names = {name: terminology.term(name) for name in terminology.names()}
    for row in registry.TERMINOLOGY.rows:
        assert set(row.under) <= names.keys(), row.name
        assert row.name not in set().union(*(names[wider].within for wider in row.under)), row.name
    assert names["sciatica"].is_within(names["pain"])
    assert not names["pain"].is_within(names["sciatica"])


def test_a_phrase_names_a_term_or_says_that_it_is_absent() -> None:
    found = {(each.meaning.term.name, each.meaning.is_normal) for each in terminology.find("Nausea; a normal gait.")}
    assert found == {("nausea or vomiting", False), ("gait abnormality", True)}


def test_terms_are_found_in_the_plural() -> None:
    assert [each.meaning.term.name for each in terminology.find("epidural injections")] == [
        "epidural steroid injection"
    ]
    assert not list(terminology.find("acupuncturesque"))


def test_terms_that_the_comparison_names_are_in_the_table() -> None:
    sets = (
        comparability.LOCATED,
        comparability._UNPLACED,
        false_absences._COMPLAINTS,
        false_absences._PLACED,
        comparability.WORK,
        false_presences._RESPONSES,
    )
    assert frozenset().union(*sets) <= terminology.names()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("McMurray's test", "mcmurray"),
        ("Patricks", "patrick"),
        ("straight leg raising", "straight leg raise"),
        ("cervical compression test", "cervical compression"),
        ("cervical distraction test", "cervical distraction"),
        ("Hawkins'", "hawkins"),
    ],
)
def test_a_sign_has_one_name(written: str, name: str) -> None:
    assert signs.name_of(written) == name


def test_measures_stand_for_terms() -> None:
    assert {row.term for row in registry.MEASURES.rows} <= terminology.names()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("sensation was decreased in the left foot", [("sensory loss", False)]),
        ("there was diminished light touch", [("sensory loss", False)]),
        ("motor strength in the legs was 4/5", [("muscle weakness", False)]),
        ("strength 5/5", [("muscle weakness", True)]),
        ("strength and sensation were intact", [("muscle weakness", True), ("sensory loss", True)]),
        ("sensation was not tested", []),
        ("no testing of strength, and the gait was normal", [("gait abnormality", True)]),
    ],
)
def test_measures_are_low_or_normal(sentence: str, expected: list[tuple[str, bool]]) -> None:
    found = [
        (each.term.name, each.is_normal)
        for each in measures.find_measured(sentence, list(measures.find_measures(sentence)))
    ]
    assert [each for each in found if each[1] is not None] == expected


# --- records ---


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Treatment to date has included physical therapy and naproxen.", "physical therapy", "affirmed"),
        ("Past treatment included naproxen, Norco, and acupuncture.", "acupuncture", "affirmed"),
        ("The physician requested physical therapy.", "physical therapy", "thought of"),
        ("The treatment plan includes acupuncture.", "acupuncture", "thought of"),
        ("If physical therapy fails, surgery will be considered.", "physical therapy", "thought of"),
        ("Acupuncture was tried in 2014.", "acupuncture", "affirmed"),
        ("He denied nausea.", "nausea or vomiting", "denied"),
        ("The gait was normal.", "gait abnormality", "denied"),
        ("An MRI of the lumbar spine dated 3/4/2015 showed a bulge.", "mri of the lumbar spine", "affirmed"),
        ("An MRI of the lumbar spine was requested.", "mri of the lumbar spine", "thought of"),
        ("The McMurray test was negative.", "examination: mcmurray", "affirmed"),
        ("She took gabapentin for a year.", "gabapentin", "affirmed"),
        ("He is asking for six visits of acupuncture.", "acupuncture", "thought of"),
        ("Consideration is being given to acupuncture.", "acupuncture", "thought of"),
        ("The knee examination was entirely benign.", "physical examination abnormality", "denied"),
        ("The right deltoid strength was graded 3/5.", "muscle weakness", "affirmed"),
    ],
)
def test_what_is_recorded(text: str, name: str, expected: str) -> None:
    assert record(text, name) == expected


def test_what_is_measured_is_part_of_an_examination() -> None:
    (measured,) = (each.term for each in passage("Grip was 20 kg.").records if each.term.is_measured)
    assert measured.is_within(terminology.term("motor examination"))


def test_a_label_records_nothing() -> None:
    assert [each.term.name for each in passage("Objective findings: an effusion.").records] == ["joint effusion"]


# --- claims of absence ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There is no documentation of radiculopathy.", [("radiculopathy", [])]),
        ("The records do not document neurological deficits.", [("neurological deficit", [])]),
        ("The physician failed to document any neurological deficit in the right leg.", [("neurological deficit", [])]),
        ("Physical therapy has not been tried.", [("physical therapy", [])]),
        ("There has been no trial of physical therapy.", [("physical therapy", [])]),
        ("The patient has yet to undergo physical therapy.", [("physical therapy", [])]),
        ("X-rays of the lumbar spine were not provided.", [("x-ray of the lumbar spine", [])]),
        ("Radiculopathy is nowhere described.", [("radiculopathy", [])]),
        ("The McMurray test was never performed.", [("examination: mcmurray", []), ("knee examination", [])]),
        ("No evidence was submitted that acupuncture was tried.", [("acupuncture", [])]),
        ("There is no indication that the claimant has participated in acupuncture.", [("acupuncture", [])]),
        ("The exam did not reveal an effusion.", [("joint effusion", [])]),
        ("There has been no recent course of acupuncture.", [("acupuncture", ["recent"])]),
        ("The patient has had no acupuncture within the past year.", [("acupuncture", ["past", "year"])]),
        ("There is no radiculopathy to support the request.", [("radiculopathy", [])]),
        ("Nobody has tried acupuncture, and the pump is not supported.", [("acupuncture", [])]),
        ("The chart is silent on acupuncture.", [("acupuncture", [])]),
        ("The note leaves out acupuncture.", [("acupuncture", [])]),
        ("One looks in vain for acupuncture.", [("acupuncture", [])]),
        ("The therapist neglected to offer acupuncture.", [("acupuncture", [])]),
        ("None of the notes refers to acupuncture.", [("acupuncture", [])]),
        ("The pump was ordered before any acupuncture was given.", [("acupuncture", [])]),
        ("Acupuncture remains outstanding.", [("acupuncture", [])]),
        ("Acupuncture was left aside.", [("acupuncture", [])]),
        ("The worker is acupuncture-naive.", [("acupuncture", [])]),
        ("Had acupuncture been tried, the pump might be considered.", [("acupuncture", [])]),
        ("If acupuncture had been documented, the pump could have been approved.", [("acupuncture", [])]),
        ("The absence of radiculopathy argues against the pump.", [("radiculopathy", [])]),
        ("The requirement of radiculopathy is not met.", [("radiculopathy", [])]),
        ("No edema, numbness, or acupuncture is recorded.", [("swelling", []), ("numbness", []), ("acupuncture", [])]),
        ("Gait was not tested.", [("examination: gait", [])]),
    ],
)
def test_claims_of_absence_with_what_narrows_them(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert claims(text) == expected


def test_what_a_file_does_not_speak_of_is_absent() -> None:
    assert claims("Nothing in the chart speaks of earlier aquatic therapy.") == [("aquatic therapy", [])]
    assert claims("Acupuncture has not been tried at any time.") == [("acupuncture", [])]


@pytest.mark.parametrize(
    "text",
    [
        "He had acupuncture without relief.",
        "Acupuncture has not provided lasting relief.",
        "Most complaints need no acupuncture.",
        "The gain was attributed to acupuncture and not to naproxen.",
        "There is no reason for acupuncture.",
        "Acupuncture has been sufficient.",
        "He had therapy on this side and no acupuncture.",
        "A rash, not acupuncture, made the visit necessary.",
        "Relief was never obtained with acupuncture.",
        "The results of acupuncture were not included.",
        "It cannot be said that there was no acupuncture.",
        "Hardly any acupuncture has been left untried.",
        "If acupuncture were to fail, the pump could be considered.",
    ],
)
def test_other_denials_claim_no_absence(text: str) -> None:
    assert "acupuncture" not in {name for name, _ in claims(text)}
    assert "naproxen" not in {name for name, _ in claims(text)}


def test_a_pronoun_stands_for_the_last_part_before_it() -> None:
    text = "The left forearm, which healed without a scar, and the right hand were seen."
    (scar,) = (each for each in passage(text).records if "scar" in each.place.text)
    assert [(site.part.name, site.side) for site in scar.sites] == [("forearm", Side.LEFT)]
