"""What fixes change in a text: whole words before and after."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from imrlint.document.text import Span
from imrlint.engine.findings import Edit

_SPACE = re.compile(r"\s")


class RuleEdit(NamedTuple):
    """An edit, and the rule whose finding it resolves."""

    edit: Edit
    rule: str


class Change(NamedTuple):
    """Words of a letter that fixes changed: their place in the letter before, the words before and after, the rules."""

    span: Span
    before: str
    after: str
    rules: tuple[str, ...]


def list_changes(before: str, after: str, edits: Iterable[RuleEdit]) -> Iterator[Change]:
    """The changes that make one text of another, in order.

    `after` is `before` with the edits made; they do not overlap. Both may have masked characters. An edit
    becomes a change of whole words, and edits within the same words become one change.
    """
    shift = 0  # how much further to the right a character stands afterwards
    for group in _group_by_words(before, sorted(edits)):
        start, end = _find_words(before, group[0].edit).start, _find_words(before, group[-1].edit).end
        growth = sum(len(each.edit.text) - (each.edit.span.end - each.edit.span.start) for each in group)
        old, new = before[start:end], after[start + shift : end + shift + growth]
        rules = tuple(dict.fromkeys(each.rule for each in group))
        yield _without_signs(Change(Span(start, end), old, new, rules))
        shift += growth


def _without_signs(change: Change) -> Change:
    """The change without the punctuation around its words, where that stays the same."""
    (start, end), old, new, rules = change
    while len(old) > 1 and len(new) > 1 and old[-1] == new[-1] and not old[-1].isalnum():
        old, new, end = old[:-1], new[:-1], end - 1
    while len(old) > 1 and len(new) > 1 and old[0] == new[0] and not old[0].isalnum():
        old, new, start = old[1:], new[1:], start + 1
    return Change(Span(start, end), old, new, rules)


def trace_back(offset: int, edits: Iterable[Edit]) -> int:
    """Where a character of a text was before these edits, which do not overlap; what an edit wrote was at its place."""
    shift = 0
    for edit in sorted(edits):
        start = edit.span.start + shift
        if offset < start + len(edit.text):
            return min(offset, start) - shift
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    return offset - shift


def _group_by_words(text: str, edits: Sequence[RuleEdit]) -> Iterator[list[RuleEdit]]:
    """The edits, those within the same words together."""
    group: list[RuleEdit] = []
    for each in edits:
        if group and _find_words(text, each.edit).start >= _find_words(text, group[-1].edit).end:
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _find_words(text: str, edit: Edit) -> Span:
    """The whole words that an edit is in; where only space changes, those before and after it."""
    start, end = edit.span
    if not text[start:end].strip() and not edit.text.strip():
        start = len(text[:start].rstrip())
        end += len(text[end:]) - len(text[end:].lstrip())
    while start and not text[start - 1].isspace():
        start -= 1
    after = _SPACE.search(text, end)
    return Span(start, after.start() if after else len(text))
