"""Words of a letter in messages: quoted so that they can be left out."""

from __future__ import annotations

import pytest

from imrlint.engine.messages import masked, quote


@pytest.mark.parametrize(
    ("words", "quotation"),
    [
        ("lumbar\n  spine", '"lumbar spine"'),
        ('an "old" knee', "\"an 'old' knee\""),
        ("the left shoulder", '"the left …"'),
        ("electromyography", '"electromyogra …"'),
    ],
)
def test_quotations_are_one_line_and_not_too_long(words: str, quotation: str) -> None:
    assert quote(words, longest=15) == quotation


def test_a_quotation_is_masked_as_a_whole() -> None:
    quotation = quote('the "old" knee')
    assert masked(f"called left, but {quotation} has no sides") == 'called left, but "…" has no sides'
