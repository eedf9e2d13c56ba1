import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Letter,
    Note,
    Reading,
    Rule,
    Span,
    annotation,
    model,
    quote,
)

State, Relation, Bound = annotation.State, annotation.Relation, annotation.Bound
DECISION = re.compile(r"\b(?:decision|determination)\b")
SHARE = 0.25  # of a length of time that it may be rounded by
WHOLE = 0.5  # of its unit, likewise
FOREVER = 100_000.0  # days
PRESENT = timedelta(days=183)  # before the last date of the letter, of which a rationale may speak as of the present


class WrongDuration(Rule):
    """A length of time does not agree with the dates of the letter.

    "Three months into MS Contin", which the summary says has been used since 2012; "the injection one month before
    the February visit", which was given in October. How long a drug was used, how long ago an injection or the injury
    was, decides what a guideline allows. A length of time is rounded generously, and is reported only where
    none of the dates of its beginning and none of the possible dates of its end agree with it.

    ```diff
    -physical therapy in April and May of 2017 gave little relief. She takes naproxen. The
    +physical therapy in April and May of 2017 gave little relief. She has taken naproxen since 04-10-2017. The
    -done at home. The worker has had six visits with little relief, and no record says why twelve more
    +done at home. Naproxen has been taken for two years, and no record says why twelve more
    ```

    ```findings
    "two years" "two years" here, but 8 weeks to 4 months since "04-10-2017"
      "04-10-2017" when it began
    ```
    """

    code = "DAT016"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        beginnings = [each for passage in reading.composed for each in passage.beginnings]
        for passage in reading.composed:
            for duration in passage.durations:
                starts = [
                    start for subject in duration.subjects for start in _find_starts(subject, beginnings, reading)
                ]
                starts += [
                    Start(each.first, each.last, False, each.place.span, each.place.text) for each in duration.since
                ]
                finding = _compare(duration, starts, letter, reading)
                if finding:
                    yield finding


class Start(NamedTuple):
    """The first and the last day on which something may have begun, and where that is said."""

    first: date
    last: date
    is_latest: bool
    span: Span
    words: str


def _find_starts(
    subject: annotation.Subject, beginnings: list[annotation.Beginning], reading: Reading
) -> Iterator[Start]:
    is_told = isinstance(subject, annotation.Told) and subject.lemmas & reading.mechanism
    if subject is State.INJURY or is_told:
        if reading.injury:
            day = reading.injury.day
            yield Start(day, day, False, reading.injury.span, f"{day:%m/%d/%Y}")
        return
    for each in () if isinstance(subject, annotation.Told) else beginnings:
        is_history = isinstance(subject, model.RequestKind) and reading.injury and each.period.last < reading.injury.day
        if annotation.is_same_subject(subject, each.subject) and not is_history:
            yield Start(each.period.first, each.period.last, each.is_latest, each.place.span, each.place.text)


def _compare(duration: annotation.Duration, starts: list[Start], letter: Letter, reading: Reading) -> Finding | None:
    """The finding where no beginning agrees with a length of time; it names the last."""
    least, most = _bounds(duration.quantity)
    finding = None
    for start in starts:
        ends = list(_find_ends(duration, start, letter, reading))
        if not ends:
            return None
        for first, last in ends:
            shortest = max((first - start.last).days, 0)
            longest = FOREVER if start.is_latest else (last - start.first).days
            if duration.relation is Relation.AFTER and not duration.until:
                shortest = 0
            if shortest <= most and least <= longest:
                return None
        first, last = ends[-1]
        time = f"{_name_time((first - start.last).days)}"
        if first != last or start.first != start.last:
            time += f" to {_name_time((last - start.first).days)}"
        message = f"{quote(duration.quantity.place.text)} here, but {time} since {quote(start.words)}"
        finding = Finding(
            duration.quantity.place.span,
            message,
            notes=(Note(start.span, "when it began"),),
            evidence=(Feature.ARGUABLE,),
        )
    return finding


def _bounds(quantity: annotation.Quantity) -> tuple[float, float]:
    """The fewest and the most days that a length of time may mean."""
    room = max(SHARE * quantity.most, WHOLE * quantity.size)
    least, most = quantity.least - max(SHARE * quantity.least, WHOLE * quantity.size), quantity.most + room
    if quantity.bound is Bound.LEAST:
        return least, FOREVER
    return (0.0, most) if quantity.bound is Bound.MOST else (least, most)


def _find_ends(
    duration: annotation.Duration, start: Start, letter: Letter, reading: Reading
) -> Iterator[tuple[date, date]]:
    """The first and the last day of each time at which a length of time may end."""
    explicit = [each for each in duration.until if each.last >= start.first and each.first > start.first]
    for each in explicit:
        yield each.first, each.last
    if explicit:
        return
    days = sorted(event.day for event in reading.timeline if event.day > start.last)
    month = annotation.find_month(duration.until_visit.text) if duration.until_visit else None
    if month is not None:
        for day in days:
            if day.month == month:
                yield day, day
        return
    decided = letter.header.decided
    if duration.until_visit and DECISION.search(duration.until_visit.lower) and decided and decided.value:
        yield decided.value, decided.value
        return
    last = decided.value if decided and decided.value else max(days, default=None)
    if last and last > start.first:
        first = days[0] if days else last
        # A summary tells of all times, a rationale of that of the request.
        if days and duration.relation is not Relation.AFTER and duration.quantity.place.prose is not letter.summary:
            first = max(first, days[-1] - PRESENT)
        yield first, last


def _name_time(days: int) -> str:
    if days < 14:
        return f"{days} days"
    if days < 70:
        return f"{days / 7:.0f} weeks"
    return f"{days / 30.44:.0f} months" if days < 700 else f"{days / 365.25:.0f} years"
