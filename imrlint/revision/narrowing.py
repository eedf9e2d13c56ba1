"""Narrowing an edit to the characters that change."""

from __future__ import annotations

from imrlint.document.text import Span
from imrlint.engine.findings import Edit


def narrow_edit(edit: Edit, text: str) -> Edit:
    """The same edit of `text` without the characters that the old and the new words share at either end."""
    old = text[edit.span.start : edit.span.end]
    before = _common_prefix_length(old, edit.text)
    after = _common_prefix_length(old[before:][::-1], edit.text[before:][::-1])
    span = Span(edit.span.start + before, edit.span.end - after)
    return Edit(span, edit.text[before : len(edit.text) - after])


def _common_prefix_length(one: str, other: str) -> int:
    both = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(both) if a != b), min(len(one), len(other)))
