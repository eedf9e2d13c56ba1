import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Passage,
    Pattern,
    Place,
    Reading,
    Rule,
    annotation,
    knowledge,
    quote,
)

ARGUABLE = (Feature.ARGUABLE,)  # numbers are worked out in many ways
MOST_OPERANDS = 6
MONTH = 0.08  # by which a month may be shorter than a twelfth of a year
PARTS = re.compile(r"\bof (?:which|whom|them|these|those)\b", re.IGNORECASE)  # numbers are parts of another
ROOM = 0.12  # lengths of time and approximate numbers are rounded
PERCENT = 6  # by which a share may be rounded
APPROXIMATELY = 12
ANOTHER_CLAUSE = Pattern(r"\band\b|;|,[^,]*,", re.IGNORECASE)
# Words with which an apposition begins behind a comma, rather than another clause.
ADJOINING = frozenset((
    "a", "an", "the", "which", "or", "thus", "about", "from", "to", "down", "up", "by", "for", "with", "at", "over",
    "under",
))  # fmt: skip
WITHIN_SENTENCE = (annotation.Operation.TOTAL, annotation.Operation.REST, annotation.Operation.DIFFERENCE)
COUNTED = ("visit", "injection", "tablet")
NAME = re.compile(r"[a-z][a-z-]{3,}\d*")
STEM = 6  # letters that two forms of a word have in common
UNNAMED = frozenset((
    "score", "points", "point", "degree", "percen", "from", "with", "that", "than", "after", "before", "have", "been",
    "about", "over", "under", "down", "weeks", "months", "years", "worker", "patien", "injure", "claima", "applic",
    "improv", "decrea", "increa", "reduct", "reduce", "relief", "which", "their", "this", "only", "more", "less",
    "right", "left", "level", "scale", "rated", "rating", "averag", "visits", "sessio", "treatm", "time", "least",
))  # fmt: skip
# Right before a number by which something changed: in which direction.
ROSE = Pattern(
    rf"\b(?:{knowledge.function_words.alternatives('verb of rising')})(?: by)?(?: [a-z]+){{0,2}} $", re.IGNORECASE
)
FELL = Pattern(
    rf"\b(?:{knowledge.function_words.alternatives('verb of sinking')})(?: by)?(?: [a-z]+){{0,2}} $", re.IGNORECASE
)
DOSE = 5  # tablets; more than that are a supply


class WrongArithmetic(Rule):
    """A number that the letter works out does not follow from its figures.

    "Six and twelve visits add up to twenty"; "a reduction of 80 percent" for a pain that went from 8/10 to 4/10;
    "five points" for one that fell from 7/10 to 4/10: the sum decides whether a limit is exceeded, and whether
    treatment has helped. Where the sentence does not give both figures, the missing one is looked for in the
    whole letter, and only a number that no figure of the letter explains is reported.

    ```diff
    -done at home. The worker has had six visits with little relief, and no record says why twelve more
    +done at home. Six visits and the twelve requested add up to 20 visits, and no record says why twelve more
    ```

    ```findings
    "20 visits" "20 visits" here, but the numbers make "18"
      "Six visits" a figure that it is worked out from
      "twelve" a figure that it is worked out from
    ```
    """

    code = "RAT022"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for passage in reading.composed:
            in_morphine = [claim.place for claim in passage.morphine_claims]  # another rule's
            for listed in passage.enumerations:
                yield from _check_enumeration(listed)
            for change in passage.changes if passage is not reading.summary else ():
                if not passage.sentence_of(change.before.place).speaks_for_guideline:
                    yield from _check_retold(change, passage, reading)
            for found in passage.calculations:
                sentence = passage.sentence_of(found.result.place)
                is_whole = len(found.operands) > 1 and found.operation in WITHIN_SENTENCE
                if (is_whole or not sentence.speaks_for_guideline) and found.result.place not in in_morphine:
                    yield from _check(found, passage, reading)


