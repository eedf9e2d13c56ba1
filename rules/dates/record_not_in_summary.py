import re
from collections.abc import Iterator, Sequence
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
    quote,
)

ENDS = Pattern(  # before the end of a time, worked out
    r"\b(?:to|until|till|through|by|after|before)"
    rf" (?:the (?:{knowledge.function_words.alternatives('part of a period')}) of )?$",
    re.IGNORECASE,
)
YEAR = timedelta(days=365)
OPEN = (annotation.Role.UNKNOWN, annotation.Role.OTHER, annotation.Role.VISIT, annotation.Role.STUDY)


class RecordNotInSummary(Rule):
    """A rationale relies on a dated record that the summary does not mention.

    The summary says what the reviewer read. A record that decides the item and is not there was either
    left out of the summary or belongs to another letter. A date of anything else is reported where the summary has one
    that differs by a slip: one figure, the year, or figures that changed places. What a guideline cites, and what is
    older than the injury, is not reported, nor the end of a time that was worked out ("ran to …"). A record older than the last of the summary is a note, since a summary may
    leave it out, and so are two days of one month, as both may be right. A month or a year after the injury is reported
    where a rationale says that something of the case was in it, and no other text of the letter has it.

    ```diff
    -visits of therapy brought little relief. Therefore
    +visits of therapy brought little relief. The progress note dated 05-02-2017 confirms this. Therefore
    ```

    ```findings
    "05-02-2017" the summary has no record of "05-02-2017"; its last date is "06-20-2017"
      "06-20-2017" the last date in the summary
    ```
    """

    code = "DAT012"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        yield from _find_untold_months(letter, reading)
        in_summary = [event for event in reading.timeline if event.place.prose is letter.summary]
        if not in_summary:
            return
        rationales = {item.rationale.prose: item.rationale for item in reading.items if item.rationale}
        known = {event.day for event in reading.timeline if event.place.prose not in rationales}
        known |= {each.field.value for each in letter.header.dates() if each.field.value}
        for event in reading.timeline:
            rationale = rationales.get(event.place.prose)
            if (
                rationale
                and event.day not in known
                and (event.is_record or event.role in OPEN)
                and not (reading.injury and event.day < reading.injury.day)
                and not rationale.sentence_of(event.place).speaks_for_guideline
                and not rationale.is_quoted(event.place.start)
            ):
                finding = _compare_date(event, in_summary)
                if event.is_record and (finding is None or finding.evidence):
                    finding = _compare_record(event, in_summary[-1])
                if finding is not None:
                    known.add(event.day)
                    yield finding


def _find_untold_months(letter: Letter, reading: Reading) -> Iterator[Finding]:
    """Months and years between the injury and the decision that one rationale has and no other text."""
    summary, injury, decided = reading.summary, reading.injury, letter.header.decided
    if summary is None or injury is None or not summary.periods:
        return
    known: dict[tuple[date, date], set[Passage]] = {}
    for passage in reading.written:
        for each in passage.periods:
            first = each.first - YEAR if ENDS.search(each.place.before) else each.first
            known.setdefault((first, each.last), set()).add(passage)
    for item in reading.items:
        for period in item.rationale.periods if item.rationale else ():
            is_later = decided is not None and decided.value is not None and period.first > decided.value
            if period.first == period.last or period.last < injury.day or is_later or ENDS.search(period.place.before):
                continue
            is_known = any(
                first <= period.last and period.first <= last and passages != {item.rationale}
                for (first, last), passages in known.items()
            )
            if item.rationale and not is_known and _is_of_case(period.place, item.rationale):
                near = min(summary.periods, key=lambda each: abs(each.first - period.first))
                nearest = quote(near.place.text)
                words = (
                    f"{quote(period.place.text)} is nowhere else in the letter; the nearest in the summary is {nearest}"
                )
                yield Finding(period.place.span, words, notes=(Note(near.place.span, "the nearest in the summary"),))


def _is_of_case(place: Place, rationale: Passage) -> bool:
    """Whether a sentence may tell of the case, and of nothing that was published or is recommended."""
    sentence = rationale.sentence_of(place)
    is_other = sentence.kind is annotation.SentenceKind.GUIDELINE or sentence.names_guideline
    is_published = annotation.names_publication(sentence.text) and not rationale.treatments_in(sentence.place)
    return not (is_other or is_published or sentence.is_quoted(place.start))


def _compare_record(event: annotation.Event, last: annotation.Event) -> Finding:
    """A record that the summary does not have; it may leave out what is older than its last date."""
    words = f"the summary has no record of {quote(event.place.text)}; its last date is {quote(last.place.text)}"
    evidence = (Feature.ARGUABLE,) if event.day < last.day else ()
    note = Note(last.place.span, "the last date in the summary")
    return Finding(event.place.span, words, notes=(note,), evidence=evidence)


def _compare_date(event: annotation.Event, in_summary: Sequence[annotation.Event]) -> Finding | None:
    """Another date, where the summary has one that differs by a slip; of two days of one month both may be right."""
    near = [each for each in in_summary if annotation.is_slip(event.day, each.day)]
    if not near or ENDS.search(event.place.before):
        return None
    is_of_month = any((each.day.year, each.day.month) == (event.day.year, event.day.month) for each in near)
    words = f"{quote(event.place.text)} here, {quote(near[0].place.text)} in the summary"
    note = Note(near[0].place.span, "in the summary")
    evidence = (Feature.ANOTHER_FITS,) if is_of_month else ()
    return Finding(event.place.span, words, notes=(note,), evidence=evidence)
