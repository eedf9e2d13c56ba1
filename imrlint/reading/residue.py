"""What narrows a claim that something is absent: "no *formal* therapy within the *past year*".

Words of grammar, of reporting and doing narrow nothing, nor does what the case has anyway ("for this condition", "since
the injury"), nor other terms of a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from imrlint.knowledge.language import function_words
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine.terminology import TermKind
from imrlint.reading import absence_triggers
from imrlint.reading.absence_triggers import DENIAL
from imrlint.reading.records import Record

# What is known: "for this chronic condition", "in the notes of the surgeon"; what is of time narrows a claim.
_DEFINITE = re.compile(
    r"(?<!since )(?<!after )(?<!during )(?<!within )\b(?:this|these|those|the|his|her)"
    rf"(?: (?!(?:{any_of('earlier', 'another')}|last|preceding|most|recent|latest|same|other|opposite|new|second"
    rf"|current|present|{function_words.alternatives('preposition')})\b)[\w-]+){{1,3}}"
)
_AFTER = re.compile(rf"\b(?:after|following) (?:(?:{function_words.alternatives('determiner')}) )?")
_EVER = re.compile(r"\bsince (?:the |his |her )?(?:\w+ )?(?:injury|accident)\b")
_AT_ANY_TIME = re.compile(r"\bat any (?:time|point)\b")
_NEXT = 20  # characters from there to the injury
_SHOWING = re.compile(rf"(?: \w+)? (?:{any_of('result')}|\w+ing)(?: \w+){{0,3}} ")  # "imaging showing a tear"
_LISTING = re.compile(r"\b(?:and|or|nor)\b")
_DATE = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}")
_WORD = re.compile(r"[a-z][a-z'-]*[a-z](?!\d)|[a-z]?\d(?:[\w/.-]*\w)?")


class Named(NamedTuple):
    """A record of a sentence, with its characters in the text of the sentence."""

    start: int
    end: int
    record: Record


class Extent(NamedTuple):
    """The characters of a claim: all that may narrow it, and those that deny its term behind it."""

    start: int
    end: int
    denying: tuple[int, int] = (0, 0)


def _narrows(text: str, other: Named, named: Named) -> bool:
    """Whether a term before another one narrows it, not stands in a list with it: "failed care with therapy"."""
    between = text[other.end : named.start]
    return other.end <= named.start and not _LISTING.search(between) and not any(mark in between for mark in ",;/")


def find_residue(text: str, extent: Extent, named: Named, beside: Sequence[Named], base: int) -> frozenset[str]:
    """The words of a claim on a term that narrow it, in lower case.

    `text` is the sentence in lower case, which begins at character `base` of its prose, and `beside` are its terms.
    """
    between, denying = (extent.start, extent.end), extent.denying
    denial = [denying, *(match.span() for match in DENIAL.finditer(text, *between))]
    taken = [
        (each.start, each.end)
        for each in beside
        if each is named
        or not (
            _narrows(text, each, named)
            or _SHOWING.fullmatch(text, named.end, max(each.start, named.end))
            or (not each.record.says_normal and any(a < each.end and each.start < b for a, b in denial))
        )
    ]
    taken += [(site.place.start - base, site.place.end - base) for site in named.record.sites]
    taken += [match.span() for each in (_EVER, _AT_ANY_TIME) for match in each.finditer(text, *between)]
    taken += [match.span() for match in _DEFINITE.finditer(text, max(named.end, denying[1]), between[1])]
    taken += [
        match.span()
        for match in _AFTER.finditer(text, *between)
        if any(0 <= each.start - match.end() < _NEXT and each.record.term.kind is TermKind.FINDING for each in beside)
    ]
    framing, empty = absence_triggers.framing_words(), absence_triggers.empty_words()
    return frozenset(
        match.group()
        for match in _WORD.finditer(text, *between)
        if not _DATE.fullmatch(match.group())
        and not match.group().endswith("'s")  # whose record it is
        and not absence_triggers.is_pointing(match.group())
        and match.group() not in (framing if match.start() < named.end else empty)
        and not any(a < match.end() and match.start() < b for a, b in (*taken, *denial))
    )
