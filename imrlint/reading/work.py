"""Whether the worker works, as a sentence says in whatever words: "is back at her old job", "was kept off the line"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.knowledge.language.function_words import alternatives


class Work(NamedTuple):
    """Characters of a sentence that say that somebody works, or does not, without the auxiliary before them."""

    start: int
    end: int
    works: bool


_OWN = rf"(?:(?:{alternatives('adjective of work')}) ){{1,4}}(?:[a-z]+ )?(?:{alternatives('place of work')})"
_WORKS = Pattern(
    rf"\b(?:(?:{alternatives('phrase of working')})\b(?! up| as an? \w+ when| when| diagnos)"
    rf"|(?:{alternatives('phrase of return')}) {_OWN}"
    rf"|work(?:s|ed|ing) (?:[\w-]+ ){{1,2}}(?:{alternatives('rate of working hours')}))\b"
)
_OFF_WORK = Pattern(
    rf"\b(?:(?:{alternatives('phrase of not working')})|(?:{alternatives('phrase of staying away')}) {_OWN})\b"
)
_AUXILIARY = re.compile(r"(?:ha[sd]|is|was) ")  # stands before what is said
_NAMED = ("work", "back", "return", "resum", "kept", "remain", "stay", "away", "off ", "out of")


def find_work(sentence: str) -> Iterator[Work]:
    """What a sentence in lower case says of whether somebody works, at most once each way."""
    if any(word in sentence for word in _NAMED):
        for pattern, works in ((_WORKS, True), (_OFF_WORK, False)):
            if match := pattern.search(sentence):
                auxiliary = _AUXILIARY.match(match.group())
                yield Work(match.start() + (auxiliary.end() if auxiliary else 0), match.end(), works)
