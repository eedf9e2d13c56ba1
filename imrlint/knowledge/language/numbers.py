"""Numbers as letters write them: in figures, in words, or both ("twelve (12)"). Source: the table `numbers.tsv`."""

from __future__ import annotations

import re

from imrlint.knowledge import registry


def _values(*sorts: str) -> dict[str, int]:
    return {row.word: row.value for row in registry.NUMBERS.rows if row.sort in sorts}


def _alternatives(words: dict[str, int]) -> str:
    """A pattern for any of the words, the longest first, without a group around it."""
    return "|".join(sorted(words, key=len, reverse=True))


def _counts() -> str:
    """A pattern for the numbers from one to nine hundred and ninety-nine, without a group around it."""
    counts = _values("count")
    digits = _alternatives({word: count for word, count in counts.items() if count < _TEN})
    tens = _alternatives({word: count for word, count in counts.items() if 2 * _TEN <= count < _HUNDRED})
    teens = _alternatives({word: count for word, count in counts.items() if _TEN <= count < 2 * _TEN})
    below = rf"(?:{tens})(?:[ -](?:{digits})(?![\w-]))?|{teens}|{digits}"
    return rf"(?:{digits}) hundred(?: (?:and )?(?:{below})\b)?|{below}"


_TEN, _HUNDRED = 10, 100
ORDINALS = _values("order")  # "first": 1
COUNT_WORDS = _counts()  # "one", "twenty-four", "one hundred and twenty"
WORDS = f"{COUNT_WORDS}|{_alternatives(_values('times'))}"  # with "once", "twice"
_VALUES = _values("count", "times")
SINGLE_WORDS = frozenset(
    (
        *_values("count"),
        *(
            f"{ten}-{digit}"
            for ten, value in _values("count").items()
            for digit, rest in _values("count").items()
            if value >= 2 * _TEN and rest < _TEN
        ),
    )
)
"""Every number that is written as one word: "twelve", "twenty-four"."""

_SPELLED = {value: word for word, value in _values("count").items()}
_SPELLED_ORDER = {value: word for word, value in ORDINALS.items()}

_NUMBER = re.compile(rf"\d+(?:,\d{{3}})*(?:\.\d+)?|\b(?:{WORDS})\b", re.IGNORECASE)
_TWICE = re.compile(rf"\b({WORDS}) ?\(\d+\)", re.IGNORECASE)


def spell(number: int, *, order: bool = False) -> str:
    """A whole number as one word, with `order` as "first" is; "" for one that the table does not have."""
    return (_SPELLED_ORDER if order else _SPELLED).get(number, "")


def value(printed: str) -> float:
    """What one number, in figures or in words, says. Raises `ValueError` where it is no number."""
    if not printed[:1].isalpha():
        return float(printed.replace(",", ""))
    total = 0
    for word in printed.casefold().replace("-", " ").split():
        if word == "hundred":
            total *= _HUNDRED
        elif word != "and":
            if word not in _VALUES:
                raise ValueError(f"no number: {printed}")
            total += _VALUES[word]
    return float(total)


def read(printed: str) -> list[float]:
    """Each number in the words, in order. "twelve (12)" is one number."""
    return [value(number) for number in _NUMBER.findall(_TWICE.sub(r"\1", printed))]
