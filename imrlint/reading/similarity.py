"""Finding in a text the words that are nearest to others, and where the two part."""

from __future__ import annotations

import re
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein, Opcodes

from imrlint.document.prose import Place, Prose

_JOINT = 2  # words
_WORD = re.compile(r"[a-z0-9][\w'’/-]*", re.IGNORECASE)


class Likeness(NamedTuple):
    """The place that is nearest to some words, and how near it is, of 100."""

    place: Place
    score: float


class Difference(NamedTuple):
    """Characters `start` up to `end` of some words, from the first word that differs to the last."""

    start: int
    end: int


def find_nearest(words: str, prose: Prose) -> Likeness | None:
    """The place in a prose nearest to `words`, by whole words; None when nothing is near at all."""
    text = prose.text
    lowered, wanted = text.lower(), words.lower()
    found = fuzz.partial_ratio_alignment(wanted, lowered, score_cutoff=60)
    if found is None:
        return None
    start = lowered.rfind(" ", 0, found.dest_start + 1) + 1 if found.dest_start else 0
    end = lowered.find(" ", max(found.dest_end - 1, start))
    end = len(text) if end < 0 else end
    said = _words(words)
    if _holds(said, _words(text)):
        return Likeness(Place(prose, start, end), 100.0)
    there = _words(text[start:end])
    outer = _outer(Levenshtein.opcodes(said, there), len(said))
    apart = Levenshtein.distance(said, there) - outer
    return Likeness(Place(prose, start, end), 100 * (1 - apart / max(len(said), 1)))


def find_difference(words: str, other: str) -> Difference | None:
    """The characters of `words`, from the first word that differs from `other` to the last.

    How a quotation is joined to its sentence, its first two words, counts only where nothing else differs.
    """
    said = list(_WORD.finditer(words))
    edits = Levenshtein.opcodes([match.group().lower() for match in said], _words(other))
    changed = [e for e in edits if e.tag != "equal" and not (e.tag == "insert" and e.src_start in (0, len(said)))]
    inner = [e for e in changed if e.src_start >= _JOINT] or changed
    if not inner:
        return None
    first, last = inner[0], inner[-1]
    start = said[min(first.src_start, len(said) - 1)].start()
    end = said[min(max(last.src_end - 1, first.src_start), len(said) - 1)].end()
    return Difference(start, end)


def _outer(edits: Opcodes, length: int) -> int:
    """How many words the other text has before and behind these, which are no difference."""
    ends = (edit for edit in edits if edit.tag == "insert" and edit.src_start in (0, length))
    return sum(edit.dest_end - edit.dest_start for edit in ends)


def _words(text: str) -> list[str]:
    return [match.group().lower() for match in _WORD.finditer(text)]


def _holds(said: list[str], text: list[str]) -> bool:
    """Whether the words stand in the text in a row."""
    first = said[0] if said else None
    return any(text[i : i + len(said)] == said for i, word in enumerate(text) if word == first)
