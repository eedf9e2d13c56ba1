"""Numbers of running text with their units, bounds and rates: "at least five weeks", "6 visits", "two a day"."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place, Prose
from imrlint.knowledge.language import numbers, units
from imrlint.knowledge.language.wordings import any_of


class Bound(Enum):
    """How exactly a number is meant."""

    EXACT = "exact"
    ABOUT = "about"
    LEAST = "at least"
    MOST = "at most"


class Quantity(NamedTuple):
    """A number, or a range from `least` to `most`, in the least unit of its dimension.

    `dimension` is "" where no unit follows, "age" for years of age, and "score" for so many points, "out of" `scale`.
    `size` is that of its unit, or of a quarter of it in "half a year", and `per` the number of days of
    a rate: 7 for "twice a week".
    """

    place: Place
    least: float
    most: float
    dimension: str
    unit: str
    size: float
    bound: Bound
    scale: float | None = None
    per: float | None = None

    @property
    def is_single(self) -> bool:
        """Whether it is one number rather than a range or a bound."""
        return self.least == self.most and self.bound in (Bound.EXACT, Bound.ABOUT)


_FIGURE = r"\d{1,4}(?:,\d{3})*(?:\.\d+)?"
_ONE = rf"(?:(?:{numbers.COUNT_WORDS}|dozen)\b(?: ?\({_FIGURE}\))?|{_FIGURE}(?: ?\((?:{numbers.COUNT_WORDS})\))?)"
_FRACTIONS = {
    "half a": 0.5, "half an": 0.5, "a half": 0.5, "a quarter of a": 0.25, "a quarter of an": 0.25,
    "three quarters of a": 0.75, "three quarters of an": 0.75, "a third of a": 1 / 3, "two thirds of a": 2 / 3,
}  # fmt: skip
_VAGUE = {"a couple of": (2.0, 2.0), "a few": (2.0, 8.0), "several": (2.0, math.inf), "many": (4.0, math.inf)}
_TIME = units.pattern(units.TIME)
_ANY = units.pattern()
_BETWEEN = (
    r"(?: (?!(?:to|of|over|in|per|and|or|times|x|is|are|was|were|at|for|with|on|from|by|than|that|which|a|an|the)\b"
    rf"|(?:{_ANY})\b)[a-z-]+)"
)
_QUANTITY = Pattern(
    r"#\s?(?P<tablets>\d{1,3})\b(?![./]\d)"
    rf"|(?<!\w)(?:(?P<vague>\b(?:a couple of|a few|several|many)) (?P<vaguely>{_TIME})\b"
    rf"|(?P<fraction>\b(?:{'|'.join(sorted(_FRACTIONS, key=len, reverse=True))})) (?P<part>{_TIME})\b"
    rf"|(?P<order>\b(?:{'|'.join(numbers.ORDINALS)})|\b\d{{1,2}}(?:st|nd|rd|th)) (?P<term>days?|weeks?|months?"
    rf"|years?)\b"
    r"|(?P<often>\b(?:once|twice))(?![\w-])"
    rf"|(?P<lone>\ba single)(?: [a-z-]+){{0,2}}? (?P<one>{units.pattern(*units.COUNTS)})\b"
    rf"|(?P<article>\ban?) (?P<single>{_TIME})\b(?P<more> and a half)?"
    rf"|(?<![\w/.,#:$§–-])(?P<first>{_ONE})(?:(?: ?[–-] ?| to | or )(?P<second>{_ONE}))?(?P<half> and a half)?"
    r"(?: ?/ ?(?P<slash>[45]|100?)(?![\d/]|[.]\d| ?mg)| (?:out of (?=[45]\b|10\b)|of (?=10\b)"
    r"|out of a possible )(?P<outof>\d+)\b| on a scale of (?P<onscale>\d+)\b)?"
    rf"(?P<space>(?!-points?\b)[ -]?(?:(?P<unit>{_ANY})(?![\w-])"
    rf"|(?P<counted>{_BETWEEN}{{1,4}} (?:{units.pattern(*units.COUNTS)})\b)))?"
    r"(?![\w/§]|[.,:–-]\d|-[a-z]))",
    re.IGNORECASE,
)
_RATE = Pattern(
    r"(?: ?times?| (?:tablets?|visits?|sessions?|treatments?))?(?: ?(?:/|\b(?:an?|per|each|every|in a))"
    r" ?(?P<per>day|night|week|month|year)\b| (?P<ly>daily|nightly|weekly|monthly|yearly)\b)",
    re.IGNORECASE,
)
_EVERY = Pattern(r"\bevery $", re.IGNORECASE)
_NIGHTLY = {"daily": 1.0, "nightly": 1.0, "weekly": 7.0, "monthly": 30.44, "yearly": 365.25}
_NAMED = Pattern(r"\b(?:pages?|chapters?|tables?|grade|level|no|[clts])[. ]? ?$", re.IGNORECASE)
# "(3) Duration: 28 days", "(1) to (7) are met": numbers of a list.
_LISTED = Pattern(r"(?:^|(?:[.:;,]|\b(?:and|or|to|through|under|in|criteri\w+|numbers?|items?)) )\($", re.IGNORECASE)
_OLD = Pattern(r"[- ](?:old|of age)\b", re.IGNORECASE)
_FILLER = r"(?:(?:an?|the|his|her|this|another|additional|total of) )?"
_BOUNDS = (
    (Bound.LEAST, re.compile(rf"\b{any_of('at least')} {_FILLER}$", re.IGNORECASE)),
    (Bound.MOST, re.compile(rf"\b{any_of('at most')} {_FILLER}$", re.IGNORECASE)),
    (Bound.ABOUT, re.compile(rf"\b{any_of('about')} {_FILLER}$", re.IGNORECASE)),
)
_BOUNDS_BEHIND = (
    (Bound.LEAST, re.compile(r",? (?:or more|and more|at (?:the )?least|or longer|plus)\b", re.IGNORECASE)),
    (Bound.MOST, re.compile(r",? (?:or less|or fewer|at (?:the )?most)\b", re.IGNORECASE)),
    (Bound.ABOUT, re.compile(r",? (?:or so|more or less)\b", re.IGNORECASE)),
)
# What follows a number whose unit is left out; other words are a unit that no table has.
_ELLIPSIS = Pattern(
    r"$|[.,;:)]| (?:and|but|or|if|which|when|while|as|so|on|in|at|for|with|of|more|less|fewer|short|shy|beyond"
    r"|past|over|above"
    r"|below|altogether|together|out|than|the|would|were|was|is|are|remain\w*|left|to|already|that)\b",
    re.IGNORECASE,
)
_YEARS = range(1900, 2101)
_DOZEN = 12.0


def find_quantities(prose: Prose, dates: Sequence[Place]) -> Iterator[Quantity]:
    """The quantities of a prose, in order. Those within one of the places of its `dates` are left out.

    "From 60 to 80 degrees" and "8 to 3" are two quantities, "6 to 8 visits" a range.
    """
    text = prose.text
    taken = {at for place in dates for at in range(place.start, place.end)}
    behind = 0  # the end of the last rate
    for match in _QUANTITY.finditer(text):
        if match.start() in taken or match.start() < behind:
            continue
        if match["first"] and _NAMED.search(text[max(match.start() - 10, 0) : match.start()]):
            continue
        if match["first"] and text.startswith(")", match.end()) and _LISTED.search(text[: match.start()][-14:]):
            continue
        least, most, word = _read_value(match)
        end = match.end("half") if match["half"] and not word else match.end()
        row = units.read(word) if word else None
        is_age = row is not None and row.dimension == units.TIME and _OLD.match(text, end)
        rate = _RATE.match(text, end)
        per = _NIGHTLY[rate["ly"].casefold()] if rate and rate["ly"] else None
        if rate and rate["per"]:
            per = units.read(rate["per"]).size
        behind = rate.end() if rate else behind
        before = text[max(match.start() - 6, 0) : match.start()]
        if row is not None and row.dimension == units.TIME and _EVERY.search(before):
            place = Place(prose, match.start(), end)
            yield Quantity(place, 1 / (most * row.size), 1 / (least * row.size), "", "", 1.0, Bound.EXACT, None, 1.0)
            continue
        size = row.size if row else 1.0
        room = size / 4 if match["fraction"] or match["more"] or match["half"] else size
        scale = match["slash"] or match["outof"] or match["onscale"]
        if row is None and not scale and not per and _is_no_count(match):
            continue
        end = rate.end() if rate else end
        whole = Quantity(
            Place(prose, match.start(), end),
            least * size,
            most * size,
            "score" if scale else "age" if is_age else row.dimension if row else "",
            row.unit if row else "",
            room,
            _read_bound(text, match.start(), end),
            float(scale) if scale else None,
            per,
        )
        if match["second"] and (least > most or before.casefold().endswith("from ")):
            parts = Place(prose, *match.span("first")), Place(prose, match.start("second"), end)
            yield whole._replace(place=parts[0], most=whole.least)
            yield whole._replace(place=parts[1], least=whole.most)
        elif least <= most:
            yield whole


def _read_value(match: re.Match[str]) -> tuple[float, float, str]:
    """The first and the last number of a range, or one number twice, and the word of its unit or ""."""
    if vague := match["vague"]:
        return (*_VAGUE[vague.casefold()], match["vaguely"])
    if fraction := match["fraction"]:
        share = _FRACTIONS[fraction.casefold()]
        return share, share, match["part"]
    if order := match["order"]:
        count = float(order[:-2]) if order[0].isdigit() else float(numbers.ORDINALS[order.casefold()])
        return count - 1, count, match["term"]
    if often := match["often"]:
        return (1.0, 1.0, "") if often.casefold() == "once" else (2.0, 2.0, "")
    if match["lone"]:
        return 1.0, 1.0, match["one"]
    if match["article"]:
        count = 1.5 if match["more"] else 1.0
        return count, count, match["single"]
    if tablets := match["tablets"]:
        return float(tablets), float(tablets), "tablet"
    first = _read_number(match["first"]) + (0.5 if match["half"] else 0.0)
    second = _read_number(match["second"]) if match["second"] else first
    word = match["unit"] or (match["counted"] or "").rpartition(" ")[2]
    return first, second, word


def _read_number(printed: str) -> float:
    bare = printed.partition("(")[0].strip()
    return _DOZEN if bare.casefold() == "dozen" else numbers.value(bare)


def _is_no_count(match: re.Match[str]) -> bool:
    """Whether a number without a unit is a year, the pronoun "one", or "once" without a rate."""
    if match["often"]:
        return True
    first = (match["first"] or "").casefold()
    return first == "one" or (first.isdigit() and len(first) == 4 and int(first) in _YEARS)


def _read_bound(text: str, start: int, end: int) -> Bound:
    before = text[max(start - 40, 0) : start]
    for bound, pattern in _BOUNDS_BEHIND:
        if pattern.match(text, end):
            return bound
    found = [(match.start(), bound) for bound, pattern in _BOUNDS if (match := pattern.search(before))]
    return min(found, key=lambda each: each[0])[1] if found else Bound.EXACT  # "no more than" begins first


def select_quantities(quantities: Sequence[Quantity], place: Place) -> list[Quantity]:
    """Those of some quantities, in order, that begin within a place."""
    first = bisect_left(quantities, place.start, key=lambda each: each.place.start)
    last = bisect_left(quantities, place.end, first, key=lambda each: each.place.start)
    return list(quantities[first:last])


def is_elliptical(place: Place) -> bool:
    """Whether the unit of a number is left out: no noun follows it."""
    return bool(_ELLIPSIS.match(place.after))
