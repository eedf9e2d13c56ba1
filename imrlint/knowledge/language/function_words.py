"""Words of grammar by kind: auxiliaries, determiners, prepositions, and others that sentences are read by.

Source: the table `function_words.tsv`.
"""

from __future__ import annotations

from functools import cache

from imrlint.knowledge import registry


@cache
def members(kind: str) -> frozenset[str]:
    """The words of a kind, in lower case. Raises `KeyError` for a kind that there is not."""
    return {row.kind: row.words for row in registry.FUNCTION_WORDS.rows}[kind]


@cache
def alternatives(*kinds: str) -> str:
    r"""A pattern for any word of some kinds, the longest first, without a group around it.

    It bounds no words: write `\b` around it. Raises `KeyError` for a kind that there is not.
    """
    words = frozenset[str]().union(*map(members, kinds))
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))
