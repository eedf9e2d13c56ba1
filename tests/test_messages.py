"""Words of a letter in messages: quoted so that they can be left out again."""

from __future__ import annotations

import pytest

from imrlint.engine.messages import mask_quotations, quote


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("Restoril", '"Restoril"'),
        ("the lumbar\n  spine", '"the lumbar spine"'),
        ('"so called" sprain', "\"'so called' sprain\""),
        ("Physical therapy, twice a week", '"Physical therapy …"'),
        ("x" * 30, f'"{"x" * 18} …"'),
    ],
)
def test_quoted_words_are_short_and_in_one_line(words: str, quoted: str) -> None:
    assert quote(words, longest=20) == quoted


@pytest.mark.parametrize("words", ["Restoril", 'a "b" c', "word " * 40, ""])
def test_nothing_of_quoted_words_is_left_when_masked(words: str) -> None:
    assert mask_quotations(f"not the disputed drug: {quote(words)} here") == 'not the disputed drug: "…" here'
