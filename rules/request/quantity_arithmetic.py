import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Pattern, Reading, Rule, knowledge, model, quote

DOSE = Pattern(
    rf"\b(?P<dose>{knowledge.numbers.COUNT_WORDS}|\d(?:-\d)?)(?: \(\d\))? (?:tab|cap|pill|patch|by mouth|p\.?o)",
    re.IGNORECASE,
)
AS_NEEDED = Pattern(r"\bas needed\b|\bp\.?r\.?n\b", re.IGNORECASE)
TABLETS = Pattern(r"#|tab|cap|pill|qty|quantity", re.IGNORECASE)


class QuantityArithmetic(Rule):
    """The numbers of a request do not add up.

    What was requested is the sum of what was authorized and what is in dispute; where it is not, nobody
    can tell how much was refused. Twice daily for 14 days is 28 tablets, not 40; two visits a week for
    six weeks are 12, not 10. Requests with refills, or with several numbers, are not checked.

    ```diff
    -Physical therapy for the right shoulder, two times a week for six weeks (12 visits): Upheld
    +Physical therapy for the right shoulder, two times a week for six weeks (10 visits): Upheld
    ```

    ```findings
    "(10 visits)" "2" a week for "6" weeks makes "12", not "10"
      "two times a week" how often
    ```
    """

    code = "REQ010"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            yield from _compare_portions(dispute.request, reading)
            for portion in dispute.request.portions:
                yield from _check_course(portion)
                yield from _check_supply(portion)


def _compare_portions(request: model.Request, reading: Reading) -> Iterator[Finding]:
    """What was authorized and what is disputed, against what was requested."""
    parts = (request.original, request.authorized, request.disputed)
    if any(part is None or part.refills or "refill" in part.text.casefold() for part in parts):
        return
    original, authorized, disputed = (_find_number(part, reading) for part in parts if part is not None)
    if original and authorized and disputed and original.value and authorized.value and disputed.value:
        if request.disputed is request.original or original.span == disputed.span:
            return
        if original.value != authorized.value + disputed.value and disputed.value != original.value:
            yield Finding(
                disputed.span,
                f"{_quote_range(original.value)} requested and {_quote_range(authorized.value)} authorized"
                f" leaves {_quote_range(original.value - authorized.value)}, not {_quote_range(disputed.value)}",
                notes=(Note(original.span, "requested"), Note(authorized.span, "authorized")),
            )


def _find_number(portion: model.Portion, reading: Reading) -> model.Field[float] | None:
    """The only number of a portion, whether printed as a number of visits or as visits a week."""
    counts = {quantity.value for quantity in portion.quantities}
    if len(counts) == 1:
        return portion.quantities[0]
    if counts:
        return None
    visits = reading.count_visits(portion)
    if visits is None or visits.fewest != visits.most:
        return None
    return model.Field(portion.text, portion.frequencies[0].span, visits.fewest)


def _check_course(portion: model.Portion) -> Iterator[Finding]:
    """The visits a week times the weeks, against the number of visits."""
    counts = [quantity for quantity in portion.quantities if quantity.value and not TABLETS.search(quantity.raw)]
    if len(portion.durations) > 1:  # "three times a week for two weeks, then twice a week"
        return
    for frequency in portion.frequencies[:1]:
        rate = frequency.value
        duration = portion.durations[0] if portion.durations else None
        days = rate.weeks * 7 if rate and rate.weeks else duration.value if duration else None
        if rate is None or days is None or rate.days != 7 or len(counts) != 1 or portion.drugs:
            continue
        least, most = rate.least * days / 7, rate.most * days / 7
        least = rate.least if duration and re.search(r"-| to ", duration.raw) else least
        count = counts[0]
        sites = 2 if model.Side.BOTH in {side.value for side in portion.sides} else len(portion.body_parts)
        each = count.value / sites if count.value and sites > 1 else count.value  # "both hands, 16 visits"
        if count.value and each and not least <= count.value <= most and not least <= each <= most:
            course = f"{_quote_range(rate.least, rate.most)} a week for {_quote_range(days / 7)} weeks"
            message = f"{course} makes {_quote_range(least, most)}, not {_quote_range(count.value)}"
            yield Finding(count.span, message, notes=(Note(frequency.span, "how often"),))


def _check_supply(portion: model.Portion) -> Iterator[Finding]:
    """The tablets a day times the days, against the number of tablets."""
    counts = [quantity for quantity in portion.quantities if quantity.value and TABLETS.search(quantity.raw)]
    rates = [field.value for field in portion.frequencies if field.value and field.value.days == 1]
    dose = DOSE.search(portion.text)
    if len(counts) != 1 or len(rates) != 1 or len(portion.durations) != 1 or dose is None:
        return
    each = knowledge.numbers.read(dose["dose"])
    days, count = portion.durations[0].value, counts[0]
    if portion.refills or days is None or count.value is None or AS_NEEDED.search(portion.text):
        return
    least, most = rates[0].least * min(each), rates[0].most * max(each)
    if not least * days <= count.value <= most * days:
        supply = f"{_quote_range(least, most)} a day for {_quote_range(days)} days"
        message = f"{supply} makes {_quote_range(least * days, most * days)}, not {_quote_range(count.value)}"
        yield Finding(count.span, message, notes=(Note(portion.durations[0].span, "for how long"),))


def _quote_range(least: float, most: float | None = None) -> str:
    """A number, or the range of two, quoted as the numbers of a letter are."""
    return quote(f"{least:g}" if most is None or least == most else f"{least:g} to {most:g}")
