"""Where a text says that a number exceeds a limit, or keeps within it: "the 12 visits exceed that number"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language import units
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading.quantities import Bound, Quantity, is_elliptical, select_quantities
from imrlint.reading.sentences import Sentence


class Comparison(NamedTuple):
    """Words that compare a number with a limit. `quantity` is None where they only speak of "the request".

    `limits` are the quantities that the limit may be: the one named, or else those given before.
    """

    place: Place
    exceeds: bool
    quantity: Quantity | None
    limits: tuple[Quantity, ...]


_LIMIT = (
    r"(?:limits?|numbers?|figures?|thresholds?|marks?|ceilings?|cut-?offs?|maximum|range|recommendations?|guidelines?"
    r"|recommended (?:number|amount|course|visits))\b"
)
_COMPARED = Pattern(
    rf"\b(?:(?P<within>{any_of('keeps within')}|(?P<less>{any_of('is less')}))"
    rf"|(?P<exceeds>{any_of('exceeds', 'is more')})) "
    rf"(?:(?P<limit>(?:the |that |this |such a |its )?(?:(?!(?:for|normal"
    rf"|functional)\b)[\w'-]+ ){{0,6}}?{_LIMIT})|(?P<named>(?:the )?(?=\d|\w)))",
    re.IGNORECASE,
)
# Words under which nothing is claimed.
_OPEN = Pattern(
    rf"\b(?:{any_of('negation', 'condition')}|should|must|may|might|can|could|to|of|for|warrant\w*|support\w*|justif\w*"
    r"|necessitate\w*|beyond)"
    r"(?: \w+)? $",
    re.IGNORECASE,
)
_REQUEST = Pattern(r"\brequest(?:ed|s)?\b", re.IGNORECASE)
_CLAUSE = Pattern(r"[,;()]|\b(?:and|or|but|when|because|that)\b", re.IGNORECASE)  # begins another clause
_MAXIMUM = Pattern(r"\b(?:limit|maximum)", re.IGNORECASE)
_RESTATED = re.compile(r"(?: of [\w ]{1,30})?,? or (?:about )?")
_ASKED = Pattern(rf" (?:{any_of('wanted', 'granted')}|sought|further)\b", re.IGNORECASE)
_AGED = Pattern(r"\b(?:at|aged|age) $", re.IGNORECASE)
_NEAR = 90  # characters between a number and the words that compare it


def find_comparisons(sentences: Sequence[Sentence], quantities: Sequence[Quantity]) -> Iterator[Comparison]:
    """What the sentences say of numbers and limits, in order; not in quotations."""
    for sentence in sentences:
        prose, start, end = sentence.place
        for match in _COMPARED.finditer(prose.text, start, end):
            before = prose.text[start : match.start()]
            if _OPEN.search(before) or sentence.is_quoted(match.start()):
                continue
            own = [each for each in select_quantities(quantities, sentence.place) if each.least == each.most]
            near = [each for each in own if 0 <= match.start() - each.place.end <= _NEAR]
            if len(near) > 1 and _RESTATED.fullmatch(prose.text, near[-2].place.end, near[-1].place.start):
                near.pop()  # "100 hours, or four weeks, which is within the limit"
            quantity = near[-1] if near and _can_be_compared(near[-1]) else None
            if near and quantity is None:
                continue
            behind = [each for each in own if each.place.start == match.end("named")] if not match["limit"] else []
            if quantity and not quantity.is_single:
                continue
            if quantity and behind and (match["less"] or match["exceeds"]) and _are_comparable(quantity, behind[0]):
                if _CLAUSE.search(prose.text[quantity.place.end : match.start()]):
                    continue
                place = Place(prose, quantity.place.start, behind[0].place.end)
                yield Comparison(place, bool(match["exceeds"]), quantity, tuple(behind))
            elif match["limit"] and (quantity or _REQUEST.search(before)):
                first = quantity.place.start if quantity else match.start()
                limits = tuple(_find_limits(sentences, sentence, quantities, quantity))
                if _MAXIMUM.search(match["limit"]):
                    limits = tuple(each for each in limits if each.bound is Bound.MOST) or limits
                yield Comparison(Place(prose, first, match.end()), bool(match["exceeds"]), quantity, limits)


def _can_be_compared(quantity: Quantity) -> bool:
    """Whether a quantity is no share, and has its unit or leaves out one that is understood."""
    after = quantity.place.after
    return quantity.dimension != "share" and bool(
        quantity.dimension or is_elliptical(quantity.place) or _ASKED.match(after)
    )


def _are_comparable(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are of one dimension; a number whose unit is left out is a count or an age."""
    kinds = {one.dimension, other.dimension}
    if one.per != other.per:
        return False
    if not one.dimension and not _AGED.search(one.place.before):
        return False
    if not other.dimension and not is_elliptical(other.place):
        return False
    return len(kinds) == 1 or ("" in kinds and kinds <= {"", "age", *units.COUNTS})


def _find_limits(
    sentences: Sequence[Sentence], sentence: Sentence, quantities: Sequence[Quantity], quantity: Quantity | None
) -> Iterator[Quantity]:
    """The quantities before a number that sentences on a guideline give, in its dimension and of its rate, or else in
    visits.
    """
    dimensions = {quantity.dimension or "visit", quantity.dimension} if quantity else {"visit"}
    per = quantity.per if quantity else None
    for each in sentences:
        if each.place.start <= sentence.place.start and (each is sentence or not each.is_of_case or _says_limit(each)):
            for found in select_quantities(quantities, each.place):
                if found is not quantity and found.dimension in dimensions and found.per == per:
                    yield found


def _says_limit(sentence: Sentence) -> bool:
    return sentence.speaks_for_guideline or sentence.score <= 0
