import re
from collections.abc import Iterator, Sequence

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Pattern,
    Reading,
    Rule,
    annotation,
    quote,
)

STARTED = Pattern(r"\b(?:started|began) (?:it|this|the drug)\b[^,;]*$", re.IGNORECASE)  # before a time


class TreatmentDateMismatch(Rule):
    """A treatment has a date in a rationale that the summary does not give it.

    "The injection of January 2016", which the summary dates 01-26-2017: the wait between two injections, or the time
    since an operation, is then wrong. Several treatments of one kind may have several dates; one that agrees with any of
    them, or with any other date of the summary, is not reported; nor is a start of the disputed drug ("she started it
    in May") that agrees with what the summary says of it.

    ```diff
    -physical therapy in April and May of 2017 gave little relief. She takes naproxen. The
    +physical therapy in April and May of 2017 gave little relief. A steroid injection was given on 05-12-2017. The
    -done at home. The worker has had six visits with little relief, and no record says why twelve more
    +done at home. The injection on 04-02-2017 gave little relief, and no record says why twelve more
    ```

    ```findings
    "04-02-2017" "04-02-2017" here, "05-12-2017" in the summary
      "05-12-2017" the date in the summary
    ```
    """

    code = "DAT017"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        summary = reading.summary
        told = [each for each in summary.beginnings if not each.is_latest] if summary else []
        for item in reading.items if summary and told else ():
            for event in item.rationale.beginnings if item.rationale else ():
                same = [each for each in told if annotation.is_same_subject(event.subject, each.subject)]
                is_known = any(_agree(event.period, each) for each in _list_times(event.period, reading))
                is_general = item.rationale and item.rationale.sentence_of(event.place).speaks_for_guideline
                if not same or is_known or is_general or event.is_latest or _is_record_slip(event, same, reading):
                    continue
                days = " and ".join(dict.fromkeys(quote(each.place.text) for each in same))
                note = Note(same[0].place.span, "the date in the summary")
                evidence = (Feature.ARGUABLE,) if len(same) > 1 else ()
                message = f"{quote(event.place.text)} here, {days} in the summary"
                yield Finding(event.place.span, message, notes=(note,), evidence=evidence)
            yield from _find_other_starts(item, told)


def _list_times(period: annotation.Period, reading: Reading) -> list[annotation.Period]:
    """The times of the summary at which what is told with a period may have been done.

    A month agrees with the day of a visit in it by chance.
    """
    if reading.summary is None:
        return []
    visits = {each.place for each in reading.events(annotation.Role.VISIT)}
    is_day = period.first == period.last
    return [each for each in reading.summary.periods if is_day or each.place not in visits]


def _find_other_starts(item: Item, told: Sequence[annotation.Beginning]) -> Iterator[Finding]:
    """When the disputed drug was started, by a pronoun, where the summary gives only other times."""
    same = [each for each in told if any(annotation.is_same_subject(drug, each.subject) for drug in item.drugs)]
    for period in item.rationale.periods if item.rationale and same else ():
        is_general = item.rationale is None or item.rationale.sentence_of(period.place).speaks_for_guideline
        is_start = STARTED.search(period.place.before) and not is_general
        if is_start and not any(_agree(period, each.period) for each in same):
            message = f"{quote(period.place.text)} here, {quote(same[0].place.text)} in the summary"
            note = Note(same[0].place.span, "the date in the summary")
            yield Finding(period.place.span, message, notes=(note,))


def _is_record_slip(event: annotation.Beginning, same: Sequence[annotation.Beginning], reading: Reading) -> bool:
    """Whether the rule on dates of records reports a day: a slip of one in the summary, and after the injury."""
    first, last = event.period.first, event.period.last
    is_before = reading.injury is not None and first < reading.injury.day
    days = [each.period for each in same if each.period.first == each.period.last]
    return first == last and not is_before and any(annotation.is_slip(first, each.first) for each in days)


def _agree(one: annotation.Period, other: annotation.Period) -> bool:
    """Whether two times may be the same, as far as they say."""
    return one.first <= other.last and other.first <= one.last
