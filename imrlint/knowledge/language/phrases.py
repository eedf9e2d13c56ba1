"""Groups of words that are wrong in English or in this field, and the right ones.

Source: the table `phrases.tsv`. A pattern is a regular expression over the words of a prose, its
group `wrong` what is reported; it is tried only where one of its anchors stands: a word, or two
words in a row, in lower case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from imrlint.document.patterns import Pattern
from imrlint.knowledge import registry
from imrlint.once import cached_property


@dataclass(frozen=True)
class Phrase:
    """A group of words that is wrong, and `right`: what to write, or what is missing.

    `kind` is "word" where another word was meant, "missing" where one is missing, and "agree" where
    two do not agree.
    """

    kind: str
    written: str
    right: str

    @cached_property
    def pattern(self) -> Pattern:
        """The pattern, made on first use: a letter needs few of them."""
        return Pattern(self.written, re.IGNORECASE)


Anchor = str | tuple[str, str]


@cache
def phrases() -> dict[Anchor, tuple[Phrase, ...]]:
    """Every phrase, by each of its anchors."""
    found: dict[Anchor, tuple[Phrase, ...]] = {}
    for row in registry.PHRASES.rows:
        phrase = Phrase(row.kind, row.pattern, row.right)
        for said in row.anchor:
            first, _, second = said.partition(" ")
            anchor = (first, second) if second else first
            found[anchor] = (*found.get(anchor, ()), phrase)
    return found


@cache
def single_anchors() -> frozenset[str]:
    """The anchors of one word."""
    return frozenset(anchor for anchor in phrases() if isinstance(anchor, str))


@cache
def double_anchors() -> frozenset[tuple[str, str]]:
    """The anchors of two words."""
    return frozenset(anchor for anchor in phrases() if isinstance(anchor, tuple))
