import re
from collections.abc import Iterator
from dataclasses import replace

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
    Reading,
    Rule,
    annotation,
    knowledge,
    model,
    quote,
)

# Words before a number that make it the number requested.
REQUESTED = Pattern(
    r"\b(?:request(?:ed)?(?: (?:for|of|is for|was for))?(?: an?)?(?: additional)?"
    rf"|{knowledge.wordings.any_of('approval', 'refusal')} of(?: an additional)?"
    r"|(?:the|these|those)(?: (?:additional|remaining|proposed|requested|disputed))?|another)$",
    re.IGNORECASE,
)
DECIDED = Pattern(
    r"\b(?:is|are|was|were) (?:therefore |also )?(?:not |excessive|in excess|beyond|considered|deemed)"
    r"|\bexceeds?\b|\bwould exceed\b",
    re.IGNORECASE,
)
# "…, 2 times a week for 4 weeks (8 visits), is not medically necessary": the number of what is decided.
SUBJECT = Pattern(r"\)?,? (?:is|are|was|were) (?:therefore |also )?(?:not )?medically\b", re.IGNORECASE)
# Words before a number of the past, of what was authorized, or of a guideline; "had" and "used" stand before a
# requested number, too.
OTHER_NUMBER = Pattern(
    rf"\b(?:original(?:ly)?|initial(?:ly)?|{knowledge.wordings.any_of('granted', 'earlier')}|completed|attended"
    r"|received|already|guidelines?"
    r"|recommend\w*|total|up to|maximum|at least|trial)\b",
    re.IGNORECASE,
)
# "the 14 day rental requested here", "the 30 days that were requested", "the ten visits now asked for"
OF_REQUEST = Pattern(
    rf"(?: (?:rental|supply))?(?: (?:that|which) (?:{knowledge.function_words.alternatives('be')}))?"
    rf"(?: (?:now|currently|presently|here))? (?:{knowledge.function_words.alternatives('word of dispute')})\b",
    re.IGNORECASE,
)
# "he asks for 12 visits"
ASKS = Pattern(
    rf"\b(?:{knowledge.wordings.any_of('worker', 'pronoun', 'provider')}|request) (?:now )?(?:asks|is) for(?: an?)? $",
    re.IGNORECASE,
)
PAST = Pattern(  # behind a number: it was given, or granted
    rf"^ (?:that|which|already|previously|were|was|have|{knowledge.wordings.any_of('had', 'granted')})\b(?! not)",
    re.IGNORECASE,
)
FEWEST = 5  # tablets; a smaller number is a dose
# What is not counted in tablets, visits or injections: "120 grams", "2 boxes", "80 hours", "3 levels".
OTHER_UNIT = Pattern(
    r"\d ?(?:g|gm|grams?|ml|cc|oz)\b|\b(?:vial|tube|bottle|box|kit|pack|pair|hour|unit|level|month|trip|stud(?:y|ies))"
    r"s?\b",
    re.IGNORECASE,
)
UNITS = {
    model.RequestKind.DRUG: "tablet",
    model.RequestKind.INJECTION: "injection",
    model.RequestKind.THERAPY: "visit",
    model.RequestKind.ACUPUNCTURE: "visit",
    model.RequestKind.CHIROPRACTIC: "visit",
}


BESIDE = re.compile(r" ?(?P<what>(?:times|x)(?= ?\w)|[a-z]{3,})\b", re.IGNORECASE)  # what a bare number counts
CLOSED = frozenset[str]().union(
    *(knowledge.function_words.members(kind) for kind in ("coordinator", "determiner", "preposition", "subordinator"))
)


class WrongQuantity(Rule):
    """The rationale refuses or grants a number that is not in dispute.

    Twelve visits refused although six are in dispute, or sixty tablets although the request is for
    ninety: the number decides how much the worker may receive. Numbers that were requested at first or
    authorized, and those of guidelines and of earlier treatment, are not reported. How often, how long and with how
    many refills are compared in the conclusion only.

    ```diff
    -would achieve what those did not. Therefore, the request for physical therapy for the right
    -shoulder is not medically necessary.
    +would achieve what those did not. Therefore, the request for 18 visits of physical therapy is not
    +medically necessary.
    ```

    ```findings
    "18 visits" not the disputed quantity: "18 visits" here, "12" in dispute
      "Physical therapy for the right shoulder, two times a week for six weeks (12 visits)" the disputed item
    ```
    """

    code = "RAT009"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        reported = set()
        for item in reading.items:
            found = (*_find_counts(item, reading), *_find_decided_counts(item))
            for finding in (*found, *_find_other_measures(item), *_find_asked_measures(item)):
                if finding.span not in reported:
                    reported.add(finding.span)
                    yield finding


def _find_counts(item: Item, reading: Reading) -> Iterator[Finding]:
    """Numbers of visits, injections or tablets that the rationale decides, other than those in dispute."""
    unit = UNITS.get(item.kind)
    disputed = item.dispute.request.disputed
    counts = _disputed_counts(disputed, reading)
    packed = unit == "tablet" and any(count.most < FEWEST for count in counts)  # "#1": one box
    if item.rationale is None or unit is None or not counts or packed:
        return
    printed = {(amount.unit, amount.number) for amount in item.disputed.amounts}
    for amount, is_certain in _amounts_of_request(item.rationale):
        is_dose = amount.unit == "tablet" and amount.number < FEWEST  # "one tablet at bedtime"
        fits = any(count.fewest <= amount.number <= count.most for count in counts)
        fits = fits or (unit, amount.number) in printed  # "two times four visits (8)"
        fits = fits or amount.number in item.disputed.figures  # "remaining 4 of 12 visits"
        fits = fits or (not is_certain and amount.number in item.numbers)  # what was asked for at first
        if amount.unit == unit and not is_dose and not fits:
            numbers = " or ".join(dict.fromkeys(quote(_format_count(count)) for count in counts))
            message = f"not the disputed quantity: {quote(amount.place.text)} here, {numbers} in dispute"
            note = Note(disputed.span, "the disputed item")
            evidence = () if is_certain else (Feature.ARGUABLE,)
            yield Finding(amount.place.span, message, notes=(note,), evidence=evidence)


