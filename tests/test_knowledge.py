"""The tables agree with one another, and the look-ups say what they hold."""

from __future__ import annotations

import re
from datetime import date

import pytest
import words as word_list

from imrlint.document.letter import RequestKind
from imrlint.knowledge import registry, tables
from imrlint.knowledge.guidelines import contents, documents, subjects
from imrlint.knowledge.guidelines.contents import Likeness
from imrlint.knowledge.language import corrections, lexicon

GROUPS = {"any", "any drug", "any injection", "acid suppressant", "opioid maintenance", "opioid for recent pain"}
KINDS = {kind.value for kind in RequestKind}


def test_every_section_belongs_to_a_document() -> None:
    assert {row.document for row in registry.SECTIONS.rows} <= set(documents.documents())
    assert {row.document for row in registry.CHAPTERS.rows} <= set(documents.documents())


def test_every_subject_is_one_that_a_title_can_have() -> None:
    known = {row.subject for row in registry.SUBJECTS.rows} | KINDS | GROUPS
    used = {
        subject for table in (registry.SECTIONS, registry.DOCUMENTS) for row in table.rows for subject in row.subjects
    }
    rare = {
        "ketamine", "magnet therapy", "psychotropic", "blood pressure drug", "physical agents", "detoxification",
        "compound drug", "medical food",
    }  # fmt: skip
    assert used <= known | rare
    assert {other for row in registry.SUBJECTS.rows for other in row.also} <= known


def test_every_region_is_one_that_a_title_can_have() -> None:
    known = {row.region for row in registry.ANATOMY.rows}
    placed = (registry.DOCUMENTS, registry.CHAPTERS, registry.CRITERIA, registry.SIGNS)
    assert {region for table in placed for row in table.rows for region in row.regions} <= known


def test_every_drug_class_of_a_subject_is_one_of_a_drug() -> None:
    classes = {row.drug_class.split(" (")[0] for row in registry.DRUGS.rows}
    assert {each for row in registry.SUBJECTS.rows for each in row.classes} <= classes


def test_a_section_has_one_home_for_each_name() -> None:
    for document in documents.documents():
        names = [section.name for section in contents.sections(document)]
        assert len(names) == len(set(names)), document


@pytest.mark.parametrize(
    ("name", "year", "document"),
    [
        ("Chronic Pain Medical Treatment", 2009, "CPMTG2009"),
        ("Chronic Pain Medical Treatment", 2016, "CPMTG2016"),
        ("elbow  disorders", 2007, "ACOEM-10"),
        ("Elbow Disorders", 2013, "ELBOW2017"),
        ("Forearm Wrist and Hand Complaints", None, "ACOEM-11"),
        ("Upper Arm Protocols", 2004, None),
    ],
)
def test_documents_by_name_and_year(name: str, year: int | None, document: str | None) -> None:
    assert documents.identify(name, year) == document


def test_when_an_edition_was_in_force() -> None:
    edition = documents.documents()["CPMTG2009"]
    days = (date(2009, 7, 17), date(2009, 7, 18), date(2016, 7, 27), date(2016, 7, 28))
    assert [edition.in_force(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("words", "section", "likeness"),
    [
        ("yoga", "Yoga", Likeness.EXACT),
        ("Epidural steroid injections", "Epidural steroid injections (ESIs)", Likeness.EXACT),
        ("Epidurel steroid injections", "Epidural steroid injections (ESIs)", Likeness.MISSPELT),
        ("Epidural steroid injection", "Epidural steroid injections (ESIs)", Likeness.PART),
        ("Criteria for yoga classes", "Yoga", Likeness.PART),
        ("Opioids, criteria use", "Opioids, criteria for use", Likeness.EXACT),
    ],
)
def test_sections_by_name(words: str, section: str, likeness: Likeness) -> None:
    match = contents.match_section("CPMTG2009", words)
    assert match is not None
    assert (match.section.name, match.likeness) == (section, likeness)


def test_a_part_of_one_heading_only_is_the_section() -> None:
    match = contents.match_section("OPIOID2016", "Urine drug testing")
    assert match is not None
    assert (match.section.name, match.likeness) == ("3.3.6 Use of Urine Drug Testing (UDT)", Likeness.PART)
    assert contents.match_section("OPIOID2016", "Opioids for") is None


def test_a_number_is_never_a_misspelling() -> None:
    match = contents.match_section("OPIOID2016", "3.9.9 Maintenance of Chronic Opioid Treatment")
    assert match is None or match.likeness is not Likeness.MISSPELT


def test_pages_that_are_only_guessed_at_are_not_told() -> None:
    guessed = [row for row in registry.SECTIONS.rows if row.confidence == "low" and row.pages]
    assert guessed
    for row in guessed:
        section = contents.find_section(row.document, row.section)
        assert section is None or section.pages is None


def test_a_drug_is_judged_under_its_neighbours_too() -> None:
    assert "acid suppressant" in subjects.list_related("h2 blocker")
    assert subjects.list_related("no such thing") == {"no such thing"}


def test_a_rare_word_one_slip_from_a_common_one_is_left_out() -> None:
    assert word_list.apart({"lumbars", "lumber", "calcaneal"}, {"lumbar"}) == {"lumbars", "calcaneal"}


def test_words_without_possessives() -> None:
    assert word_list.words_of(["The worker’s knees' X-ray, 3D"]) == {"the", "worker", "knees", "x", "ray", "d"}


def test_the_list_of_words_is_sorted_and_marked() -> None:
    lines = tables.read_text(registry.WORDS).split("\n")
    words = [line.partition("\t")[0].encode() for line in lines]
    assert words == sorted(words)
    marks = {line.partition("\t")[2] for line in lines}
    assert all(re.fullmatch("[01]?[a-l]?", mark) for mark in marks)


def test_clinical_words_are_known_and_known_misspellings_are_not() -> None:
    assert all(lexicon.is_known(word) for word in lexicon.clinical_words() if word.isascii())
    wrong = [word for word in lexicon.misspellings() if word.isalpha()]
    right = sum(
        lexicon.misspellings()[word].casefold() == (corrections.correct(word).candidates or ("",))[0].casefold()
        for word in wrong
    )
    assert right >= 0.9 * len(wrong)
