"""Edits cut down to the characters that change."""

from __future__ import annotations

from imrlint.document.text import Span
from imrlint.engine.findings import Edit


def narrowed(edit: Edit, text: str) -> Edit:
    """The same edit of `text` without what old and new words have in common at their ends."""
    old = text[edit.span.start : edit.span.end]
    before = _shared(old, edit.text)
    behind = _shared(old[before:][::-1], edit.text[before:][::-1])
    span = Span(edit.span.start + before, edit.span.end - behind)
    return Edit(span, edit.text[before : len(edit.text) - behind])


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    both = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(both) if a != b), min(len(one), len(other)))
