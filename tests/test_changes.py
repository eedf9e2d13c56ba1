"""Lists of what fixes changed: whole words, at the place where they stood before."""

from __future__ import annotations

import random

from imrlint.document.text import Span
from imrlint.engine.changes import Change, RuleEdit, list_changes, trace_back
from imrlint.engine.findings import Edit


def make(text: str, edits: list[Edit]) -> str:
    for edit in sorted(edits, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def changes(text: str, *edits: tuple[int, int, str, str]) -> list[Change]:
    made = [RuleEdit(Edit(Span(start, end), new), rule) for start, end, new, rule in edits]
    return list(list_changes(text, make(text, [each.edit for each in made]), made))


def test_a_change_is_of_whole_words() -> None:
    assert changes("a knea pain", (5, 6, "e", "misspelling")) == [Change(Span(2, 6), "knea", "knee", ("misspelling",))]


def test_edits_within_the_same_words_are_one_change() -> None:
    (one,) = changes("knea,and", (3, 4, "e", "misspelling"), (5, 5, " ", "missing-space"))
    assert one == Change(Span(0, 8), "knea,and", "knee, and", ("misspelling", "missing-space"))


def test_a_space_is_shown_with_its_neighbours() -> None:
    (one,) = changes("the  knee hurts", (4, 5, "", "x"))
    assert (one.before, one.after) == ("the  knee", "the knee")


def test_words_that_are_deleted_leave_nothing() -> None:
    assert [(one.before, one.after) for one in changes("of of the", (2, 5, "", "x"))] == [("of of", "of")]
    assert [one.after for one in changes("so of", (3, 5, "", "x"))] == [""]


def test_later_changes_are_where_they_were_before() -> None:
    first, second = changes("aa bb cc", (0, 2, "aaaa", "x"), (6, 8, "c", "y"))
    assert (first.span, second) == (Span(0, 2), Change(Span(6, 8), "cc", "c", ("y",)))


def test_a_character_is_traced_back_to_where_it_was() -> None:
    rng = random.Random(7)
    for _ in range(200):
        text = "".join(chr(0x4E00 + i) for i in range(40))  # no character twice
        cuts = sorted(rng.sample(range(41), 6))
        edits = [Edit(Span(*cuts[i : i + 2]), "x" * rng.randrange(4)) for i in (0, 2, 4)]
        after = make(text, edits)
        for offset, sign in enumerate(after):
            found = trace_back(offset, edits)
            if sign == "x":
                assert any(edit.span.start == found for edit in edits)
            else:
                assert text[found] == sign
