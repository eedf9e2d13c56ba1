"""Quotations: words of a record or a guideline rather than the letter's own."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import Enum

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place, Prose
from imrlint.knowledge.language.wordings import any_of


class QuoteSource(Enum):
    """Whose words a quotation repeats, as the sentence around it says."""

    RECORD = "the medical records"
    GUIDELINE = "a guideline"
    REVIEW = "the claims administrator"
    REQUEST = "the request, or the name of an item"
    UNKNOWN = "not said"


_SOURCES = Pattern(
    rf"\b(?:(?P<GUIDELINE>{any_of('guideline', 'authority', 'evidence')}|recommend\w*)"
    rf"|(?P<REVIEW>{any_of('utilization review', 'claims administrator', 'refusal')}|peer review\w*|reviewers?)"
    rf"|(?P<REQUEST>{any_of('wanted')}|items?|titled?|entitled|(?:so-)?called|named|coded?|cpt)"
    rf"|(?P<RECORD>{any_of('record')}|{any_of('provider', 'provider role')}|exam(?:ination)?|chart\w*|summary))\b",
    re.IGNORECASE,
)
_NEAR = 200  # characters within which a sentence names the source of a quotation
_CHAIN = 20  # quotations that may follow one another from one source
_QUOTED = re.compile(r'"[^"]{1,2000}"|“[^”]{1,2000}”')


def find_quotations(prose: Prose) -> tuple[Place, ...]:
    """The quotations of a prose with their quotation marks, in order."""
    return tuple(Place(prose, *match.span()) for match in _QUOTED.finditer(prose.text))


def is_quoted(at: int, quotations: Sequence[Place]) -> bool:
    """Whether character `at` of a prose is part of one of its quotations, which are in order."""
    number = bisect_right(quotations, at, key=lambda each: each.start) - 1
    return number >= 0 and quotations[number].holds(at)


def select_quotations(quotations: Sequence[Place], place: Place) -> tuple[Place, ...]:
    """Those of the quotations of a prose, which are in order, that a place has a character in common with."""
    first = bisect_right(quotations, place.start, key=lambda each: each.end)
    last = bisect_left(quotations, place.end, key=lambda each: each.start)
    return tuple(quotations[first:last])


def find_quote_source(quotation: Place, quotations: Sequence[Place]) -> QuoteSource:
    """Whose words a quotation repeats: what its sentence names last before it, or else first after it.

    A quotation that follows another one without words between them is from the same source. `quotations` are
    those of the prose, in order.
    """
    text = quotation.prose.text
    number = bisect_left(quotations, quotation.start, key=lambda each: each.start)
    first = quotation
    for before in reversed(quotations[max(number - _CHAIN, 0) : number]):
        if text[before.end : first.start].strip(" ,.;"):
            break
        first = before
    named = list(_SOURCES.finditer(text, max(first.sentence.start, first.start - _NEAR), first.start))
    if named:
        return QuoteSource[str(named[-1].lastgroup)]
    limit = quotation.end + _NEAR
    ending = text.find(". ", quotation.end, limit)
    after = _SOURCES.search(text, quotation.end, ending if ending >= 0 else limit)
    return QuoteSource[str(after.lastgroup)] if after else QuoteSource.UNKNOWN
