"""Spans, lines and views."""

from __future__ import annotations

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span, View, fold_case, replace_odd_letters


def test_positions_count_lines_and_columns_from_one() -> None:
    source = Source("one\r\ntwo\nthree")
    assert source.position(0) == (1, 1)
    assert source.position(5) == (2, 1)
    assert source.position(len(source.text)) == (3, 6)
    assert source[source.line(1)] == "one"
    assert source[source.line(3)] == "three"


def test_spans_cover() -> None:
    assert Span(0, 4).covers(Span(1, 4))
    assert not Span(0, 4).covers(Span(1, 5))


def test_a_view_maps_verbatim_runs_character_by_character() -> None:
    view = View([("alpha", 10, 15), (" ", 15, 20), ("beta", 20, 24)])
    assert view.text == "alpha beta"
    assert view.span(1, 3) == Span(11, 13)
    assert view.span(4, 8) == Span(14, 22)
    assert view.span(10, 10) == Span(24, 24)


def test_a_view_maps_a_run_that_stands_for_something_else_as_a_whole() -> None:
    view = View([("CLINICAL", 3, 10), ("\n", 10, 11)])
    assert view.span(2, 4) == Span(3, 10)
    assert view.span(0, 9) == Span(3, 11)


def test_an_empty_view_has_a_place() -> None:
    assert View([]).span(0, 0) == Span(0, 0)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one\ntwo\nthree", ["one", "two", "three"]),
        ("one\rtwo\r\nthree", ["one", "two", "three"]),
        ("one\vtwo\vthree", ["one", "two", "three"]),
        ("one\x85two\u2028three\u2029four\n", ["one", "two", "three", "four\n"]),
        ("one\vstill one\ntwo", ["one\vstill one", "two"]),
        ("", [""]),
    ],
)
def test_lines_end_as_in_an_editor(text: str, lines: list[str]) -> None:
    source = Source(text)
    assert [source[source.line(number)] for number in range(1, len(lines) + 1)] == lines
    assert source.position(len(text)) == (len(lines), len(lines[-1]) + 1)


def every_character() -> str:
    return "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)


def test_lower_case_keeps_every_place() -> None:
    whole = every_character()
    assert len(fold_case(whole)) == len(replace_odd_letters(whole)) == len(whole)
    assert fold_case("İNJECTION ıs ſix 5 MG K") == "injection is six 5 mg k"
    assert fold_case("Straße, ÀÉ, 25 μg") == "straße, àé, 25 \xb5g"


def test_what_a_pattern_takes_for_a_letter_is_that_letter() -> None:
    """A pattern without regard to case matches it in a list of words, and what it matched is then looked up there."""
    import re

    ascii_letters = re.compile("[a-z]", re.IGNORECASE)
    taken = [each for each in every_character() if not each.isascii() and ascii_letters.match(each)]
    assert len(taken) == 4
    assert replace_odd_letters("".join(taken)).isascii()
    text = "two İnjections, ſix tabletſ"
    assert Prose(Source(text), Span(0, len(text))).text == "two Injections, six tablets"
