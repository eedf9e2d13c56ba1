"""The text of a passage in words and numbers, as slips see it."""

from __future__ import annotations

import re
from typing import NamedTuple

from .letters import Piece
from .reviewers import NUMBERS

NEGATIONS = ("not", "no", "without", "nor", "cannot", "neither", "none", "nothing", "nobody")

_TOKEN = re.compile(r"#?\d[\d.,/]*\d%?|#?\d%?|[^\W\d_]\w*(?:['’-]\w+)*")
_OPENING = re.compile(r"[.;:?!]\s")
_JOINTS = (
    "and", "or", "but", "that", "which", "when", "where", "if", "because", "since", "with", "without", "for", "of",
    "in", "on", "at", "to", "by", "from", "after", "before", "as", "so", "while", "than", "over", "within", "under",
)  # fmt: skip


class Token(NamedTuple):
    """A word or a number of a passage.

    `fixed` is false for a fact of the case; `opens` is true where a sentence, or what follows a colon, begins.
    """

    text: str
    start: int
    end: int
    fixed: bool
    opens: bool

    @property
    def word(self) -> str:
        return self.text.lower()

    @property
    def is_number(self) -> bool:
        """Whether it is a whole number of two or more, or a share in percent; "one" is often a pronoun."""
        return self.text.removesuffix("%").isdigit() or self.word in NUMBERS[2:]

    @property
    def is_plain(self) -> bool:
        """Whether it is a word of the house that is no number and no negation."""
        return self.fixed and self.text.isalpha() and not self.is_number and self.word not in NEGATIONS


class Words(NamedTuple):
    """The text of a passage, and its words and numbers."""

    text: str
    tokens: list[Token]

    def gap(self, number: int) -> str:
        """What stands between a token and the one before it; empty before the first and behind the last."""
        if not 0 < number < len(self.tokens):
            return ""
        return self.text[self.tokens[number - 1].end : self.tokens[number].start]

    def find_joints(self) -> list[int]:
        """The tokens with which a clause or a phrase begins."""
        return [number for number, token in enumerate(self.tokens) if token.word in _JOINTS or "," in self.gap(number)]

    def find_ends(self) -> list[int]:
        """The tokens behind the ends of sentences."""
        return [number for number, token in enumerate(self.tokens) if token.opens] + [len(self.tokens)]

    def are_members(self, second: int, third: int) -> bool:
        """Whether the part up to a token and the one up to another are members of a list, which needs no order."""
        if third == len(self.tokens):
            return False
        return "," in self.gap(second) and ("," in self.gap(third) or self.tokens[third].word in ("and", "or"))


def split_words(piece: Piece) -> Words:
    """The words of a passage."""
    assert piece.wording
    facts = piece.wording.find_facts(piece.facts)
    tokens: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(piece.text):
        fixed = not any(match.start() < last and first < match.end() for first, last in facts)
        opens = not tokens or bool(_OPENING.search(piece.text, end, match.start()))
        tokens.append(Token(match.group(), match.start(), match.end(), fixed, opens))
        end = match.end()
    return Words(piece.text, tokens)


def list_words(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return [match.group().lower() for match in _TOKEN.finditer(text)]
