import re
from collections.abc import Iterator
from datetime import date, timedelta

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Letter,
    Note,
    Passage,
    Pattern,
    Place,
    Reading,
    Rule,
    annotation,
    knowledge,
    model,
    quote,
)

HISTORY = Pattern(
    r"\b(?:before (?:the|this|her|his) (?:\w+ )?(?:injury|accident)|had been (?:seen|evaluated|examined)|family (?:physician|doctor)|clearance"
    r"|pre-?employment|non-?industrial|unrelated)\b",
    re.IGNORECASE,
)
# Words by which a sentence goes back to the time before the injury, or tells of another one.
PAST = Pattern(
    rf"\b(?:{knowledge.wordings.any_of('earlier', 'another')}|history)\b",
    re.IGNORECASE,
)
COURSES = (
    model.RequestKind.THERAPY,
    model.RequestKind.CHIROPRACTIC,
    model.RequestKind.ACUPUNCTURE,
    model.RequestKind.INJECTION,
    model.RequestKind.SURGERY,
)
LONGEST = 31  # days of a period that says when something began
MOST = 2  # places of the date of injury that are shown: that of the cover, and the first in the text
NEAR = 100  # days before the injury within which a wrong month is likelier than an older record


class VisitBeforeInjury(Rule):
    """An examination for this injury, a request or an authorization is dated before the injury.

    Most often the year is wrong, as happens in January; sometimes the record is another worker's. A test
    before the injury may be history: it is reported unless its sentence says so before it names the test, or the injury
    came about over a long time. So may be an examination long before the injury: it is a note
    unless one other figure makes it right. A course of treatment that began up to a hundred days before the injury is
    reported, too, and so is any day, month or year before it that a rationale gives and the summary does not. What the
    sentence itself calls history is not reported.

    ```diff
    -In a report dated 06-06-2017 she
    +She was evaluated on 06-06-2016 when she
    ```

    ```findings
    "06-06-2016" an examination dated "06-06-2016", before the injury on "03/22/2017"
      "03/22/2017" the date of injury
      "03-22-2017" the date of injury
    ```
    """

    code = "DAT006"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        injury = reading.injury
        if injury is None:
            return
        note = Note(injury.span, "the date of injury")
        told = (each for each in reading.events(annotation.Role.INJURY) if each.day == injury.day)
        spans = {injury.span: None} | dict.fromkeys(each.place.span for each in told)
        notes = tuple(Note(span, "the date of injury") for span in list(spans)[:MOST])
        visits = {event.place for event in reading.timeline if _name(event)}
        for beginning in (each for passage in reading.composed for each in passage.beginnings):
            is_near = 0 < (injury.day - beginning.period.last).days <= NEAR
            if _is_course(beginning) and is_near and beginning.place not in visits:
                began, injured = quote(beginning.place.text), quote(letter.source[injury.span])
                if not HISTORY.search(beginning.place.sentence.text):
                    message = f"a treatment dated {began}, before the injury on {injured}"
                    yield Finding(beginning.place.span, message, notes=(note,))
        yield from _find_untold(reading, injury.day, visits, note, quote(letter.source[injury.span]))
        yield from _find_events(letter, reading, injury, notes)


def _find_events(
    letter: Letter, reading: Reading, injury: annotation.InjuryDate, notes: tuple[Note, ...]
) -> Iterator[Finding]:
    """Visits, tests, requests and authorizations that are dated before the injury and not called earlier."""
    last = _find_last_day(letter, reading) if reading.timeline else injury.day
    for event in reading.timeline:
        what, is_study = _name(event), event.role is annotation.Role.STUDY
        is_past = event.is_called_earlier if is_study else event.is_history
        if event.day >= injury.day or not what or is_past or HISTORY.search(event.place.sentence.text):
            continue
        slip = _is_slip(event.day, injury.day, last, of_year=is_study)
        is_told_as_new = is_study and not reading.background.is_gradual
        if slip or is_told_as_new or not is_study:
            visit, injured = quote(event.place.text), quote(letter.source[injury.span])
            near = (injury.day - event.day).days <= NEAR
            evidence = () if slip or near or is_told_as_new else (Feature.ANOTHER_FITS,)
            message = f"{what} dated {visit}, before the injury on {injured}"
            yield Finding(event.place.span, message, notes=notes, evidence=evidence)


def _find_untold(reading: Reading, injured: date, visits: set[Place], note: Note, printed: str) -> Iterator[Finding]:
    """Days, months and years in rationales before the injury, with which nothing in the summary or a title agrees."""
    if reading.summary is None or reading.background.is_gradual:
        return
    told = [each for passage in reading.told for each in passage.periods]
    for rationale in filter(None, (item.rationale for item in reading.items)):
        for period in rationale.periods:
            if period.last >= injured or period.place in visits:
                continue
            is_told = any(each.first <= period.last and period.first <= each.last for each in told)
            is_year = (period.last - period.first).days > LONGEST  # notes give it without a preposition
            is_told = is_told or (is_year and any(str(period.first.year) in each.text for each in reading.told))
            if not is_told and _is_of_case(period, rationale):
                message = f"{quote(period.place.text)} is before the injury on {printed}, and not in the summary"
                yield Finding(period.place.span, message, notes=(note,))


def _is_of_case(period: annotation.Period, rationale: Passage) -> bool:
    """Whether a sentence may tell of the case, and of nothing that it calls history, nor of what was published.

    A day is also that of a law, unless the sentence states a fact or names a treatment.
    """
    sentence = rationale.sentence_of(period.place)
    is_other = sentence.kind is annotation.SentenceKind.GUIDELINE or sentence.names_guideline
    is_other = is_other or sentence.is_quoted(period.place.start)
    has_treatment = bool(rationale.treatments_in(sentence.place))
    is_other = is_other or (annotation.names_publication(sentence.text) and not has_treatment)
    is_told = sentence.is_of_case or sentence.states_fact or has_treatment or period.first != period.last
    return is_told and not (is_other or PAST.search(sentence.text) or HISTORY.search(sentence.text))


def _is_course(beginning: annotation.Beginning) -> bool:
    """Whether what began, in a month or on a day, is a treatment that follows an injury."""
    subject, period = beginning.subject, beginning.period
    treated = isinstance(subject, knowledge.treatments.Treatment) and subject.kind in COURSES
    return treated and (period.last - period.first).days < LONGEST


def _name(event: annotation.Event) -> str | None:
    """What happened on a date that follows an injury; None for other dates."""
    if event.role in (annotation.Role.VISIT, annotation.Role.STUDY):
        return str(event.role.value)
    return "a request" if event.is_request else "an authorization" if event.is_authorization else None


def _find_last_day(letter: Letter, reading: Reading) -> date:
    """The date of the decision, or the last date of the text where the cover has none."""
    decided = letter.header.decided
    return decided.value if decided and decided.value else max(event.day for event in reading.timeline)


def _is_slip(day: date, injury: date, last: date, *, of_year: bool) -> bool:
    """Whether a slip makes a date of a day between the injury and the last day, of the next year at most.

    With `of_year`, only the year may be wrong.
    """
    last = min(last, date(day.year + 1, 12, 31))
    between = (injury + timedelta(number) for number in range((last - injury).days + 1))
    return any(
        annotation.is_slip(day, each)
        for each in between
        if not of_year or (each.month, each.day) == (day.month, day.day)
    )
