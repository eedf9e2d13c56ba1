"""Spans, lines and views."""

from __future__ import annotations

from imrlint.document.text import Source, Span, View


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
