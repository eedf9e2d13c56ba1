"""Editing plain text and Markdown in their own encoding and with their own line ends."""

from __future__ import annotations

from collections.abc import Sequence

from imrlint.document.text import View
from imrlint.engine.findings import Edit
from imrlint.revision.narrowing import narrow_edit
from imrlint.source import Kind, encodings, markdown
from imrlint.source.errors import Refused


class TypedRevision:
    """A text file that can be edited."""

    def __init__(self, content: bytes, kind: Kind, encoding: str | None) -> None:
        self._encoded = encodings.decode(content, encoding)
        self._view: View | None = markdown.strip_markup(self._encoded.text) if kind is Kind.MARKDOWN else None

    def can_apply(self, edit: Edit) -> bool:
        """Whether the encoding has the new characters, and no Markdown markup stands among the old ones."""
        if self._view is not None:
            span = narrow_edit(edit, self._view.text).span
            start, end = self._view.span(*span)
            if self._encoded.text[start:end] != self._view.text[span.start : span.end]:
                return False
        try:
            self._encoded.encode(edit.text)
        except Refused:
            return False
        return True

    def locate(self, edit: Edit) -> Edit:
        """The edit in characters of the file, whose Markdown markup the text of the letter does not have."""
        if self._view is None:
            return edit
        place, words = narrow_edit(edit, self._view.text)
        return Edit(self._view.span(*place), words)

    def apply(self, edits: Sequence[Edit]) -> bytes:
        text = self._encoded.text
        for place, words in map(self.locate, sorted(edits, reverse=True)):
            text = text[: place.start] + words + text[place.end :]
        return self._encoded.encode(text)