def _check_retold(change: annotation.Change, passage: Passage, reading: Reading) -> Iterator[Finding]:
    """A change that the summary tells from the same value to another one, or from another one to the same."""
    told = _find_told_changes(change.before, passage, reading)
    same = [
        each for each in told if (each.before.most == change.before.most) is not (each.after.most == change.after.most)
    ]
    is_told = any(each.before.most == change.before.most and each.after.most == change.after.most for each in told)
    if same and not is_told:
        is_before = same[0].after.most == change.after.most
        here, there = (change.before, same[0].before) if is_before else (change.after, same[0].after)
        message = f"the same change is told with {_quote(here)} here, with {_quote(there)} in the summary"
        yield Finding(here.place.span, message, notes=(Note(there.place.span, "in the summary"),), evidence=ARGUABLE)


def _check_enumeration(listed: annotation.Enumeration) -> Iterator[Finding]:
    if not listed.fewest <= listed.number <= listed.most:
        counted = _quote_range(listed.fewest, listed.most)
        message = f"{quote(listed.place.text)} are announced, but {counted} listed: {quote(listed.members.text)}"
        yield Finding(listed.place.span, message, notes=(Note(listed.members.span, "the list"),), evidence=ARGUABLE)


def _check(found: annotation.Calculation, passage: Passage, reading: Reading) -> Iterator[Finding]:
    match found.operation:
        case annotation.Operation.TOTAL:
            yield from _check_total(found, passage, reading)
        case annotation.Operation.REST:
            yield from _check_rest(found)
        case annotation.Operation.DIFFERENCE:
            yield from _check_difference(found, passage, reading)
        case annotation.Operation.CHANGE:
            yield from _check_change(found, passage, reading)
        case annotation.Operation.SHARE:
            yield from _check_share(found, passage, reading)
        case annotation.Operation.MULTIPLE:
            yield from _check_multiple(found, passage, reading)
        case annotation.Operation.SUPPLY:
            yield from _check_supply(found, passage, reading)


# ---- Totals


def _check_total(found: annotation.Calculation, passage: Passage, reading: Reading) -> Iterator[Finding]:
    result = found.result
    if found.base is not None:
        rest = result.most - found.base.most
        others = [each for each in found.operands if each != found.base]
        pool = [value for each in (*_pool(result, reading), *others) for value in (each.least, each.most)]
        explained = rest <= 0 or any(_near(rest, value, result) for value in pool)
        unit = result.dimension or found.base.dimension or _unit_of(passage, reading)
        sure = {each.most for each in _pool(result, reading) if each.dimension == unit}
        explained = explained or any(_near(rest, one + two, result) for one, two in combinations(sorted(sure), 2))
        if not explained and annotation.are_alike(result, found.base):
            message = (
                f"{_quote(result)} less {_quote(found.base)} is {quote(f'{rest:g}')}, a number that the letter gives"
                " nowhere"
            )
            yield _report(result, message, [found.base])
        return
    kinds = {"", *COUNTED} if result.dimension in ("", *COUNTED) else {result.dimension}
    counted = [
        each
        for each in found.operands
        if each.dimension in kinds and annotation.are_alike(each, result) and not each.per and _is_whole(each, result)
    ]
    courses = list(_multiply(found.operands))
    doses = [each for each in found.operands if each.dimension == "dose"] if result.dimension == "dose" else []
    daily = [each for each in found.operands if each.per == 1 and not each.dimension]
    courses += [(one.least * two.least, one.most * two.most) for one in doses for two in daily]
    terms = [(each.least, each.most) for each in counted if each.dimension != "time"][-MOST_OPERANDS:]
    if result.dimension == "time" or (len(terms) < 2 and not courses):
        return
    products = [(one.least * two.least, one.most * two.most) for one, two in combinations(found.operands, 2)]
    sums = [
        (sum(term[0] for term in chosen), sum(term[1] for term in chosen))
        for count in range(2, len(terms) + 1)
        for chosen in combinations(terms, count)
    ]
    possible = [*courses, *products, *sums]
    if any(least <= result.most and result.least <= most for least, most in possible):
        return
    if PARTS.search(result.place.sentence.text):
        return  # "14 are sought, of which seven were certified"
    rest = result.most - sum(most for _, most in terms)
    if rest > 0 and any(rest in (each.least, each.most) for each in _told_before(result, reading)):
        return
    expected = courses[-1] if courses else sums[-1]
    made = _quote_range(expected[0] / result.size, expected[1] / result.size)
    message = f"{_quote(result)} here, but the numbers make {made}"
    yield _report(result, message, found.operands[-2:])


