"""Numbers that a sentence works out from others: totals, differences, shares, and how long a supply lasts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language import function_words, numbers, units
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading.quantities import Bound, Quantity, is_elliptical, select_quantities
from imrlint.reading.sentences import Sentence


class Operation(Enum):
    """How a number is worked out."""

    TOTAL = "total"
    REST = "rest"
    DIFFERENCE = "difference"
    CHANGE = "change"  # a difference between what something was and what it is
    SHARE = "share"  # a change in hundredths
    SUPPLY = "supply"
    MULTIPLE = "multiple"  # "twice the six visits"


class Calculation(NamedTuple):
    """A number that is the result of an operation on others.

    `operands` are the other quantities of its sentence that it may be worked out from. Where it is added to or taken
    from one of them, in the direction of the words, that is `base`; the rest is then elsewhere.
    """

    operation: Operation
    result: Quantity
    operands: tuple[Quantity, ...]
    base: Quantity | None = None


class Change(NamedTuple):
    """What something was, and what it became: "from 7/10 to 3/10", "27, down from 38"."""

    before: Quantity
    after: Quantity


_SUM = r"(?:total|tally|count|number|sum|figure)"
_FILLER = (
    rf"(?: (?:{any_of('about', 'at least')}|{function_words.alternatives('filler before a number')}|an?|the|only))*"
)
_TOTALLED = Pattern(rf"\b{any_of('totals')}{_FILLER} $", re.IGNORECASE)
_EQUALS = re.compile(r" ?= ?")
_SIGN = re.compile(r"[^=]{0,30}[+x×*][^=]{0,30}")
_IS = Pattern(rf"\b(?:is|are|was|were|would be|will be|gives?|yields?){_FILLER} $", re.IGNORECASE)
_AND = re.compile(rf" (?:is|are|makes?|gives?){_FILLER} ", re.IGNORECASE)
_JOINED = re.compile(
    r"(?: \w+){0,4}? (?:plus|times|added to|on top of|together with|multiplied by) (?:\w+ ){0,3}", re.IGNORECASE
)
_RUNNING = Pattern(
    rf"\b(?:br(?:ing|ought)|rais|carr|push)\w* (?:(?:\w+ ){{0,3}}{_SUM}|(?:her|him|(?:the|this) {any_of('worker')}))"
    rf" (?:up )?to{_FILLER} $|\bwould (?:then )?(?:mean|be|have had){_FILLER} $",
    re.IGNORECASE,
)
_LEAVES = Pattern(rf"\b(?:leaves?|leaving|(?<!the )(?<!his )(?<!her )left){_FILLER} $", re.IGNORECASE)
_LEFT = Pattern(r"(?: \w+){0,2} (?:(?:are|is|were|was|would be) left|remain(?:s|ed)?|to go)\b", re.IGNORECASE)
_ALTOGETHER = Pattern(
    r"(?: \w+){0,2} (?:in all(?=[,.;:)]|$| (?:and|or)\b)|in total|altogether|all told)\b", re.IGNORECASE
)
_APART = Pattern(rf"\bdifference of{_FILLER} $|\b{any_of('stands apart')}\b[^.;]{{0,50}} by{_FILLER} $", re.IGNORECASE)
_CHANGED = Pattern(
    rf"\b{any_of('changed')}\b(?: \w+){{0,3}} (?:by|of){_FILLER} $|\b{any_of('changed')}{_FILLER} $", re.I
)
_CHANGE_BEHIND = Pattern(rf" (?:(?!and\b|but\b)\w+ )?{any_of('changed')}\b(?! than)", re.IGNORECASE)
_THAN = Pattern(
    r" ?(?:(?P<more>more|longer|higher|older|greater)|(?P<fewer>fewer|less|shorter|lower|younger)) than\b"
    r"|,? ?(?P<short>short|shy) of\b|,? ?(?P<past>beyond|past|above|in excess of)\b|,? ?(?P<under>below)\b",
    re.IGNORECASE,
)
_LASTS = Pattern(
    rf"\b(?:lasts?|lasted|suffices?|enough|gone|exhausted|used up|runs? out|ran out|cover\w*)(?: (?:for|in"
    rf"|after|within))?{_FILLER} $",
    re.IGNORECASE,
)
_POSSIBLE = Pattern(r"\b(?:maximum|possible|(?<!add )(?<!adds )up to|at most)\b[^,;]{0,20}$", re.IGNORECASE)
_PART = Pattern(r"\bof (?:the|these|those|all) $", re.IGNORECASE)
_SUPPLY = Pattern(r"[- ]supply\b", re.IGNORECASE)
_TIMES = Pattern(
    rf"\b(?P<times>half|twice|double|(?:{numbers.COUNT_WORDS}) times) (?:as many as )?(?:the |her |his )?$",
    re.IGNORECASE,
)
_FACTORS = {"half": 0.5, "twice": 2.0, "double": 2.0}
_REFILL = " refill"  # behind a number that multiplies what is not in its sentence
_FROM = Pattern(rf"\bfrom{_FILLER} $", re.IGNORECASE)
_TO = re.compile(rf"(?: (?!to\b)[a-z]+){{0,4}} (?:down |up )?to{_FILLER} ", re.IGNORECASE)
_BEFORE = Pattern(rf",? (?:down|up) from{_FILLER} ", re.IGNORECASE)
_STOOD = Pattern(rf"\bstood at{_FILLER} $|\bwas{_FILLER} $|\bhad been{_FILLER} $", re.IGNORECASE)
_STANDS = re.compile(rf",? (?:and|but) (?:(?:now|today) )?(?:stands at|is)(?: now)?{_FILLER} ", re.IGNORECASE)
# "was 58 on 07/11/2016 and 39 on 12/15/2016"
_DATED_AND = re.compile(r" (?:on|in) [\w/, -]{4,20}? and (?=\d+ (?:on|in) )")
# Words for a change in hundredths.
_MULTIPLES = (
    (re.compile(r"\bdoubled\b|\btwofold\b", re.IGNORECASE), 100.0),
    (re.compile(r"\btripled\b|\bthreefold\b", re.IGNORECASE), 200.0),
    (re.compile(r"\bhalved\b|\b(?:by|in) half\b", re.IGNORECASE), 50.0),
    (re.compile(r"\bby (?:a|one) third\b", re.IGNORECASE), 100 / 3),
    (re.compile(r"\bby two thirds\b", re.IGNORECASE), 200 / 3),
    (re.compile(r"\bby (?:a|one) quarter\b", re.IGNORECASE), 25.0),
    (re.compile(r"\bby three quarters\b", re.IGNORECASE), 75.0),
)
_SUBJECT = re.compile(r"[,;] (?:and )?(?:the|his|her|its|their) ", re.IGNORECASE)
_EXPLICIT = 25  # characters between the words of a comparison and the number that they compare with


def find_calculations(sentences: Sequence[Sentence], quantities: Sequence[Quantity]) -> Iterator[Calculation]:
    """The numbers that the sentences work out, in order; not in quotations."""
    for sentence in sentences:
        selected = select_quantities(quantities, sentence.place)
        own = [each for each in selected if not each.place.after.startswith(_REFILL)]
        for result in own:
            if not sentence.is_quoted(result.place.start):
                found = _find_calculation(result, own)
                if found:
                    yield found
        yield from _find_multiples(sentence, own)


def find_changes(quantities: Sequence[Quantity]) -> Iterator[Change]:
    """What is said to have changed from one quantity to another."""
    for one, two in pairwise(quantities):
        between = one.place.prose.text[one.place.end : two.place.start]
        if len(between) > 60 or not are_alike(one, two):
            continue
        before = one.place.prose.text[max(one.place.start - 40, 0) : one.place.start]
        if (
            (_FROM.search(before) and _TO.fullmatch(between))
            or (_STOOD.search(before) and _STANDS.fullmatch(between))
            or (_STOOD.search(before) and _is_dated_pair(one.place, two.place))
        ):
            yield Change(one, two)
        elif _BEFORE.match(between) and len(between) < 30:
            yield Change(two, one)


def _is_dated_pair(one: Place, two: Place) -> bool:
    """Whether two values are told with their days: "was 58 on 07/11/2016 and 39 on 12/15/2016"."""
    joined = _DATED_AND.match(one.prose.text, one.end)
    return joined is not None and joined.end() == two.start


def are_alike(one: Quantity, two: Quantity) -> bool:
    """Whether two quantities are of one dimension and one scale, as far as they say so."""
    same_scale = one.scale == two.scale or None in (one.scale, two.scale)
    kinds = {units.TIME if each.dimension == "age" else each.dimension for each in (one, two)} - {""}
    return len(kinds) <= 1 and same_scale


def _find_calculation(result: Quantity, own: Sequence[Quantity]) -> Calculation | None:
    place = result.place
    sentence = place.sentence
    before = place.prose.text[max(sentence.start, place.start - 90) : place.start]
    after = place.prose.text[place.end : min(place.end + 60, sentence.end)]
    earlier = tuple(each for each in own if each.place.end <= place.start)
    others = tuple(each for each in own if each is not result)
    is_bare = not result.dimension and not is_elliptical(place)
    if result.bound is Bound.MOST or result.per or is_bare:
        return None
    earlier = tuple(each for each in earlier if not _PART.search(place.prose.text[: each.place.start][-12:]))
    counted_before = tuple(each for each in earlier if each.dimension in ("", *units.COUNTS))
    if result.dimension in ("", *units.COUNTS) and counted_before and _RUNNING.search(before):
        return Calculation(Operation.TOTAL, result, earlier, earlier[-1] if len(earlier) == 1 else None)
    if times := _TIMES.search(before):
        words = times["times"].casefold()
        factor = _FACTORS.get(words) or numbers.value(words.removesuffix(" times"))
        product = result._replace(least=result.least * factor, most=result.most * factor)
        start = place.start - len(before) + times.start()
        return Calculation(Operation.MULTIPLE, product._replace(place=Place(place.prose, start, place.end)), (result,))
    is_sum = len(earlier) > 1 and _IS.search(before) and _is_joined(earlier[-2], earlier[-1], result)
    if _POSSIBLE.search(before):
        return None
    if result.dimension != "share" and (
        _TOTALLED.search(before)
        or is_sum
        or _is_equation(earlier, result)
        or (len(others) > 1 and _ALTOGETHER.match(after))
    ):
        terms = earlier if len(earlier) > 1 else others
        base = earlier[0] if len(earlier) == 1 and _TOTALLED.search(before) else None
        return Calculation(Operation.TOTAL, result, terms, base) if len(terms) > 1 else None
    counted = tuple(each for each in others if are_alike(each, result) and not each.per)
    is_dose = result.dimension == "dose"  # "morphine was tapered off, leaving 30 mg": of another drug
    if len(counted) > 1 and not is_dose and (_LEAVES.search(before) or _LEFT.match(after)):
        return Calculation(Operation.REST, result, counted)
    if (_LASTS.search(before) or _SUPPLY.match(after)) and result.dimension == units.TIME:
        return Calculation(Operation.SUPPLY, result, others)
    if than := _THAN.match(after):
        return _find_comparison(result, than, _of_dimension(result, counted))
    if _APART.search(before) and result.dimension != "share":
        return Calculation(Operation.DIFFERENCE, result, _of_dimension(result, counted))
    if _CHANGED.search(before) or _CHANGE_BEHIND.match(after):
        if result.dimension == "share":
            return Calculation(Operation.SHARE, result, others)
        return Calculation(Operation.CHANGE, result, counted)
    return None


def _of_dimension(result: Quantity, others: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """The quantities of the dimension of a result; for years also bare numbers, which may be ages."""
    if not result.dimension:
        return tuple(each for each in others if each.dimension in ("", "age", *units.COUNTS))
    own = tuple(each for each in others if each.dimension == result.dimension)
    return others if result.dimension == units.TIME and len(own) < len(others) else own


def _is_equation(earlier: Sequence[Quantity], result: Quantity) -> bool:
    """Whether quantities stand in an equation: "6 + 12 = 18"."""
    text = result.place.prose.text
    if len(earlier) < 2 or not _EQUALS.fullmatch(text[earlier[-1].place.end : result.place.start]):
        return False
    return bool(_SIGN.fullmatch(text[earlier[-2].place.end : earlier[-1].place.start]))


def _is_joined(one: Quantity, two: Quantity, result: Quantity) -> bool:
    """Whether two quantities are added or multiplied: "six plus twelve", or "six and twelve" right before "is"."""
    text = one.place.prose.text
    between = text[one.place.end : two.place.start]
    counts = {each.dimension for each in (one, two, result)} <= {"", *units.COUNTS}
    directly = counts and between == " and " and _AND.fullmatch(text[two.place.end : result.place.start])
    return bool(directly or _JOINED.fullmatch(between))


def _find_multiples(sentence: Sentence, own: Sequence[Quantity]) -> Iterator[Calculation]:
    """Words for a multiple or a fraction by which something changed, in a sentence that gives two quantities."""
    for pattern, share in _MULTIPLES if len(own) > 1 else ():
        for match in pattern.finditer(sentence.text):
            place = sentence.place.part(*match.span())
            beside = tuple(each for each in own if not _is_of_another(place, each.place))
            if len(beside) > 1 and not sentence.is_quoted(place.start):
                bound = Bound.LEAST if place.before.lower().endswith("more than ") else Bound.ABOUT
                result = Quantity(place, share, share, "share", "percent", 1.0, bound)
                yield Calculation(Operation.SHARE, result, beside)


def _is_of_another(one: Place, two: Place) -> bool:
    """Whether a clause with a subject of its own begins between two places."""
    return _SUBJECT.search(one.prose.text, min(one.end, two.end), max(one.start, two.start)) is not None


def _find_comparison(result: Quantity, than: re.Match[str], alike: tuple[Quantity, ...]) -> Calculation | None:
    """A difference from what follows "than": another number of the sentence, or one that it only refers to."""
    behind = result.place.end + than.end()
    follows = [each for each in alike if 0 <= each.place.start - behind <= _EXPLICIT]
    if follows:
        return Calculation(Operation.DIFFERENCE, result, alike) if len(alike) > 1 else None
    earlier = [each for each in alike if each.place.end <= result.place.start]
    if than["short"] and earlier:
        return Calculation(Operation.DIFFERENCE, result, alike, earlier[-1])
    return None
