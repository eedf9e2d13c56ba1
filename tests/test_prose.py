"""Running text: searched as one line, answering with places in the letter."""

from __future__ import annotations

import re

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span

# Letters whose lower case is longer, or whose case folding is; a ligature; and letters with combining marks.
FOREIGN = ("\u0130\u0130\u0130", "Stra\u00dfe \u1e9e", "\ufb01ve", "e\u0301 I\u0307 n\u0303")


def prose(text: str) -> Prose:
    return Prose(Source(text), Span(0, len(text)))


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("pain in\nthe   neck", "pain in the neck"),
        ("one \n\n \n\ntwo\r\nthree", "one two three"),
        ("non- \n\nresolving", "non-resolving"),
        ("on 12-\n31-16", "on 12-31-16"),
        ("mild - \nmoderate", "mild - moderate"),
        ("L4-\nL5", "L4-L5"),
        ("a\n\fb", "a b"),
        (" \n a\t", " a "),
        (" \n ", " "),
        ("", ""),
    ],
)
def test_gaps_become_one_space_and_broken_words_whole(raw: str, folded: str) -> None:
    assert prose(raw).text == folded


@pytest.mark.parametrize(
    "raw", ["pain in\nthe   neck", "non- \n\nresolving\r\n\r\n  trigger-\n\n points", "a-\nb -\nc"]
)
def test_each_character_has_its_place_in_the_letter(raw: str) -> None:
    found = prose(raw)
    for i, character in enumerate(found.text):
        span = found.locate(i, i + 1)
        assert found.place(i, i + 1).span == span
        assert found.source[span] == character or (character == " " and not found.source[span].strip())


def test_a_hit_across_a_line_break_has_its_true_place() -> None:
    text = "There is cervical radicu-\nlopathy in the left\n  upper extremity."
    found = prose(text)
    (hit,) = found.find(re.compile(r"left (?P<part>upper extremity)"))
    assert text[slice(*hit.span)] == "left\n  upper extremity"
    assert text[slice(*hit.place_of("part").span)] == "upper extremity"
    assert hit.group("part") == "upper extremity"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Pain is 7.5 of 10. It is worse.", ["Pain is 7.5 of 10.", "It is worse."]),
        ("Seen by Dr. Blank on 1/2/2016. No. 3 is next.", ["Seen by Dr. Blank on 1/2/2016.", "No. 3 is next."]),
        ("The answer is no. Therapy failed.", ["The answer is no.", "Therapy failed."]),
        ("J. B. is a worker. She lifts.", ["J. B. is a worker.", "She lifts."]),
        ('He said "it hurts." Then he left.', ['He said "it hurts."', "Then he left."]),
        ("Use drugs (e.g. Norco) briefly. Stop! Why? Because.", None),
        ("See p. 46 and pp. 98-99. Done.", ["See p. 46 and pp. 98-99.", "Done."]),
        ("without a full stop", ["without a full stop"]),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str] | None) -> None:
    expected = ["Use drugs (e.g. Norco) briefly.", "Stop!", "Why?", "Because."] if sentences is None else sentences
    assert [sentence.text for sentence in prose(text).sentences] == expected


def test_sentences_have_places() -> None:
    text = "First\none here. Second\nis there."
    assert [text[slice(*sentence.span)] for sentence in prose(text).sentences] == [
        "First\none here.",
        "Second\nis there.",
    ]


def test_a_place_knows_its_sentence_and_its_neighbours() -> None:
    found = prose("First one here. Second is\nthere, and more.")
    (hit,) = found.find(re.compile(r"is there"))
    place = hit.place
    assert place.text == "is there"
    assert place.sentence.text == "Second is there, and more."
    assert (place.before, place.after) == ("Second ", ", and more.")
    assert place.part(3, 8).text == "there"
    assert place.part(3, 8).span == Span(26, 31)
    assert place.holds(place.start)
    assert not place.holds(place.end)
    assert place.overlaps(place.part(3, 8))
    assert not place.overlaps(found.place(0, place.start))


@pytest.mark.parametrize("foreign", FOREIGN)
def test_lower_case_moves_no_letter(foreign: str) -> None:
    words = prose(f"{foreign} She DENIES pain")
    place = words.place(words.text.index("DENIES"), words.text.index(" pain"))
    assert len(words.lower) == len(words.text)
    assert place.lower == "denies"


def test_a_ligature_is_read_as_its_letters() -> None:
    text = "Speciﬁc\u00ad ﬁndings in the oﬃce were ﬂat; the ﬀ sign and a long-\nterm eﬀect."
    prose = Prose(Source(text), Span(0, len(text)))
    assert prose.text == "Specific findings in the office were flat; the ff sign and a long-term effect."
    for word, printed in (
        ("findings", "ﬁndings"),
        ("office", "oﬃce"),
        ("long-term", "long-\nterm"),
        ("effect", "eﬀect"),
    ):
        start = prose.text.index(word)
        assert prose.source[prose.locate(start, start + len(word))] == printed
