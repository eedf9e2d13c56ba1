"""Guideline clauses: documents, years, sections, pages."""

from __future__ import annotations

import pytest

from imrlint.model import Prose
from imrlint.parser.citation import citations
from imrlint.text import Source, Span

MTUS = "Decision based on MTUS"
FREE = "Decision based on Non-MTUS Citation"

CASES = [
    (
        f"{MTUS} Chronic Pain Treatment Guidelines, Page(s): 49.",
        [("CPMTG2009", None, [], [49])],
    ),
    (
        f"{MTUS} Chronic Pain Treatment Guidelines < Ketamine Page(s): s 56 and 57.",
        [("CPMTG2009", None, ["Ketamine"], [56, 57])],
    ),
    (
        f"{MTUS} ACOEM Chapter 13 Knee Complaints Page(s): 341, 347.",
        [("ACOEM-13", None, [], [341, 347])],
    ),
    (
        f"{MTUS} Chronic Pain Medical Treatment 2016, Section(s): Topical analgesics.",
        [("CPMTG2016", 2016, ["Topical analgesics"], [])],
    ),
    (
        f"{MTUS} Forearm, Wrist, and Hand Complaints 2004, Section(s): Summary, and Opioid Treatment 2016.",
        [("ACOEM-11", 2004, ["Summary"], []), ("OPIOID2016", 2016, [], [])],
    ),
    (
        f"{MTUS} Elbow Disorders 2007, Section(s): Cornerstones. {FREE} Official Disability"
        " Guidelines (ODG), Elbow Chapter, 2016, MRI.",
        [("ACOEM-10", 2007, [None], []), ("ODG", None, [], [])],
    ),
    (
        "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS Guidelines. Decision based"
        " on Non-MTUS Citation A Textbook of Hands, 3rd edition.",
        [(None, None, [], [])],
    ),
    ("The Claims Administrator did not cite any medical evidence for its decision.", []),
    ("", []),
]


def prose(text: str) -> Prose:
    return Prose(Source(text), Span(0, len(text)))


@pytest.mark.parametrize(("clause", "expected"), CASES, ids=[case[0][:60] for case in CASES])
def test_citations(clause: str, expected: list[object]) -> None:
    cited, nothing = citations(prose(clause))
    assert nothing == ("did not cite" in clause)
    assert [
        (c.document, c.year and c.year.value, [s.value for s in c.sections], [p.value for p in c.pages]) for c in cited
    ] == expected


def test_every_leaf_has_its_place() -> None:
    text = f"{MTUS} Knee\nComplaints 2004, Section(s): Special\nStudies. Page(s): 341."
    (cited,), _ = citations(prose(text))
    assert cited.name.raw == "Knee\nComplaints"
    assert text[slice(*cited.sections[0].span)] == "Special\nStudies"
    assert cited.year is not None
    assert text[slice(*cited.year.span)] == "2004"
    assert text[slice(*cited.pages[0].span)] == "341"
    assert text[slice(*cited.span)].startswith("Knee")


def test_free_text_outside_the_mtus_is_kept_whole() -> None:
    (cited,), _ = citations(prose("Decision based on Non-MTUS Citation ODG, Knee, Table 2, 2016."))
    assert (cited.mtus, cited.name.value) == (False, "ODG, Knee, Table 2, 2016")