def _told_before(result: annotation.Quantity, reading: Reading) -> list[annotation.Quantity]:
    """The numbers of the sentence before a result, to which it may add those of its own."""
    place = result.place
    number = place.prose.number_at(place.start)
    return [
        each
        for each in _pool(result, reading)
        if each.place.prose is place.prose and place.prose.number_at(each.place.start) == number - 1
    ]


def _multiply(operands: Iterable[annotation.Quantity]) -> Iterator[tuple[float, float]]:
    """What a rate and a length of time make."""
    rates = [each for each in operands if each.per]
    times = [each for each in operands if each.dimension == "time"]
    for rate in rates:
        for time in times:
            if rate.per:
                days = rate.per
                rounding = 1 - MONTH if time.unit.startswith("month") else 1.0
                yield rate.least * round(time.least / days, 1) * rounding, rate.most * round(time.most / days, 1)


# ---- Differences


def _check_rest(found: annotation.Calculation) -> Iterator[Finding]:
    result, operands = found.result, found.operands
    gaps = [abs(_value(one, result) - _value(two, result)) for one, two in combinations(operands, 2)]
    sums = [
        abs(_value(one, result) - sum(_value(two, result) for two in operands if two is not one)) for one in operands
    ]
    if not any(_near(gap, result.most, result) for gap in (*gaps, *sums)):
        one, two = operands[:2]
        message = (
            f"{_quote(result)} here, but {_quote(one)} and {_quote(two)} leave {quote(f'{gaps[0] / result.size:g}')}"
        )
        yield _report(result, message, [one, two])


def _check_difference(found: annotation.Calculation, passage: Passage, reading: Reading) -> Iterator[Finding]:
    result = found.result
    if not result.dimension and len(found.operands) < 2 and found.base is None:
        yield from _check_excess(found, passage, reading)
        return
    if found.base is not None:
        whole = _value(found.base, result) + result.most
        pool = [_value(each, result) for each in _pool(result, reading)]
        if not any(_near(whole, value, result) for value in pool):
            number = quote(f"{whole / result.size:g}")
            message = f"{_quote(found.base)} and {_quote(result)} are {number}, a number that the letter gives nowhere"
            yield _report(result, message, [found.base])
        return
    operands = found.operands
    if len(operands) > 1:
        pairs = list(combinations(operands, 2))
    else:
        nearby = [each for each in _pool(result, reading) if each.dimension == result.dimension and result.dimension]
        distinct = list({each.most: each for each in nearby if each.most != result.most}.values())
        pairs = [(one, two) for one in operands for two in distinct] or list(combinations(distinct, 2))
        if not operands and len(distinct) != 2:  # which two are meant
            return
    gaps = [abs(_value(one, result) - _value(two, result)) for one, two in pairs]
    if gaps and not any(_near(gap, result.most, result) for gap in gaps):
        one, two = pairs[-1]
        number = quote(f"{gaps[-1] / result.size:.4g}")
        message = f"{_quote(result)} here, but {_quote(one)} and {_quote(two)} are {number} apart"
        yield _report(result, message, [one, two])


def _check_excess(found: annotation.Calculation, passage: Passage, reading: Reading) -> Iterator[Finding]:
    """By how many visits or tablets the request exceeds a number that is given elsewhere, earlier ones added or not."""
    result, unit = found.result, _unit_of(passage, reading)
    if _item_of(passage, reading) is None or not result.most.is_integer():
        return
    pool = {each.most for each in _pool(result, reading) if each.dimension == unit}
    own = {each.most for each in found.operands}
    limits = {each.most for each in passage.quantities if each.dimension == unit and each not in found.operands}
    numbers = pool | own
    sums = numbers | {one + two for one in numbers for two in numbers}
    gaps = {abs(one - two) for one in sums for two in numbers}
    if limits and (own or len(pool) > 1) and not any(_near(gap, result.most, result) for gap in gaps):
        limit = next(each for each in passage.quantities if each.most in limits and each.dimension == unit)
        message = f"{_quote(result)} here, but no two numbers of {unit}s in the letter are so far apart"
        yield _report(result, message, [limit])


