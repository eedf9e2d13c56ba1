"""Apply fixes to a text."""

from __future__ import annotations

from collections.abc import Iterable

from imrlint.findings import Fix


def apply(text: str, fixes: Iterable[Fix]) -> str:
    """The text after as many fixes as do not overlap; of two that do, the earlier in the text."""
    taken: list[tuple[int, int, str]] = []
    for fix in sorted(fixes, key=lambda fix: fix.edits):
        spans = [(edit.span.start, edit.span.end, edit.text) for edit in fix.edits]
        if not any((s < end and start < e) or (s, e) == (start, end) for s, e, _ in spans for start, end, _ in taken):
            taken += spans
    for start, end, words in sorted(taken, reverse=True):
        text = text[:start] + words + text[end:]
    return text
