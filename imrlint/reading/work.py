"""Whether the worker works, as a sentence says in whatever words: "is back at her old job", "was kept off the line"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.knowledge.language.function_words import alternatives


class Work(NamedTuple):
    """Characters of a sentence that say that somebody works, or does not."""

    start: int
    end: int
    works: bool


_OWN = (
    r"(?:(?:his|her|the|any|full|full-time|part-time|regular|usual|modified|light|restricted|old|normal|paid) ){1,4}"
    rf"(?:{alternatives('place of work')})"
)
_NOW = r"(?:now |still |also |since |currently |presently )?"
_WORKS = Pattern(
    rf"\b(?:(?:is|was|has been|had been) {_NOW}(?:back (?:at|on|in|to) {_OWN}"
    r"|working\b(?! (?:up|as an? \w+ when|when|diagnos)))"
    r"|(?:continues|continued) (?:to work|working)\b"
    rf"|(?:has|have|had) (?:since )?(?:returned|gone back|resumed)(?: to)? {_OWN}"
    rf"|has worked (?=(?:since|half|full|part|on|at|in)\b)|(?:returned|went back|is back) to {_OWN})"
)
_OFF_WORK = Pattern(
    r"\b(?:(?:has|have|had|is|was)(?: not|n['’]t| never) (?:yet )?(?:worked\b|been (?:working\b"
    rf"|(?:back )?(?:at|to) {_OWN}|able to (?:return|go back|work|(?:do|take up) {_OWN}))"
    rf"|(?:returned|gone back) to {_OWN})"
    rf"|(?:kept|remain(?:s|ed)?|stay(?:s|ed)?|been|is|was) (?:off|out of|away from) {_OWN})"
)
_NAMED = ("work", "back", "return", "resum", "kept", "remain", "stay", "off ", "out of", "away")


def find_work(sentence: str) -> Iterator[Work]:
    """What a sentence in lower case says of whether somebody works, at most once each way."""
    if any(word in sentence for word in _NAMED):
        for pattern, works in ((_WORKS, True), (_OFF_WORK, False)):
            if match := pattern.search(sentence):
                yield Work(*match.span(), works)
