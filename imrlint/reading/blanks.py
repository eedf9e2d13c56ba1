"""Blanks: the words that word processors and mail merges leave where nobody wrote anything."""

from __future__ import annotations

import re

from imrlint.document.text import Source, Span

# Nobody writes such words, so they are looked for in the whole text.
_LEFT_BY_PROGRAM = re.compile(
    r"\b(?:[Cc]lick|Tap)(?: or (?:tap|click))?(?: here)? to (?:enter|add|choose|select|insert|edit)"
    r"(?: an?| your| the)?(?: \w+)?\b\.?"
    r"|\b(?:Choose|Select|Pick) (?:an item|a date|a building block|an option)\b\.?"
    r"|\b(?:Enter|Type|Insert) (?:your |the )?(?:\w+ )?(?:text|name|date|number) here\b\.?"
    r"|«[^«»\n]{1,60}»|<<\w[^<>\n]{0,60}>>|\{\{[^{}\n]{1,60}\}\}|\$\{\w[^{}\n]{0,60}\}"
    r"|\{ ?(?:MERGEFIELD|REF|FILLIN|ASK|DOCPROPERTY|DOCVARIABLE|FORMTEXT|FORMDROPDOWN)\b[^{}\n]{0,80}\}".replace(
        " ", r"\s"
    )
)
_MARKS = ("lick", "Tap", "Choose", "Select", "Pick", "Enter", "Type", "Insert", "«", "<<", "{")


def find_blanks(source: Source) -> tuple[Span, ...]:
    """The places of blanks: those that the file itself names, and what has the words of one."""
    named, text = source.blanks, source.text
    if not any(mark in text for mark in _MARKS):
        return named
    found = (Span(*match.span()) for match in _LEFT_BY_PROGRAM.finditer(text))
    return (*named, *(each for each in found if not any(each.overlaps(other) for other in named)))
