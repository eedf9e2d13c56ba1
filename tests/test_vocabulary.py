"""Terms are found in one pass, whatever parts them, and with their places in the text as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from imrlint import kept
from imrlint.document.letter import Strength
from imrlint.knowledge import terms
from imrlint.knowledge.medicine import anatomy, drugs, strengths, treatments, vocabulary
from imrlint.knowledge.terms import Terms


def found(text: str) -> list[tuple[str, str]]:
    return [(text[term.start : term.end], getattr(term.meaning, "name", "")) for term in vocabulary.find(text)]


def test_places_are_those_of_the_text_as_it_stands() -> None:
    assert found("X- RAYS of the  -  right shoulder") == [("X- RAYS", "x-ray"), ("shoulder", "shoulder")]
    assert found("EMG/NCV") == [("EMG/NCV", "electromyography")]


def test_the_longest_term_wins_in_its_lane() -> None:
    assert ("hip replacement", "arthroplasty") in found("hip replacement")
    assert ("hip", "hip") in found("hip replacement")
    assert [name for _, name in found("trigger point injection")] == ["trigger point injection"]


def test_a_term_is_no_part_of_a_word() -> None:
    assert list(Terms([("arm", 1)]).find("harm, army and alarm")) == []
    assert [term.start for term in Terms([("arm", 1)]).find("İ an arm")] == [5]


def test_regions_overlap_where_one_lies_in_the_other() -> None:
    assert anatomy.overlap("shoulder", "arm")
    assert anatomy.overlap("neck", "spine")
    assert not anatomy.overlap("neck", "low back")
    assert anatomy.limb_of("knee") == "leg"
    assert anatomy.limb_of("neck") == "neck"


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("10/325mg", Strength((10, 325), "mg")),
        ("1,000 mg", Strength((1000,), "mg")),
        ("5 percent", Strength((5,), "%")),
        (".05%", Strength((0.05,), "%")),
        ("none", None),
    ],
)
def test_strengths_are_read(text: str, strength: Strength | None) -> None:
    assert strengths.read(text) == strength


def test_strengths_ever_marketed() -> None:
    norco, baclofen = drugs.look_up("Norco"), drugs.look_up("baclofen")
    assert norco
    assert baclofen
    assert Strength((10, 325), "mg") in drugs.strengths_of(norco)
    assert Strength((100,), "mg") not in drugs.strengths_of(baclofen)
    assert drugs.is_topical(norco) is False


def test_every_treatment_says_its_kind_and_known_needs() -> None:
    assert {need for _, treatment in treatments.entries() for need in treatment.needs} == {
        "part",
        "frequency",
        "quantity",
    }


@pytest.mark.parametrize("name", ["levothyroxine", "Liothyronine", "WARFARIN", "atorvastatin", "allopurinol"])
def test_generics_of_which_only_strengths_are_known(name: str) -> None:
    drug = drugs.look_up(name)
    assert drug
    assert drug.drug_class == ""
    assert drugs.strengths_of(drug)


@pytest.mark.parametrize("words", ["low iron and calcium", "drank water", "an estradiol of 20", "urea"])
def test_what_blood_tests_find_is_no_drug(words: str) -> None:
    assert not list(drugs.find(words))


@pytest.mark.parametrize(
    "text", ["A urine drug test", "urine drug tests of urine", "a drug, a urine drug test kit", "urine"]
)
def test_terms_are_found_alike_by_their_words_and_by_the_automaton(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    named = [("urine drug test", 1), ("urine drug test confirmation", 2), ("urine", 3), ("drug", 4), ("test kit", 5)]
    by_words = list(Terms(named, plurals=True).find(text))
    assert by_words
    assert all(term.end <= len(text) for term in by_words)
    monkeypatch.setattr(terms, "_WORTH", 0)
    assert list(Terms(named, plurals=True).find(text)) == by_words


def test_terms_that_were_kept_are_those_that_were_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_find_path", lambda name: tmp_path / name)
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    text = "A urine drug test of the left-sided drug, L4-L5 urine and a no urine drug."
    named = [("urine drug test", 1), ("urine", 2), ("drug", 3), ("Drug", 4), ("left-sided", 5), ("l4-l5 urine", 6)]

    def keep(entries: list[tuple[str, int]]) -> Terms[int]:
        return terms.keep_terms("some", (), lambda: entries, describe=lambda each: (each,), restore=int, lane=type)

    made = list(Terms(named, lane=type).find(text))
    assert [term.meaning for term in made] == [1, 5, 3, 6, 2, 3]
    assert list(keep(named).find(text)) == made
    recalled = keep([])  # the files are as they were: nothing is made anew
    assert recalled.look_up("L4-L5 urine") == 6
    assert list(recalled.find(text)) == made
    monkeypatch.setattr(terms, "_WORTH", 0)
    assert list(keep([]).find(text)) == made
