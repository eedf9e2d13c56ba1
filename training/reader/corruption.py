"""Slips in clean sentences, as dictation and typing make them, with what was right.

A word of a sentence is what stands between spaces. Each word of a corrupted sentence has a label:

- KEEP: it is right;
- REPLACE: another word should stand there, the target; two words where they were run together;
- DELETE: it should not stand there;
- INSERT: a word, the target, is missing before it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from reader.near_words import SMALL_WORD_SETS, SMALL_WORDS

KEEP, REPLACE, DELETE, INSERT = range(4)

_CORE = re.compile(r"^([\"'(\[]*)([A-Za-z]+(?:'[a-z]+)?)([\"')\],.;:?!]*)$")
_ARTICLES = frozenset(("a", "an", "the"))
_LOST = {
    "of": 12, "the": 16, "a": 10, "an": 3, "to": 8, "in": 6, "for": 6, "is": 6, "was": 6, "are": 4, "were": 3, "and": 4,
    "with": 4, "that": 4, "as": 3, "at": 3, "on": 4, "by": 2, "be": 4, "been": 4, "from": 3, "has": 4, "have": 3,
    "had": 3, "or": 1, "it": 1, "there": 1, "not": 1, "does": 1, "which": 1, "than": 1,
}  # fmt: skip
_ADDED = tuple(_LOST)
_ADDED_WEIGHTS = tuple(accumulate(_LOST.values()))
_KINDS, _PLACES = 4, 24  # kinds of slips, and places for each, that are tried in a sentence


class Mix(NamedTuple):
    """How often each kind of slip is made, in relation to the others."""

    near: float = 48.0  # a near word for a long one
    small: float = 14.0  # a small word for another
    lost: float = 22.0
    added: float = 10.0
    split: float = 6.0  # one word as two, two as one


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with slips: its words, their labels, and the target of each word that has one."""

    words: list[str]
    labels: list[int]
    targets: list[str | None]

    @classmethod
    def right(cls, words: Sequence[str]) -> Example:
        """A sentence without slips."""
        return cls(list(words), [KEEP] * len(words), [None] * len(words))


