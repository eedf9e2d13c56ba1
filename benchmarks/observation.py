"""What imrlint finds in a text, and which of it a right letter did not have already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from editing.letter import Span

import imrlint


class Found(NamedTuple):
    """A finding: the name of its rule, whether it is more than a note, where it is, and the other places it shows."""

    rule: str
    serious: bool
    place: Span
    others: tuple[Span, ...]

    def meets(self, *places: Span) -> bool:
        """Whether the finding or one of its other places shares a character with one of some places."""
        return any(own.meets(place) for own in (self.place, *self.others) for place in places)


def find_defects(text: str, name: str) -> list[Found]:
    """Every finding in a letter; serious are warnings and errors."""
    return [
        Found(
            diagnostic.name,
            diagnostic.severity.word in ("warning", "error"),
            Span(*diagnostic.finding.span),
            tuple(Span(*note.span) for note in diagnostic.finding.notes),
        )
        for diagnostic in imrlint.check(text, name).diagnostics
    ]


def drop_known(found: Iterable[Found], before: Iterable[Found], move: Callable[[Span], Span]) -> list[Found]:
    """The findings that were not there before; one is known again by its rule and its place, which `move` tells."""
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
    """A share as 0.42, "-" of nothing."""
    return f"{part / whole:.2f}" if whole else "-"
