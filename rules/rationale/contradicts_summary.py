from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Passage,
    Place,
    Reading,
    Rule,
    annotation,
    knowledge,
    quote,
)

T = TypeVar("T")
LONGEST = 90  # characters that are quoted
CONTEXT_BEFORE = 5  # parts between spaces, the last of which is empty or the beginning of a word
CONTEXT_AFTER = 4


class ContradictsSummary(Rule):
    """The rationale denies what the summary records, states what the summary denies, or has another number.

    "No radicular complaints" although the summary records pain radiating into the leg: the summary or
    the rationale belongs to another case, and a plainly wrong fact is a ground of appeal (Labor Code
    4610.6(h)). Only sentences on the case are compared. What the summary records may be narrower than what is denied
    (numbness, of neurological symptoms), but not wider. A claim that is narrowed ("no recent studies") is contradicted
    only by words that say the same. What was only requested or planned was not done. Guideline text, suspicions, what
    is taken for granted ("no explanation for the weakness"), and what the summary both affirms and denies, or has of
    another day, are ignored. It is a warning, since sentences can be meant in several ways.

    ```diff
    -This worker has weakness of the left
    -great toe and loss of sensation over the left foot, which point to the fifth lumbar root, and six
    +Neurological deficits are not documented in this
    +worker, which speaks against disease of the fifth lumbar root, and six
    ```

    ```findings
    "Neurological deficits are not documented" denied here, recorded in the summary: "Neurological deficits are not documented in this worker," here, "a positive Hawkins sign, weakness of the left" in the summary
      "weakness" the summary
    ```
    """

    code = "RAT014"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        summary = reading.summary
        if summary is None:
            return
        signs = _group(summary.sign_results, lambda each: each.name)
        ratings = _group(summary.ratings, lambda each: each.scale.scale)
        for item in reading.items:
            if item.rationale is None:
                continue
            yield from _other_numbers(item, reading)
            said: list[Place] = []
            for message, here, there in (
                *_false_absences(item, item.rationale, summary),
                *_false_presences(item, item.rationale, summary),
                *_false_responses(item.rationale, summary),
                *_denied_complaints(item.rationale, summary),
                *_opposite_events(item.rationale, summary),
                *_opposite_signs(item.rationale, signs),
                *_signs_of_other_side(item.rationale, signs),
                *_other_ratings(item.rationale, ratings),
                *_denied_counts(item, item.rationale, summary),
            ):
                stated, recorded = quote(_add_context(here), LONGEST), quote(_add_context(there), LONGEST)
                values = f"{stated} here, {recorded} in the summary"
                if any(here.overlaps(each) for each in said) or not annotation.may_be_of_one_day(
                    here, item.rationale, there, summary
                ):
                    continue
                said.append(here)
                note = Note(there.span, "the summary")
                yield Finding(here.span, f"{message}: {values}", notes=(note,), evidence=(Feature.ARGUABLE,))


def _group(found: Iterable[T], name: Callable[[T], str]) -> Mapping[str, Sequence[T]]:
    """What was found, by name."""
    groups: dict[str, list[T]] = {}
    for each in found:
        groups.setdefault(name(each), []).append(each)
    return groups


class Contradiction(NamedTuple):
    """Words of a rationale, and those of the summary that say the opposite."""

    message: str
    here: Place
    there: Place


def _add_context(place: Place) -> str:
    """The words of a place, with the four before them and the three behind them in their sentence."""
    before, after = place.before.split(" ")[-CONTEXT_BEFORE:], place.after.split(" ")[:CONTEXT_AFTER]
    return f"{' '.join(before)}{place.text}{' '.join(after)}"


def _other_numbers(item: Item, reading: Reading) -> Iterator[Finding]:
    """Numbers in a sentence that tells what another place of the letter tells with another number."""
    for stray in reading.find_strays(item):
        if stray.kind is annotation.StrayKind.NUMBER and stray.contrast:
            place, there, here = stray.contrast
            message = f"the same is told with another number: {quote(here)} here, {quote(there)} elsewhere"
            notes = (Note(place.span, "the other number"),)
            yield Finding(stray.place.span, message, notes=notes, evidence=(Feature.ARGUABLE,))


def _false_absences(item: Item, rationale: Passage, summary: Passage) -> Iterator[Contradiction]:
    """What the rationale says was not there or not done, and the summary records."""
    for claim, record in annotation.find_false_absences(item, rationale, summary):
        yield Contradiction("denied here, recorded in the summary", claim.place, record.place)


