"""The findings in a text, and those that the correct letter does not have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from editing.letter import Span

import imrlint
from imrlint.settings.config import Config


class Found(NamedTuple):
    """A finding. `serious` is true for warnings and errors; `others` are the places in its notes."""

    rule: str
    serious: bool
    place: Span
    others: tuple[Span, ...]

    def overlaps(self, *places: Span) -> bool:
        """Whether the finding, or a place in its notes, shares a character with one of the places."""
        return any(own.overlaps(place) for own in (self.place, *self.others) for place in places)


def find_defects(text: str, name: str, config: Config | None = None) -> list[Found]:
    """The findings in a letter, under a configuration or the built-in defaults."""
    return [
        Found(
            diagnostic.name,
            diagnostic.severity.word in ("warning", "error"),
            Span(*diagnostic.finding.span),
            tuple(Span(*note.span) for note in diagnostic.finding.notes),
        )
        for diagnostic in imrlint.check(text, name, config).diagnostics
    ]


def drop_known(found: Iterable[Found], before: Iterable[Found], move: Callable[[Span], Span]) -> list[Found]:
    """The findings without those before an edit, compared by rule and place; `move` maps places to the new text."""
    known = Counter((old.rule, old.serious, move(old.place)) for old in before)
    new = []
    for finding in found:
        key = (finding.rule, finding.serious, finding.place)
        if known[key]:
            known[key] -= 1
        else:
            new.append(finding)
    return new


def print_share(part: float, whole: float) -> str:
    """A share such as 0.42; "-" where the total is 0."""
    return f"{part / whole:.2f}" if whole else "-"
