"""The alternatives of a regular expression, each also as an expression without the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from imrlint.document.patterns import Pattern


@dataclass(frozen=True, eq=False)
class Alternative:
    """One alternative of a group: its text, and the whole pattern without the other alternatives of the group."""

    text: str
    pattern: str
    flags: int

    @cached_property
    def alone(self) -> re.Pattern[str] | None:
        """The compiled pattern without the other alternatives; None where it cannot be compiled."""
        try:
            return re.compile(self.pattern, self.flags)
        except re.error:  # it may refer to a group that belonged to another alternative
            return None


def split_alternatives(pattern: re.Pattern[str] | Pattern) -> list[Alternative]:
    """The alternatives in all groups of a pattern; none for a pattern without any."""
    source = pattern.pattern
    flags = pattern.flags & ~re.UNICODE
    found = []
    for start, end, bars in _groups(source):
        cuts = [start - 1, *bars, end]
        for before, after in pairwise(cuts):
            text = source[before + 1 : after]
            found.append(Alternative(text, source[:start] + text + source[end:], flags))
    return found


def _groups(source: str) -> Iterator[tuple[int, int, list[int]]]:
    """The start and end of the content of each group with alternatives, and the offsets of its bars."""
    opened: list[tuple[int, list[int]]] = [(0, [])]
    at = 0
    while at < len(source):
        character = source[at]
        if character == "\\":
            at += 2
            continue
        if character == "[":
            at = _after_class(source, at)
            continue
        if character == "(":
            at = _after_opening(source, at)
            opened.append((at, []))
            continue
        if character == ")":
            start, bars = opened.pop()
            if bars:
                yield start, at, bars
        elif character == "|":
            opened[-1][1].append(at)
        at += 1
    start, bars = opened[0]
    if bars:
        yield start, len(source), bars


def _after_class(source: str, at: int) -> int:
    """The offset after the character class that begins at `at`."""
    at += 2 if source[at + 1] == "^" else 1
    if source[at] == "]":
        at += 1
    while source[at] != "]":
        at += 2 if source[at] == "\\" else 1
    return at + 1


_OPENING = re.compile(r"\((?:\?(?:P<\w+>|:|=|!|<=|<!|>|[aiLmsux-]+:))?")


def _after_opening(source: str, at: int) -> int:
    """The offset at which the content of the group that opens at `at` begins."""
    opening = _OPENING.match(source, at)
    assert opening is not None
    return opening.end()
