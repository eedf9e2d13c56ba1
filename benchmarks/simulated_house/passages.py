"""The passages of the house: what its letters say in the same words again and again, each in accepted variants."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from .tables import read_table

_SLOT = re.compile(r"\{([^}]+)\}")
_RARE = 5  # percent of a passage


class Variant(NamedTuple):
    """A wording of a passage; from `since` up to `until`, as times from 0 to 1, it is the wording of the house."""

    name: str
    share: int
    since: float
    until: float
    text: str

    @property
    def is_rare(self) -> bool:
        return self.share <= _RARE


@dataclass(frozen=True)
class Passage:
    """A passage.

    `role` says where it stands: recital, standard, closing, notice (in a rationale) or review (in the summary).
    `kinds` are those of the requests that it is about, none for a passage on any request; `decision` is that of the
    rationales in which it may stand, or "any". `novel` is a further right wording, which no letter of the archive has.
    """

    name: str
    role: str
    kinds: frozenset[str]
    decision: str
    variants: tuple[Variant, ...]
    novel: Variant

    def suits(self, kind: str, decision: str) -> bool:
        """Whether the passage may stand in a rationale of a decision on a request."""
        return (not self.kinds or kind in self.kinds) and self.decision in ("any", decision)

    @property
    def editions(self) -> list[tuple[float, tuple[Variant, ...]]]:
        """The variants of each edition, with the time at which it ends."""
        ends = sorted({variant.until for variant in self.variants})
        return [(end, tuple(variant for variant in self.variants if variant.until == end)) for end in ends]


@cache
def read_passages() -> tuple[Passage, ...]:
    """The passages of the house, in the order of the table."""
    rows = read_table("passages.tsv")
    novel = {row["passage"]: Variant("novel", 0, 0, 1, row["text"]) for row in read_table("novel.tsv")}
    heads = {row["passage"]: row for row in reversed(rows)}
    return tuple(
        Passage(
            name,
            head["role"],
            frozenset() if head["kinds"] == "any" else frozenset(head["kinds"].split("|")),
            head["decision"],
            tuple(_build_variant(row) for row in rows if row["passage"] == name),
            novel[name],
        )
        for name, head in reversed(heads.items())
    )


def _build_variant(row: Mapping[str, str]) -> Variant:
    return Variant(row["variant"], int(row["share"]), float(row["since"]), float(row["until"]), row["text"])


class Wording:
    """A variant as one reviewer writes it: words of the house, and slots for facts of the case."""

    def __init__(self, passage: Passage, variant: Variant, habits: Mapping[str, str], gap: str) -> None:
        self.passage = passage
        self.variant = variant
        text = _SLOT.sub(lambda slot: habits.get(slot[1], slot[0]), variant.text)
        text = text.replace("'", habits["'"]).replace(". ", "." + gap)
        self._parts = _SLOT.split(text)  # words of the house and names of facts by turns

    def write(self, facts: Mapping[str, str]) -> str:
        """The text with the facts of a case. Raises `KeyError` where the case lacks one."""
        words = self._parts[:]
        words[1::2] = [facts[name] for name in words[1::2]]
        text = "".join(words)
        return text[0].upper() + text[1:]

    def find_facts(self, facts: Mapping[str, str]) -> list[tuple[int, int]]:
        """Where the facts stand in the text, as starts and ends."""
        found, at = [], 0
        for number, part in enumerate(self._parts):
            length = len(facts[part]) if number % 2 else len(part)
            if number % 2:
                found.append((at, at + length))
            at += length
        return found
