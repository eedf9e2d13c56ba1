"""A pattern that is sought by its words and in lower case finds what the regular expression alone finds."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from imrlint import parser, reading
from imrlint.document.patterns import Pattern, find_words
from imrlint.document.text import Source

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\b(?:left|right) knees?\b", ("left knee", "right knee")),
        (r"\b(?:pain|ache)s? the \w+", ("ache the ", "pain the ", "aches the ", "pains the ")),
        (r"\d+ (?:visits?|sessions?)", (" visit", " session")),
        (r"Utili[sz]ation\w*", ("utilisation", "utilization")),
        (r"(?:no|not)(?! longer)", ("no",)),
        (r"(?<=the )knee", ("knee",)),
        (r"(?:knee)?\d", ()),  # nothing is needed
        (r"[a-z]+|knee", ()),
        (r"(?:knee|\d)", ()),
        (r"(?:knee)*", ()),
        (r"(?:knee)+", ("knee",)),
        (r"a|b", ()),  # too short
        (r"(?s:the.knee)", ("knee",)),
        (r"(?i:the) knee", (" knee",)),
        (r"(?P<side>left|right) (?P=side)", ("left ", "right ")),
        (r"(?:did|do)n['’]t", ("don't", "don’t", "didn't", "didn’t")),
        (r"(?:naïve|knee)", ()),  # a letter with another case
    ],
)
def test_the_words_that_a_pattern_needs(pattern: str, words: tuple[str, ...]) -> None:
    assert find_words(pattern, re.IGNORECASE) == words


def test_case_counts_where_it_is_not_ignored() -> None:
    assert find_words(r"MRI|X-ray") == ("MRI", "X-ray")
    assert find_words(r"(?i)MRI") == ()
    assert Pattern(r"MRI").search("an mri") is None


def test_what_is_found_has_the_text_as_it_stands() -> None:
    pattern = Pattern(r"\b(?P<Side>left|RIGHT) [A-Z]nee\b|\W{3}", re.IGNORECASE)
    text = "The Left KNEE, the right knee — none"
    assert [match.group() for match in pattern.finditer(text)] == ["Left KNEE", "right knee", " — "]
    found = pattern.search(text)
    assert found is not None
    assert (found["Side"], found.string) == ("Left", text)
    lower = pattern.search(text.lower())
    assert lower is not None
    assert lower["Side"] == "left"  # names of groups are no words


def test_a_part_of_a_text_is_searched_as_a_regular_expression_does() -> None:
    pattern = Pattern(r"(?<=the )left knee$", re.IGNORECASE)
    text = "The LEFT knee of the left kneecap"
    assert pattern.search(text, 4, 13) is not None
    assert pattern.search(text, 5, 13) is None
    assert pattern.match(text, 4, 13) is not None
    assert pattern.search(text) is None
    assert [match.span() for match in pattern.finditer(text, 14, 30)] == [(21, 30)]


def test_every_pattern_finds_in_letters_what_its_regular_expression_finds() -> None:
    patterns = dict(_list_patterns())
    texts = list(_list_texts())
    assert len(patterns) > 200
    assert len(texts) > 50
    for name, pattern in patterns.items():
        for text in texts:
            expected = [(match.span(), match.groups()) for match in pattern.compiled.finditer(text)]
            assert [(match.span(), match.groups()) for match in pattern.finditer(text)] == expected, name
            first = pattern.search(text)
            assert (first and (first.span(), first.groups())) == (expected[0] if expected else None), name


def _list_patterns() -> Iterator[tuple[str, Pattern]]:
    for package in (reading, importlib.import_module("imrlint.rules")):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, thing in vars(importlib.import_module(info.name)).items():
                if isinstance(thing, Pattern):
                    yield f"{info.name}.{name}", thing


def _list_texts() -> Iterator[str]:
    """Sentences of the example letters, as they stand, in capitals and in lower case, and odd characters."""
    for path in (ROOT / "examples" / "slips-2017-facts.txt", ROOT / "examples" / "older-2014-format2.txt"):
        for prose in parser.parse(Source(path.read_text(encoding="utf-8"))).prose:
            yield prose.text
            for number, sentence in enumerate(prose.sentences):
                yield (sentence.text, sentence.text.upper(), sentence.lower)[number % 3]
    yield "İSTANBUL ıs the ſecond KNEE, 5 μg… “Left” – ß ẞ ﬁ"