def _format_count(count: annotation.Visits) -> str:
    """The number, or the fewest and the most: "12", "8 to 12"."""
    fewest, most = f"{count.fewest:g}", f"{count.most:g}"
    return fewest if fewest == most else f"{fewest} to {most}"


def _disputed_counts(portion: model.Portion, reading: Reading) -> list[annotation.Visits]:
    """The numbers that are right for the disputed portion: each that it names, their sum, and with refills."""
    counts = [field.value for field in portion.quantities if field.value and not OTHER_UNIT.search(field.raw)]
    refills = [refill.value for refill in portion.refills if refill.value]
    numbers = [count for count in (*counts, sum(counts)) if count]
    numbers += [count * (1 + refill) for count in counts for refill in refills]
    spread = reading.count_visits(replace(portion, quantities=()))
    return [annotation.Visits(number, number) for number in numbers] + ([spread] if spread else [])


def _amounts_of_request(rationale: Passage) -> Iterator[tuple[annotation.Amount, bool]]:
    """Each number that the rationale gives as the number requested, and whether it can be no other."""
    for amount in rationale.amounts:
        before, behind = amount.place.before.rstrip(), amount.place.after
        references = [each for each in rationale.references if each.place.holds(amount.place.start)]
        is_decided = DECIDED.search(behind[:60]) and rationale.sentence_of(amount.place).is_of_case
        if OTHER_NUMBER.search(before[-60:]):
            continue
        if OF_REQUEST.match(behind) and not rationale.sentence_of(amount.place).speaks_for_guideline:
            yield amount, False
            continue
        if PAST.search(behind[:40]) or not (references or is_decided):
            continue
        is_subject = before.endswith("(") and SUBJECT.match(behind)
        if REQUESTED.search(before) or is_subject or any(reference.is_subject for reference in references):
            yield amount, True


def _find_decided_counts(item: Item) -> Iterator[Finding]:
    """The visits or injections that the conclusion decides, of an item that has no unit of its own, as a service does."""
    rationale = item.rationale
    if rationale is None or item.kind in UNITS:
        return
    for decided in annotation.list_decided(rationale.references):
        for quantity in rationale.quantities_in(decided):
            titled = [each for each in item.title.quantities if each.dimension == quantity.dimension]
            is_count = quantity.dimension in ("visit", "injection") and not quantity.per
            if is_count and titled and quantity.most not in item.title.figures:
                there = titled[-1].place
                values = f"{quote(quantity.place.text)} here, {quote(there.text)} in dispute"
                message = f"not the disputed quantity: {values}"
                note = Note(there.span, "the disputed item")
                yield Finding(quantity.place.span, message, notes=(note,), evidence=(Feature.ARGUABLE,))


def _find_other_measures(item: Item) -> Iterator[Finding]:
    """The rates, durations and refills of what the conclusion decides that differ from those of the title."""
    rationale = item.rationale
    for decided in annotation.list_decided(rationale.references) if rationale else ():
        for quantity in rationale.quantities_in(decided) if rationale else ():
            measure = _measure_of(quantity)
            titled = [each for each in item.title.quantities if measure and _measure_of(each) == measure]
            if titled and not any(each.least <= quantity.most and quantity.least <= each.most for each in titled):
                there = titled[-1].place
                message = (
                    f"not the disputed quantity: {quote(quantity.place.text)} here, {quote(there.text)} in dispute"
                )
                yield Finding(quantity.place.span, message, notes=(Note(there.span, "the disputed item"),))


def _find_asked_measures(item: Item) -> Iterator[Finding]:
    """The quantities that the rationale says are requested, where the title has only others of that kind."""
    for quantity in item.rationale.quantities if item.rationale else ():
        before, behind = quantity.place.before, quantity.place.after
        if not (OF_REQUEST.match(behind) or ASKS.search(before)) or OTHER_NUMBER.search(before[-60:]):
            continue
        titled = [each for each in item.title.quantities if _are_of_one_kind(each, quantity)]
        if titled and not any(each.least <= quantity.most and quantity.least <= each.most for each in titled):
            there = titled[-1].place
            message = f"not the disputed quantity: {quote(quantity.place.text)} here, {quote(there.text)} in dispute"
            note = Note(there.span, "the disputed item")
            yield Finding(quantity.place.span, message, notes=(note,), evidence=(Feature.ARGUABLE,))


def _are_of_one_kind(one: annotation.Quantity, other: annotation.Quantity) -> bool:
    """Whether two quantities are so many of one unit, a week or not."""
    kinds = {(each.dimension, each.unit, each.per) for each in (one, other)}
    return len(kinds) == 1 and bool(one.dimension)


def _measure_of(quantity: annotation.Quantity) -> tuple[str, float | None] | None:
    """What a quantity measures, by which two are compared; None where it is a bare number, a strength or a count."""
    if quantity.dimension == "time" or quantity.per:
        return quantity.dimension, quantity.per
    beside = BESIDE.match(quantity.place.prose.text, quantity.place.end)
    if quantity.dimension or not beside or beside["what"].casefold() in CLOSED:
        return None
    return beside["what"].casefold().removesuffix("s"), None
