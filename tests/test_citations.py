"""Guideline clauses: documents, years, chapters, sections, pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from imrlint.document.letter import Citation, ClauseKind
from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.parser import parse
from imrlint.parser.citation import read_citations

MTUS = "Decision was based upon MTUS"
FREE = "Decision was based upon Non-MTUS Citation"
OUTSIDE = "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS Guidelines."
CHRONIC = "Opioids for Chronic Pain and Chronic Opioid Treatment"

# What is cited: document, year, sections, pages. A section of None has a name that is not known.
MTUS_CASES = [
    (f"{MTUS} Chronic Pain Treatment Guidelines, Page(s): 49.", [("CPMTG2009", None, [], [49])]),
    (
        f"{MTUS} Chronic Pain Treatment Guidelines < Ketamine Page(s): s 56 and 57.",
        [("CPMTG2009", None, ["Ketamine"], [56, 57])],
    ),
    (
        f"{MTUS} Chronic Pain Treatment Guidelines Opioids, criteria for use and Opioids, dosing Page(s): 76-80, 86.",
        [("CPMTG2009", None, ["Opioids, criteria for use", "Opioids, dosing"], [76, 80, 86])],
    ),
    (
        f"{MTUS} Chronic Pain Treatment Guidelines Criteria for Work Hardening Page(s): 125.",
        [("CPMTG2009", None, ["Work conditioning, work hardening"], [125])],
    ),
    (f"{MTUS} ACOEM Chapter 13 Knee Complaints Page(s): 341, 347.", [("ACOEM-13", None, [], [341, 347])]),
    (f"{MTUS} Acupuncture Treatment Guidelines.", [("ACUP2007", None, [], [])]),
    (
        f"{MTUS} Chronic Pain Medical Treatment 2016, Section(s): Topical analgesics.",
        [("CPMTG2016", 2016, ["Topical analgesics"], [])],
    ),
    (
        f"{MTUS} Chronic Pain Medical Treatment 2016, Section(s): NSAIDs, specific drug list & adverse effects, Work"
        " conditioning, work hardening, Manual therapy & manipulation.",
        [
            (
                "CPMTG2016",
                2016,
                [
                    "NSAIDs, specific drug list & adverse effects",
                    "Work conditioning, work hardening",
                    "Manual therapy & manipulation",
                ],
                [],
            )
        ],
    ),
    (
        f"{MTUS} Chronic Pain Medical Treatment 2016, Section(s): Gabapentin, TENS, chronic pain (transcutaneous"
        " electrical nerve stimulation).",
        [
            (
                "CPMTG2016",
                2016,
                ["Gabapentin (Neurontin)", "TENS, chronic pain (transcutaneous electrical nerve stimulation)"],
                [],
            )
        ],
    ),
    (
        f"{MTUS} Opioid Treatment 2016, Section(s): 3.3.2 {CHRONIC}: Patient Treatment Agreement and Informed Consent,"
        f" 3.3.4 {CHRONIC}: Use of CURES to Ensure Safe Use, 4.2 Tapering Opioids: Methods for"
        " Tapering Opioids.",
        [
            (
                "OPIOID2016",
                2016,
                [
                    "3.3.2 Patient Treatment Agreement and Informed Consent",
                    "3.3.4 Use of CURES",
                    "4.2 Methods for Tapering Opioids",
                ],
                [],
            )
        ],
    ),
    (
        f"{MTUS} Forearm, Wrist, and Hand Complaints 2004, Section(s): Summary, and Opioid Treatment 2016.",
        [("ACOEM-11", 2004, ["Summary"], []), ("OPIOID2016", 2016, [], [])],
    ),
    (
        f"{MTUS} Elbow Disorders 2007, and Forearm, Wrist, and Hand Complaints 2004, and Postsurgical Treatment 2009,"
        " Section(s): Shoulder, Forearm, Wrist, & Hand.",
        [
            ("ACOEM-10", 2007, [], []),
            ("ACOEM-11", 2004, [], []),
            ("PSTG2009", 2009, ["Shoulder", "Forearm, Wrist, & Hand"], []),
        ],
    ),
    (
        f"{MTUS} General Approaches 2004, Section(s): Prevention, Initial Approaches to Treatment, and Low Back"
        " Complaints 2004.",
        [("ACOEM-GENERAL", 2004, ["Prevention", "Initial Approaches to Treatment"], []), ("ACOEM-12", 2004, [], [])],
    ),
    (
        f"{MTUS} Sholder Complaints 2004, Section(s): Physcal Methods, and Kneee Complaints 2004, Section(s): Summary.",
        [("ACOEM-9", 2004, ["Physical Methods"], []), ("ACOEM-13", 2004, ["Summary"], [])],
    ),
    (
        f"{MTUS} Low Back Complaints 2004, Section(s): Initial Care, and Sholder Complaints 2004.",
        [("ACOEM-12", 2004, ["Initial Care"], []), ("ACOEM-9", 2004, [], [])],
    ),
    (
        f"{MTUS} Low Back Complaints 2004, Section(s): Summary, and General Approaches 2004, Section(s): Prevention.",
        [("ACOEM-12", 2004, ["Summary"], []), ("ACOEM-GENERAL", 2004, ["Prevention"], [])],
    ),
    (f"{MTUS} Chronic Pain Treatment Guidelines Yoga Page(s): 126 of 127.", [("CPMTG2009", None, ["Yoga"], [126])]),
    (
        f"{MTUS} ACOEM Chapter 13 Knee Complaints Page(s): 341, and 343-44, Table 13-5.",
        [("ACOEM-13", None, [], [341, 343, 344])],
    ),
    (
        f"{MTUS} Chronic Pain Treatment Guidelines Yoga Page(s): 126; Biofeedback Page(s): 24.",
        [("CPMTG2009", None, ["Yoga", "Biofeedback"], [126, 24])],
    ),
    (
        f"{MTUS} ACOEM Chapter 10 Elbow Disorders (Revised 2007) Page(s): 29-30.",
        [("ACOEM-10", 2007, [], [29, 30])],
    ),
    (
        f"{MTUS} Chronic Pain Treatment Guidelines 8 C.C.R. 9792.20 - 9792.26 MTUS (Effective July 18, 2009) Yoga"
        " Page(s): 126 of 127.",
        [("CPMTG2009", 2009, ["Yoga"], [126])],
    ),
    (f"{MTUS} ACOEM Chapter 11 (Forearm, Wrist, and Hand Complaints) Page(s): 269.", [("ACOEM-11", None, [], [269])]),
    (f"{MTUS} ACOEM Chapter 12 Page(s): 303.", [("ACOEM-12", None, [], [303])]),
    (
        f"{MTUS} Low Back Complaints Page(s): 304; Official Disability Guidelines (ODG) Low Back, Discography.",
        [("ACOEM-12", None, [], [304]), ("ODG", None, [None], [])],
    ),
    (f"{MTUS} Elbow Complaints 2007, Section(s): 326.", [("ACOEM-10", 2007, ["326"], [])]),
    (f"{MTUS} Knee Complaints 2004, Section(s): Cornerstones.", [("ACOEM-13", 2004, [None], [])]),
    (f"{MTUS} Low Back Disorders 2016.", [("LOWBACK2017", 2016, [], [])]),
    (f"{MTUS} Elbow Disorders 2018.", [("ELBOW2017", 2018, [], [])]),
    (f"{MTUS} Opioids 2017.", [("OPIOID2017", 2017, [], [])]),
    (f"{MTUS} Upper Arm Protocols 2004.", [(None, 2004, [], [])]),
]

# Outside the MTUS: document, chapters, entries, year, pages.
LOW_BACK = "Low Back - Lumbar & Thoracic (Acute & Chronic)"
HAND = "Forearm, Wrist, & Hand (Acute & Chronic)"
FREE_CASES = [
    (
        "Official Disability Guidelines (ODG) Low Back, Traction",
        [("ODG", [LOW_BACK], ["Traction"], None, [])],
    ),
    (
        "ODG, Lower Back section (updated 5/2/17): Discography; Knee & Leg chapter, Walking aids",
        [
            (
                "ODG",
                [LOW_BACK, "Knee & Leg (Acute & Chronic)"],
                ["Discography", "Walking aids"],
                None,
                [],
            )
        ],
    ),
    (
        "Official Disability Guidelines (ODG), Forearm, Wrist and hand, Splints and ODG Pain, Weaning",
        [("ODG", [HAND], ["Splints"], None, []), ("ODG", ["Pain (Chronic)"], ["Weaning"], None, [])],
    ),
    ("ODG CT of the elbow", [("ODG", ["Elbow (Acute & Chronic)"], ["CT of the"], None, [])]),
    (
        "ACOEM Practice Guidelines, 3rd ed., Knee Disorders, 2011, pg. 212",
        [("ACOEM", ["Knee Disorders"], [], 2011, [212])],
    ),
    ("A Textbook of Hands, 3rd edition", [(None, [], [], None, [])]),
    ("http://www.example.org/policy/0123.html", [(None, [], [], None, [])]),
    ("Hip and Pelvis chapter, Arthroplasty", [(None, ["Hip & Pelvis (Acute & Chronic)"], [], None, [])]),
]


def prose(text: str) -> Prose:
    return Prose(Source(text), Span(0, len(text)))


def read(text: str) -> tuple[Citation, ...]:
    return read_citations(prose(text)).citations


@pytest.mark.parametrize(("clause", "expected"), MTUS_CASES, ids=[case[0][:90] for case in MTUS_CASES])
def test_a_clause_on_the_mtus(clause: str, expected: list[object]) -> None:
    found = [
        (c.document, c.year and c.year.value, [s.value for s in c.sections], [p.value for p in c.pages])
        for c in read(clause)
    ]
    assert found == expected
    assert all(c.mtus is (c.document != "ODG") for c in read(clause))


@pytest.mark.parametrize(("text", "expected"), FREE_CASES, ids=[case[0][:60] for case in FREE_CASES])
def test_a_clause_outside_the_mtus(text: str, expected: list[object]) -> None:
    found = [
        (
            c.document,
            [chapter.value for chapter in c.chapters],
            [section.raw for section in c.sections],
            c.year and c.year.value,
            [p.value for p in c.pages],
        )
        for c in read(f"{OUTSIDE} {FREE} {text}.")
    ]
    assert found == expected
    assert not any(c.mtus for c in read(f"{FREE} {text}."))


@pytest.mark.parametrize("side", ["Claims Administrator", "Expert Reviewer", "Physician Reviewer"])
def test_a_side_that_cites_nothing(side: str) -> None:
    assert read_citations(prose(f"The {side} did not cite any medical evidence for its decision.")) == ((), True)


def test_a_side_that_cites_nothing_in_two_sentences() -> None:
    text = "The Claims Administrator did not base their decision on the MTUS. No medical evidence was cited."
    assert read_citations(prose(text)) == ((), True)


def test_an_empty_clause() -> None:
    assert read_citations(prose("")) == ((), False)


def test_both_sides_of_a_clause() -> None:
    mtus, free = read(f"{MTUS} Knee Complaints 2004, Section(s): Summary. {FREE} ODG, Knee, MRI.")
    assert (mtus.document, mtus.mtus) == ("ACOEM-13", True)
    assert (free.document, free.mtus) == ("ODG", False)


def test_every_leaf_has_its_place() -> None:
    text = f"{MTUS} Knee\nComplaints 2004, Section(s): Special\nStudies. Page(s): 341."
    (cited,) = read(text)
    assert cited.name.raw == "Knee\nComplaints"
    assert text[slice(*cited.sections[0].span)] == "Special\nStudies"
    assert cited.year is not None
    assert text[slice(*cited.year.span)] == "2004"
    assert text[slice(*cited.pages[0].span)] == "341"
    assert text[slice(*cited.span)].startswith("Knee")


def test_the_number_of_a_chapter_is_kept() -> None:
    text = f"{MTUS} ACOEM Chapter 9 Shoulder Complaints Page(s): 201."
    (cited,) = read(text)
    assert cited.number is not None
    assert (cited.number.value, text[slice(*cited.number.span)]) == (9, "9")


@pytest.mark.parametrize(
    ("said", "edition"), [("3rd ed.", 3), ("Third Edition", 3), ("2nd edition", 2), ("V.3", 3), ("2011", None)]
)
def test_the_edition_of_a_work(said: str, edition: int | None) -> None:
    (cited,) = read(f"{FREE} ACOEM Practice Guidelines, {said}, Knee Disorders.")
    assert (cited.edition and cited.edition.value) == edition
    assert cited.sections == ()


def test_free_text_outside_the_mtus_is_kept_whole() -> None:
    (cited,) = read("Decision based on Non-MTUS Citation ODG, Knee, Table 2, 2016.")
    assert (cited.mtus, cited.name.value) == (False, "ODG, Knee, Table 2, 2016")


def test_census_of_real_letters(real_letters: dict[str, str]) -> None:
    """Nearly every clause is understood, and nearly every section of the MTUS has a known name."""
    clauses, understood, sections, known = 0, 0, 0, 0
    for text in real_letters.values():
        for dispute in parse(Source(text)).disputes:
            for clause in dispute.clauses:
                if clause.kind is ClauseKind.RATIONALE:
                    continue
                clauses += 1
                cited = clause.citations
                understood += clause.cites_nothing or bool(cited and all(c.document or not c.mtus for c in cited))
                named = [section for c in cited if c.mtus for section in c.sections]
                sections += len(named)
                known += sum(section.value is not None for section in named)
    assert understood >= 0.99 * clauses
    assert known >= 0.97 * sections


def test_a_clause_may_say_first_that_the_mtus_is_silent() -> None:
    example = Path(__file__).parent.parent / "examples" / "older-2014-format2.txt"
    own = "The Physician Reviewer based his/her decision on the Chronic Pain"
    text = example.read_text(encoding="utf-8").replace(own, f"The MTUS does not address this item. {own}", 1)
    (clause,) = (each for each in parse(Source(text)).disputes[0].clauses if each.kind is ClauseKind.REVIEWER)
    assert clause.prose is not None
    assert clause.prose.text.startswith("The Physician Reviewer based")
