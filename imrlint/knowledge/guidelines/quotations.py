"""Wordings of guidelines that letters quote again and again, with the numbers in them.

Source: the table `quotations.tsv`. In a wording `{}` is a number or a range, to be compared with the
column `numbers`; `[words]` are optional; `…` marks the place of the words of the column `lost`, without
which the sense changes; and `=` is the word of the column `right`, for which letters sometimes have a
similar one. A figure may stand before or after the diagnosis that it belongs to: a row each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from imrlint.document.patterns import Pattern
from imrlint.knowledge import registry
from imrlint.knowledge.language import numbers
from imrlint.knowledge.registry import QuotationRow
from imrlint.once import cached_property

_GAP = r"[^a-z0-9;]{1,4}"
_ONE = rf"(?:[0-9]+|{numbers.COUNT_WORDS})"
_RANGE = rf"{_ONE}(?:[ -]{{0,2}}(?:[–-]|to|or)[ -]{{0,2}}{_ONE})?"
_PIECE = re.compile(r"\[(?P<optional>[^\]]*)\]|(?P<plain>\S+)")
_SPOKEN = re.compile(_ONE)


@dataclass(frozen=True)
class Quotation:
    """One wording. `pattern` is for text in lower case; it can match only where `anchor` stands.

    Its groups `n0`, `n1`… are the numbers, to be compared with `numbers`; `word` is the word that
    must be `right`. Where `lost` is not empty, the pattern finds the wording without these words.
    """

    wording: str
    anchor: str
    written: str
    numbers: tuple[str, ...]
    right: str
    lost: str
    documents: frozenset[str]
    subjects: frozenset[str]

    @cached_property
    def pattern(self) -> Pattern:
        """The pattern, made on first use."""
        return Pattern(self.written)


@cache
def quotations() -> tuple[Quotation, ...]:
    """Every wording, in the order of the table."""
    return tuple(_made(row) for row in registry.QUOTATIONS.rows)


def upper_number(said: str) -> int:
    """The number, or the upper end of the range, that words or figures say."""
    return int(numbers.value(_SPOKEN.findall(said)[-1]))


def is_within(said: str, right: str) -> bool:
    """Whether a number, or the upper end of a range, is the `right` number or in the `right` range."""
    ends = [int(numbers.value(end)) for end in _SPOKEN.findall(right)]
    return ends[0] <= upper_number(said) <= ends[-1]


def _made(row: QuotationRow) -> Quotation:
    pattern = anchor = ""
    count = 0
    for piece in _PIECE.finditer(row.wording):
        gap = _GAP if pattern else r"\b"
        if optional := piece["optional"]:
            pattern += rf"(?:{_GAP}{_joined(optional)})?"
            continue
        match piece["plain"]:
            case "{}":
                pattern += rf"{gap}(?P<n{count}>{_RANGE})"
                count += 1
            case "=":
                pattern += rf"{gap}(?P<word>[a-z]+)"
            case "…":
                pass
            case "for":  # what follows a full stop or a comma belongs to other words
                pattern += " for"
            case word:
                pattern += gap + re.escape(word)
                anchor = max(anchor, word, key=len)
    return Quotation(
        row.wording, anchor, rf"{pattern}\b", row.numbers, row.right, row.lost, row.documents, row.subjects
    )


def _joined(words: str) -> str:
    return _GAP.join(map(re.escape, words.split()))
