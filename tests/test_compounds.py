"""Words that are joined with a hyphen before a noun, as `training/compounds.py` counts them."""

from __future__ import annotations

import compounds

from imrlint.knowledge.language.compounds import compounds as known

TEXT = [
    "Long-term use of the drug, and long-term relief, in the long term as in long term care.",
    "The non-steroidal drug and the 3-month trial; a well-known and evidence-based guideline.",
]


def test_joined_and_apart_are_counted_before_nouns_only() -> None:
    counts = compounds.count_compounds(TEXT)
    assert counts["long", "term"] == compounds.Count(2, 1)
    assert counts["evidence", "based"] == compounds.Count(1, 0)
    assert ("non", "steroidal") not in counts


def test_a_compound_is_joined_often_and_nearly_always() -> None:
    assert compounds.Count(40, 5).is_compound
    assert not compounds.Count(40, 30).is_compound
    assert not compounds.Count(3, 0).is_compound


def test_the_rows_of_the_table_are_pairs_of_words_that_make_a_compound() -> None:
    small = compounds.small_words()
    assert ("long", "term") in known()
    for first, second in known():
        assert compounds.split_pair(f"{first}-{second}", small) == (first, second)