def _check_change(found: annotation.Calculation, passage: Passage, reading: Reading) -> Iterator[Finding]:
    """A change by so much, against what changed from one quantity to another in the sentence, or elsewhere."""
    result = found.result
    changes = _find_changes(found, passage)
    if not changes and len(found.operands) == 1:
        values = {each.most for each in found.operands}
        changes = [
            each
            for other in reading.passages
            for each in other.changes
            if each.before.most in values and annotation.are_alike(each.before, result)
            if each.before.place.sentence != result.place.sentence
        ]
    if not changes and not found.operands:
        changes = _find_told_changes(result, passage, reading)
    gaps = [abs(_value(each.before, result) - _value(each.after, result)) for each in changes]
    if gaps and not any(_near(gap, result.most, result) for gap in gaps):
        yield _report_change(result, changes[0], f"{gaps[0] / result.size:g}")
    elif changes and all(_is_reversed(result, each) for each in changes):
        before, after = changes[0].before, changes[0].after
        called, right = ("a rise", "a fall") if after.most < before.most else ("a fall", "a rise")
        message = f"{_quote(result)} is called {called} here, but from {_quote(before)} to {_quote(after)} is {right}"
        yield _report(result, message, [before, after])


def _is_reversed(result: annotation.Quantity, change: annotation.Change) -> bool:
    """Whether the words before a result say that it rose where it fell, or that it fell where it rose."""
    before = result.place.before
    rose, fell = ROSE.search(before), FELL.search(before)
    if bool(rose) is bool(fell):
        return False
    return change.after.most < change.before.most if rose else change.after.most > change.before.most


def _check_share(found: annotation.Calculation, passage: Passage, reading: Reading) -> Iterator[Finding]:
    result = found.result
    changes = [each for each in _find_changes(found, passage) if each.before.most]
    if not changes and not found.operands:
        changes = [each for each in _find_told_changes(result, passage, reading) if each.before.most]
    shares = [abs(each.before.most - each.after.most) / each.before.most * 100 for each in changes]
    room = APPROXIMATELY if result.bound is annotation.Bound.ABOUT else PERCENT
    upward = result.bound is annotation.Bound.LEAST
    if shares and not any(abs(share - result.most) <= room or (upward and share >= result.least) for share in shares):
        yield _report_change(result, changes[0], f"{shares[0]:.0f} percent")


def _find_told_changes(result: annotation.Quantity, passage: Passage, reading: Reading) -> list[annotation.Change]:
    """The changes that the summary tells of what a result is of, by its name: "the PCL-5 came down by 9 points".

    None where it has the result itself, too: "50 percent relief" may be what the worker said.
    """
    own = _name_words(result.place)
    numbers = (each for other in reading.told if other is not passage for each in other.quantities)
    if any(each.dimension == result.dimension and result.dimension and each.most == result.most for each in numbers):
        return []
    return [
        each
        for other in reading.told
        if other is not passage
        for each in other.changes
        if annotation.are_alike(each.before, result) and own & _name_words(each.before.place)
    ]


def _name_words(place: Place) -> frozenset[str]:
    """The longer words before a number in its clause, or behind it, without those that name only units and changes."""
    clause = f"{place.before.rpartition(';')[2]} {place.after.partition(';')[0]}".lower()
    return frozenset(word[:STEM] for word in NAME.findall(clause)) - UNNAMED


def _find_changes(found: annotation.Calculation, passage: Passage) -> list[annotation.Change]:
    """The changes of the sentence of a result, with no other clause between them and the result."""
    at = found.result.place
    own = [each for each in passage.changes if each.before in found.operands or each.after in found.operands]
    chosen = []
    for each in own:
        first, last = sorted((each.before.place, each.after.place), key=lambda place: place.start)
        between = at.prose.text[last.end : at.start] if last.end <= at.start else at.prose.text[at.end : first.start]
        if not _is_another_clause(between):
            chosen.append(each)
    return chosen


def _is_another_clause(between: str) -> bool:
    """Whether words between a change and its result begin another clause, rather than an apposition or a participle."""
    first = between.partition(", ")[2].casefold().partition(" ")[0]
    adjoins = not first.isalpha() or first.endswith("ing") or first in ADJOINING
    return ANOTHER_CLAUSE.search(between) is not None or not adjoins


