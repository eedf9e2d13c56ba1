r"""Wordings that mean the same to a reader of letters, by group: persons, times, outcomes of a request…

Source: the table `wordings.tsv`. A wording is a regular expression without groups that capture, for text in
any case; a group is what a pattern is composed of: `rf"\b{any_of('worker', 'pronoun')}\b"`.
"""

from __future__ import annotations

from functools import cache

from imrlint.knowledge import registry


def groups() -> tuple[str, ...]:
    """The names of the groups, in the order of the table."""
    return tuple(_by_group())


def wordings(group: str) -> tuple[str, ...]:
    """The wordings of a group, in the order of the table. Raises `KeyError` for a group that there is not."""
    return _by_group()[group]


@cache
def any_of(*names: str) -> str:
    r"""A pattern for any wording of some groups, the longest first, in one group that does not capture.

    It bounds no words: write `\b` around it. Raises `KeyError` for a group that there is not.
    """
    distinct = dict.fromkeys(wording for name in names for wording in wordings(name))
    return f"(?:{'|'.join(sorted(distinct, key=len, reverse=True))})"


@cache
def _by_group() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in registry.WORDINGS.rows:
        found[row.group] = (*found.get(row.group, ()), row.wording)
    return found
