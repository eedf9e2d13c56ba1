"""Plain text and Markdown, edited in their own encoding and with their own line ends."""

from __future__ import annotations

from collections.abc import Sequence

from imrlint.findings import Edit
from imrlint.source import Kind, encodings, markdown
from imrlint.source.errors import Refused
from imrlint.text import Span, View


class TypedRevision:
    """A text file that can be edited."""

    def __init__(self, content: bytes, kind: Kind, encoding: str | None) -> None:
        self._written = encodings.decoded(content, encoding)
        self._view: View | None = markdown.printed(self._written.text) if kind is Kind.MARKDOWN else None

    def can(self, edit: Edit) -> bool:
        try:
            self._written.bytes_of(edit.text)
        except Refused:
            return False
        return True

    def made(self, edits: Sequence[Edit]) -> bytes:
        text = self._written.text
        for edit in sorted(edits, reverse=True):
            start, end = self._place(edit.span)
            text = text[:start] + edit.text + text[end:]
        return self._written.bytes_of(text)

    def _place(self, span: Span) -> Span:
        return self._view.span(*span) if self._view else span