def _report_change(result: annotation.Quantity, change: annotation.Change, right: str) -> Finding:
    message = f"{_quote(result)} here, but from {_quote(change.before)} to {_quote(change.after)} it is {quote(right)}"
    return _report(result, message, [change.before, change.after])


def _check_multiple(found: annotation.Calculation, passage: Passage, reading: Reading) -> Iterator[Finding]:
    """A multiple of a number of visits that is no number of visits in the letter, nor the sum of two."""
    result = found.result
    unit = result.dimension or _unit_of(passage, reading)
    if unit not in COUNTED:
        return
    pool = {each.most for each in _pool(result, reading) if each.dimension == unit}
    pool |= {one + two for one in pool for two in pool}
    if pool and result.most not in pool:
        message = f"{_quote(result)} is {quote(f'{result.most:g}')}, a number that the letter gives nowhere"
        yield _report(result, message, found.operands)


# ---- Supplies


def _check_supply(found: annotation.Calculation, passage: Passage, reading: Reading) -> Iterator[Finding]:
    """How long so many tablets last at so many a day; what the sentence lacks is in the title of its item."""
    item = _item_of(passage, reading)
    titled = item.title.quantities if item else ()
    for given in (found.operands, titled):
        rates = [each for each in given if each.per == 1]
        if rates:
            break
    counts = [
        each
        for given in (found.operands, titled)
        for each in given
        if each.dimension == "tablet" and each.most > DOSE and not each.per
    ]
    doses = [each for each in (*found.operands, *titled) if each.dimension == "tablet" and each.most <= DOSE]
    if len(rates) != 1 or not counts or (item is not None and "refill" in item.title.lower):
        return
    rate, count, result = rates[0], counts[0], found.result
    most = count.most / rate.least / min((dose.least for dose in doses if dose is not rate), default=1)
    least = count.least / rate.most / max((dose.most for dose in doses if dose is not rate), default=1)
    if result.most < least * (1 - ROOM) - 1 or result.least > most * (1 + ROOM) + 1:
        days = _quote_range(round(least), round(most))
        message = f"{_quote(count)} at {_quote(rate)} are a supply for {days} days, not {_quote(result)}"
        yield _report(result, message, [count, rate])


# ---- Common


def _is_whole(quantity: annotation.Quantity, result: annotation.Quantity) -> bool:
    """Whether a quantity can be a term of a result: what is counted is whole."""
    return bool(result.dimension and result.dimension not in COUNTED) or quantity.most.is_integer()


def _item_of(passage: Passage, reading: Reading) -> Item | None:
    """The item whose rationale a passage is."""
    return next((each for each in reading.items if each.rationale is passage), None)


def _unit_of(passage: Passage, reading: Reading) -> str:
    """What a bare number counts in a rationale: tablets of a drug, or visits."""
    item = _item_of(passage, reading)
    return "tablet" if item and item.is_drug else "visit"


def _pool(result: annotation.Quantity, reading: Reading) -> list[annotation.Quantity]:
    """The quantities of the letter, outside the sentence of a result, that it may be compared with."""
    sentence = result.place.sentence
    kinds = {"", result.dimension} if result.dimension else {"", *COUNTED}
    return [
        each
        for passage in reading.written
        for each in passage.quantities
        if each.dimension in kinds and annotation.are_alike(each, result) and each.place.sentence != sentence
    ]


def _value(quantity: annotation.Quantity, like: annotation.Quantity) -> float:
    """What a quantity says in the unit of another where it has none itself: "beyond 65" for years."""
    return quantity.most if quantity.dimension else quantity.most * like.size


def _near(one: float, two: float, result: annotation.Quantity) -> bool:
    rounded = result.dimension == "time" or result.bound is not annotation.Bound.EXACT
    return abs(one - two) <= (max(abs(one), abs(two)) * ROOM if rounded else 0.01 * result.size)


def _report(result: annotation.Quantity, message: str, used: Iterable[annotation.Quantity]) -> Finding:
    notes = tuple(Note(each.place.span, "a figure that it is worked out from") for each in used)
    return Finding(result.place.span, message, notes=notes, evidence=ARGUABLE)


def _quote(quantity: annotation.Quantity) -> str:
    return quote(quantity.place.text)


def _quote_range(least: float, most: float) -> str:
    return quote(f"{least:g}" if least == most else f"{least:g} to {most:g}")