def _false_presences(item: Item, rationale: Passage, summary: Passage) -> Iterator[Contradiction]:
    """Findings that the rationale states, and the summary denies."""
    for stated, denied in annotation.find_false_presences(item, rationale, summary):
        yield Contradiction("stated here, denied in the summary", stated.place, denied.place)


def _false_responses(rationale: Passage, summary: Passage) -> Iterator[Contradiction]:
    """Treatments that helped here and did not in the summary, or the reverse."""
    for stated, recorded in annotation.find_false_responses(rationale, summary):
        here, there = ("helped", "did not help") if stated.helped else ("did not help", "helped")
        yield Contradiction(
            f"{quote(stated.treatment.place.text)} {here}, but {there} in the summary", stated.place, recorded.place
        )


def _opposite_events(rationale: Passage, summary: Passage) -> Iterator[Contradiction]:
    """Treatments and studies that were done here and not done in the summary."""
    for event in rationale.treatment_events:
        sentence = rationale.sentence_of(event.place)
        if not event.done or not annotation.is_of_case(sentence, event.place) or rationale.is_quoted(event.place.start):
            continue
        same = [each for each in summary.treatment_events if _is_same(each.treatment, event.treatment)]
        if same and not any(each.done for each in same):
            yield Contradiction("done here, not done in the summary", event.place, same[0].place)


def _is_same(treatment: knowledge.treatments.Treatment, other: knowledge.treatments.Treatment) -> bool:
    return treatment == other or {treatment.name, other.name} <= annotation.NERVE_TESTS


def _is_told(place: Place, rationale: Passage) -> bool:
    """Whether the reviewer tells it of the case, in a sentence without a guideline, outside quotation marks."""
    sentence = rationale.sentence_of(place)
    is_own = annotation.is_of_case(sentence, place) and not sentence.names_guideline
    return is_own and not rationale.is_quoted(place.start)


def _opposite_signs(
    rationale: Passage, in_summary: Mapping[str, Sequence[annotation.SignResult]]
) -> Iterator[Contradiction]:
    """Signs of the examination that are positive here and negative in the summary, or the reverse."""
    for result in rationale.sign_results:
        same = [each for each in in_summary.get(result.name, ()) if result.may_mean(each)]
        if (
            same
            and all(each.is_positive is not result.is_positive for each in same)
            and _is_told(result.place, rationale)
        ):
            here, there = ("positive", "negative") if result.is_positive else ("negative", "positive")
            yield Contradiction(f"{here} here, {there} in the summary", result.place, same[0].place)


def _signs_of_other_side(
    rationale: Passage, in_summary: Mapping[str, Sequence[annotation.SignResult]]
) -> Iterator[Contradiction]:
    """Signs that are positive on one side here, and in the summary on the other one only."""
    for result in rationale.sign_results:
        same = [each for each in in_summary.get(result.name, ()) if each.is_positive]
        told = frozenset(side for each in same for side in each.sides)
        if (
            result.is_positive
            and len(result.sides) == len(told) == 1
            and not result.sides & told
            and all(each.sides for each in same)
            and _is_told(result.place, rationale)
        ):
            here, there = (next(iter(sides)).value for sides in (result.sides, told))
            yield Contradiction(
                f"positive on the {here} here, on the {there} in the summary", result.place, same[0].place
            )


def _other_ratings(
    rationale: Passage, in_summary: Mapping[str, Sequence[annotation.Rating]]
) -> Iterator[Contradiction]:
    """Values on a scale that are other than each of them in the summary: of pain, of strength, of a questionnaire."""
    for rating in rationale.ratings:
        told = in_summary.get(rating.scale.scale, ())
        if told and all(each.value != rating.value for each in told) and _is_told(rating.place, rationale):
            message = f"another value of the {rating.scale.scale} than in the summary"
            yield Contradiction(message, rating.place, told[-1].place)


def _denied_counts(item: Item, rationale: Passage, summary: Passage) -> Iterator[Contradiction]:
    """Where the number of visits so far is said to be unknown, and the summary gives it."""
    counted = [
        each
        for each in summary.past_visits
        if not each.treatments or any(item.has_treatment(treatment) for treatment in each.treatments)
    ]
    for place in annotation.find_unknown_counts(rationale) if counted else ():
        yield Contradiction("not known here, given in the summary", place, counted[0].place)


def _denied_complaints(rationale: Passage, summary: Passage) -> Iterator[Contradiction]:
    """Complaints about a part of the body that the rationale denies and the summary records."""
    for denied, recorded in annotation.find_denied_complaints(rationale, summary):
        yield Contradiction("complaints denied here, recorded in the summary", denied, recorded)
