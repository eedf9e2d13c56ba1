"""Verbs that do not go with their subject or their auxiliary, and sentences in which they do."""

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.knowledge.language import corrections
from imrlint.reading.verb_groups import find_verb_slips


def slips(text: str) -> list[tuple[str, str]]:
    prose = Prose(Source(text, "letter.txt"), Span(0, len(text)))
    return [(slip.place.text, slip.right) for slip in find_verb_slips(prose, lambda _: False)]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("He do not drink.", "do", "does"),
        ("The calf is soft, She do not limp.", "do", "does"),
        ("On examination she have a limp.", "have", "has"),
        ("In March he don't recall a fall.", "don't", "doesn't"),
        ("The wound is dry, She deny fever.", "deny", "denies"),
        ("He go to the gym.", "go", "goes"),
        ("Prior injections was of no help.", "was", "were"),
        ("Home exercises has been learnt.", "has", "have"),
        ("Other therapies was not named.", "was", "were"),
        ("The tablets is taken at night.", "is", "are"),
        ("She had having trouble with stairs.", "had having", "was having"),
        ("He has being seen by a surgeon.", "being", "been"),
        ("Surgery could has waited.", "has", "have"),
        ("The brace would is of use.", "is", "be"),
        ("She did not had a fever.", "had", "have"),
        ("The swelling has since return.", "return", "the participle"),
        ("He has never complain of this.", "complain", "the participle"),
        ("The need has not established.", "has not established", "has not been established"),
        ("Functional improvement has not documented in these notes.", "has not documented", "has not been documented"),
        ("Radiculopathy has not clearly demonstrated.", "has not clearly demonstrated",
         "has not clearly been demonstrated"),
    ],
)  # fmt: skip
def test_slips_are_found(text: str, wrong: str, right: str) -> None:
    assert slips(text) == [(wrong, right)]


@pytest.mark.parametrize(
    "text",
    [
        "Neither does he have a fever, nor did she have one.",
        "The surgeon recommended that he have a scan, and asked she do the exercises.",
        "Her husband and she have two children.",
        "The relief he had had was brief.",
        "What the tests show is plain. Whatever helps is welcome.",
        "Lifting boxes is hard. Diabetes is present. Orthotics is the field.",
        "Two tablets is the dose. Each of the injections was useful.",
        "One of his sisters was present. A review of the notes was made.",
        "The patient reports is a phrase.",
        "The note has not established a diagnosis, and improvement has not provided the answer.",
        "Medical necessity has not been established.",
        "He has since returned to work, and has never been in need of help.",
        "He does not have a fever, and she did not have one.",
        "She would have had surgery.",
        "The surgery she had has helped.",
        "He also walks. She then went home. He will go.",
    ],
)
def test_right_sentences_have_none(text: str) -> None:
    assert slips(text) == []


@pytest.mark.parametrize(("word", "right"), [("denys", "denies"), ("trys", "tries"), ("carrys", "carries")])
def test_a_verb_that_keeps_its_y_is_corrected(word: str, right: str) -> None:
    found = corrections.correct(word)
    assert found.candidates == (right,)
    assert found.likely


@pytest.mark.parametrize("word", ["phys", "delays", "corduroys"])
def test_another_word_with_ys_is_not_taken_for_one(word: str) -> None:
    assert not any(other.endswith("ies") for other in corrections.correct(word).candidates)