class Corruptor:
    """Makes slips with a source of randomness that is its own.

    `near` has the candidates of each word with their weights, as `NearWords.find` gives them.
    """

    def __init__(self, near: Mapping[str, Sequence[tuple[str, float]]], seed: int, mix: Mix | None = None) -> None:
        self.random = random.Random(seed)
        self._near = {
            word: ([other for other, _ in found], list(accumulate(weight for _, weight in found)))
            for word, found in near.items()
            if found
        }
        self._mix = list(accumulate(mix or Mix()))
        self._makers = (self._exchange_long, self._exchange_small, self._lose, self._add, self._split)  # as in Mix

    def corrupt(self, words: Sequence[str], share: float) -> Example:
        """A sentence with slips, in a `share` of the sentences, else as it is; some as a fragment or in capitals."""
        example = Example.right(self._restyle(list(words)))
        if example.words and self.random.random() < share:
            for _ in range(self.random.choices((1, 2, 3), (70, 22, 8))[0]):
                example = self._slip(example)
        return example

    def _restyle(self, words: list[str]) -> list[str]:
        style = self.random.random()
        if style < 0.06 and len(words) > 10:  # a fragment
            start = self.random.randrange(len(words) - 5)
            return words[start : start + self.random.randint(5, 14)]
        if style < 0.09:  # as notes are written, without any article
            kept = [word for word in words if word.lower() not in _ARTICLES]
            return kept if len(kept) > 4 else words
        if style < 0.11:
            return [word.upper() for word in words]
        if style < 0.14 and words:  # without its full stop
            last = words[-1].rstrip(".")
            return [*words[:-1], last] if last else words[:-1]
        return words

    def _slip(self, example: Example) -> Example:
        """The sentence with one slip more at a random place; the same where none can be made."""
        for _ in range(_KINDS):
            make = self.random.choices(self._makers, cum_weights=self._mix)[0]
            for _ in range(_PLACES):
                at = self.random.randrange(len(example.words))
                around = example.labels[max(at - 1, 0) : at + 2]
                match = _CORE.match(example.words[at])
                if match and all(label == KEEP for label in around):
                    changed = make(example, at, *match.groups())
                    if changed is not None:
                        return changed
        return example

    def _exchange_long(self, example: Example, at: int, before: str, core: str, after: str) -> Example | None:
        return None if core.lower() in SMALL_WORDS else self._exchange(example, at, before, core, after)

    def _exchange_small(self, example: Example, at: int, before: str, core: str, after: str) -> Example | None:
        return self._exchange(example, at, before, core, after) if core.lower() in SMALL_WORDS else None

    def _exchange(self, example: Example, at: int, before: str, core: str, after: str) -> Example | None:
        found = self._near.get(core.lower())
        capitals = _in_capitals(example.words)
        if not found or (core.isupper() and 1 < len(core) < 6 and not capitals):
            return None  # an abbreviation
        other = self.random.choices(found[0], cum_weights=found[1])[0]
        other = other.upper() if capitals else match_case(other, core)
        return _with(example, at, 1, [before + other + after], [REPLACE], [core])

    def _lose(self, example: Example, at: int, before: str, core: str, after: str) -> Example | None:
        if before or after or not 0 < at < len(example.words) - 1:
            return None  # notes begin without an article
        weight = _LOST.get(core.lower(), 0.15)
        if self.random.random() * 8 > weight:
            return None
        return _with(example, at, 2, [example.words[at + 1]], [INSERT], [core])

    def _add(self, example: Example, at: int, before: str, core: str, after: str) -> Example | None:  # noqa: ARG002
        if at == 0:
            return None
        kind, small = self.random.random(), core.lower()
        alike = [words for words in SMALL_WORD_SETS if small in words]
        if kind < 0.35 and alike:  # what is left of an edit
            added = self.random.choice(sorted(self.random.choice(alike) - {small}))
        elif kind < 0.4 and at > 1:
            added = example.words[at - 2]
        elif kind < 0.5 and small in self._near:
            added = self._near[small][0][0]
        else:
            added = self.random.choices(_ADDED, cum_weights=_ADDED_WEIGHTS)[0]
        if _in_capitals(example.words):
            added = added.upper()
        if not added.isalpha() or added.lower() in (small, example.words[at - 1].lower()):
            return None  # a doubled word needs no reader
        return _with(example, at, 1, [added, example.words[at]], [DELETE, KEEP], [None, None])

    def _split(self, example: Example, at: int, before: str, core: str, after: str) -> Example | None:
        if self.random.random() < 0.5:
            cuts = [i for i in range(1, len(core)) if core[:i].lower() in self._near and core[i:].lower() in self._near]
            if not cuts or len(core) < 5:
                return None
            cut = self.random.choice(cuts)
            return _with(example, at, 1, [before + core[:cut], core[cut:] + after], [REPLACE, DELETE], [core, None])
        if at + 1 >= len(example.words) or after or before:
            return None
        following = _CORE.match(example.words[at + 1])
        if not following or following[1] or (core + following[2]).lower() not in self._near:
            return None
        return _with(example, at, 2, [core + following[0]], [REPLACE], [f"{core} {following[2]}"])


def _with(
    example: Example, at: int, length: int, words: list[str], labels: list[int], targets: list[str | None]
) -> Example:
    """An example with words in place of `length` of its words."""
    end = at + length
    return Example(
        [*example.words[:at], *words, *example.words[end:]],
        [*example.labels[:at], *labels, *example.labels[end:]],
        [*example.targets[:at], *targets, *example.targets[end:]],
    )


def _in_capitals(words: Sequence[str]) -> bool:
    return len(words) > 1 and " ".join(words).isupper()


def match_case(word: str, model: str) -> str:
    """A word with the capitals of another."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
