"""Names that stand beside one another: in a list, which may say their last word once, or in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imrlint.document.prose import Place

# Behind one of a list of risks: "aspirin, corticosteroids or an anticoagulant".
_AMONG_CLASSES = re.compile(r"\W+(?:\w+ ){0,3}(?:corticosteroids?|anticoagulants?)\b")
_LIST_GOES_ON = re.compile(r"\s*[,;/]|\s+n?or\b|\s+and\b")
_LIST_BEFORE = re.compile(r"[,/]\s*$|\b(?:and|n?or|neither|both)\s*$")
_BRACKET = re.compile(r"\s*\(\s*")


def is_listed(name: Place, others: Sequence[Place]) -> bool:
    """Whether a name is one of a list: a comma, "and" or "or" stands beside it, and one of the `others` on that side.

    The others are of the same sentence.
    """
    goes_on = _LIST_GOES_ON.match(name.after) and any(each.start > name.end for each in others)
    went_on = _LIST_BEFORE.search(name.before) and any(each.end <= name.start for each in others)
    return bool(goes_on or went_on)


def is_among_classes(place: Place) -> bool:
    """Whether a drug is one of a list of risks, which goes on with whole classes: "aspirin, corticosteroids or"."""
    return _AMONG_CLASSES.match(place.after) is not None


def shares_last_word(name: Place, sentence: Place) -> bool:
    """Whether a sentence has a name of several words in a list that says their last word once: "mid and low back"."""
    first, _, rest = name.lower.partition(" ")
    listed = rf"\b{re.escape(first)},? (?:[\w-]+, )*(?:and|or) (?:[\w-]+ )?{re.escape(rest)}\b"
    return bool(rest) and re.search(listed, sentence.lower) is not None


def are_bracketed(one: Place, two: Place) -> bool:
    """Whether the later of two names stands in brackets behind the other: "zolpidem (Ambien)"."""
    first, second = sorted((one, two), key=lambda place: place.start)
    return bool(_BRACKET.fullmatch(one.prose.text, first.end, second.start))
