"""Plain text and Markdown, edited in their own encoding and with their own line ends."""

from __future__ import annotations

from collections.abc import Sequence

from imrlint.document.text import View
from imrlint.engine.findings import Edit
from imrlint.revision.narrowing import narrowed
from imrlint.source import Kind, encodings, markdown
from imrlint.source.errors import Refused


class TypedRevision:
    """A text file that can be edited."""

    def __init__(self, content: bytes, kind: Kind, encoding: str | None) -> None:
        self._written = encodings.decoded(content, encoding)
        self._view: View | None = markdown.printed(self._written.text) if kind is Kind.MARKDOWN else None

    def can(self, edit: Edit) -> bool:
        """Whether the encoding has the words, and no mark of Markdown stands where they are to stand."""
        if self._view is not None:
            span = narrowed(edit, self._view.text).span
            start, end = self._view.span(*span)
            if self._written.text[start:end] != self._view.text[span.start : span.end]:
                return False
        try:
            self._written.bytes_of(edit.text)
        except Refused:
            return False
        return True

    def made(self, edits: Sequence[Edit]) -> bytes:
        text = self._written.text
        for edit in sorted(edits, reverse=True):
            place, words = edit
            if self._view is not None:
                place, words = narrowed(edit, self._view.text)
                place = self._view.span(*place)
            text = text[: place.start] + words + text[place.end :]
        return self._written.bytes_of(text)
