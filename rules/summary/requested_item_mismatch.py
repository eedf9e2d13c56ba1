import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

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
    Span,
    annotation,
    knowledge,
    model,
    quote,
)

REQUEST = Pattern(
    rf"\b(?:{knowledge.wordings.any_of('wanted', 'refused', 'non-certified', 'refusal')}|treatment plan|refill\w*)\b",
    re.IGNORECASE,
)
# Words that leave no doubt that it was requested for this review; a prescription may be an older one.
ASKED = Pattern(
    rf"\b(?:{knowledge.wordings.any_of('utilization review', 'refused', 'non-certified')}|request\w*|rfa|asked for"
    r"|seeking)\b",
    re.IGNORECASE,
)
EARLIER = Pattern(
    rf"\b(?:{knowledge.wordings.any_of('earlier', 'had', 'granted', 'already')}|discontinu\w+|chang\w+|increas\w+"
    r"|decreas\w+|switch\w+|stopped"
    r"|medications? includ\w+|modified)\b",
    re.IGNORECASE,
)
DENIED = Pattern(
    rf"\b(?:{knowledge.wordings.any_of('utilization review', 'refused', 'non-certified')}|rfa|request for authorization"
    r"|current request)\b",
    re.IGNORECASE,
)
OF = Pattern(r" (?:of|for|to) (?:the )?(?:(?:left|right|bilateral) )?", re.IGNORECASE)
VISITS = Pattern(r"\b(?:visit|session|treatment|appointment)s?\b", re.IGNORECASE)
NEAR = 40  # characters
FEWEST = 5  # tablets; a smaller number is a dose
# What is not counted in tablets: "120 grams", "2 boxes", "12 visits".
OTHER_UNIT = Pattern(
    r"\d ?(?:g|gm|grams?|ml|cc|oz)\b|\b(?:vial|tube|bottle|box|kit|pack|pair|hour|unit|level|month|trip|visit|session"
    r"|treatment|injection|appointment|series|stud(?:y|ies))",
    re.IGNORECASE,
)
THERAPIES = (model.RequestKind.THERAPY, model.RequestKind.ACUPUNCTURE, model.RequestKind.CHIROPRACTIC)
LOCAL = (model.RequestKind.IMAGING, model.RequestKind.INJECTION, *THERAPIES)
MEDICATIONS = Pattern(
    r"\brequest(?:ed|s|ing)? (?:for )?authorization for (?:the )?(?P<what>medications?)\b", re.IGNORECASE
)


class RequestedItemMismatch(Rule):
    """The summary has another strength, number or part of the body requested than the title of the item.

    One of the two is not what the physician requested, and the decision is binding for what the title
    says. Strengths are compared as amounts, so that 500 mcg is 0.5 mg. Earlier prescriptions and courses are
    not reported, nor is a summary that mentions both; what was prescribed, but not said to be requested, is a
    note.

    ```diff
    -the left great toe extensor, and decreased sensation over the top of the left foot. Six visits of
    +the left great toe extensor, and decreased sensation over the top of the left foot. The physician
    +requested orphenadrine 50mg #60. Six visits of
    ```

    ```findings
    "orphenadrine 50mg" not the disputed strength: "orphenadrine 50mg" here, "100mg" in the disputed item
      "Orphenadrine ER 100mg, one tablet twice daily as needed, #60" the disputed item
    ```
    """

    code = "SUM001"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        summary = reading.summary
        if summary is None:
            return
        for item in reading.items:
            note = Note(item.dispute.title.span, "the disputed item")
            for span, words, before, what, disputed in (
                *_find_strengths(summary, item),
                *_find_numbers(summary, item, reading),
                *_find_counts(summary, item, reading.items, reading),
                *_find_parts(summary, item, reading.items),
            ):
                message = f"not the disputed {what}: {quote(words)} here, {disputed} in the disputed item"
                evidence = () if ASKED.search(before) else (Feature.ANOTHER_FITS,)
                yield Finding(span, message, notes=(note,), evidence=evidence)
        if reading.items and not any(item.is_drug or item.drugs for item in reading.items):
            note = Note(letter.disputes[0].title.span, "the first disputed item")
            for passage in filter(None, (summary, *(item.rationale for item in reading.items))):
                for hit in passage.find(MEDICATIONS):
                    place = hit.place_of("what")
                    message = "a medication is requested here, but no disputed item is one"
                    yield Finding(place.span, message, notes=(note,))


class Mismatch(NamedTuple):
    """Words of the summary with those before them, what differs in them, and what the title of the item has instead."""

    span: Span
    words: str
    before: str
    what: str
    disputed: str


def _mismatch(place: Place, what: str, disputed: str) -> Mismatch:
    return Mismatch(place.span, place.text, place.before, what, disputed)


def _find_strengths(summary: Passage, item: Item) -> Iterator[Mismatch]:
    """The disputed drug, requested in another strength only."""
    if item.kind is not model.RequestKind.DRUG:
        return
    disputed = [each for portion in item.portions for each in portion.preparations]
    fields = [field for portion in item.dispute.request.portions for field in portion.strengths]
    known = [(field.value, field.raw) for field in fields if field.value]
    by_parts = [each for each in disputed if len(each.strength.amounts) > 1 and each.strength not in dict(known)]
    if by_parts:  # "hydrocodone 10 mg/acetaminophen 325 mg"
        known = [(each.strength, each.place.text) for each in by_parts]
    wanted = [drug.ingredients for drug in item.drugs] + [each.ingredients for each in disputed]
    printed = [each for each in summary.preparations if each.ingredients in wanted]
    if any(knowledge.strengths.is_same(each.strength, own) for each in printed for own, _ in known):
        return
    for place, _, strength in printed:
        other = next((raw for own, raw in known if knowledge.strengths.is_comparable(strength, own)), None)
        if other and REQUEST.search(place.before) and not EARLIER.search(place.before[-80:]):
            yield _mismatch(place, "strength", quote(other))


def _find_numbers(summary: Passage, item: Item, reading: Reading) -> Iterator[Mismatch]:
    """The disputed treatment, denied with another number of visits only."""
    if item.kind not in THERAPIES or item.visits is None:
        return
    others = (other for other in reading.items if other is not item)
    if any(item.has_treatment(treatment) for other in others for treatment in other.treatments):
        return
    amounts = [
        (each.place.span, each.place.text, each.place.before, each.place.sentence.text, each.number)
        for each in summary.amounts
        if each.unit == "visit" and _is_of_item(each.place, summary, item)
    ]
    for treatment in summary.treatments:
        words = annotation.find_description(treatment.place, summary)
        for portion in reading.read_portions(words) if treatment.meaning == item.treatments[0] else ():
            for field, number in _visits_behind(portion, reading):
                before = words.before if _is_apposed(field, treatment.place, reading) else ""
                amounts.append((field.span, field.raw, before, words.sentence.text, number))
    portions = item.dispute.request.portions
    spread = [reading.count_visits(each) for each in (*portions, *(replace(p, quantities=()) for p in portions))]
    for *_, number in amounts:
        if number in item.numbers or any(visits and visits.fewest <= number <= visits.most for visits in spread):
            return
    for span, text, before, sentence, _ in {each[0]: each for each in amounts}.values():
        if DENIED.search(before) and not EARLIER.search(sentence):
            fewest, most = item.visits
            yield Mismatch(span, text, before, "number", f"{fewest:g}" if fewest == most else f"{fewest:g} to {most:g}")


def _visits_behind(portion: model.Portion, reading: Reading) -> Iterator[tuple[model.Field[Any], float]]:
    """The visits that words on a treatment give as "2 times a week for 6 weeks (12 visits)", each with its field."""
    counted = [field for field in portion.quantities if field.value and VISITS.search(field.raw)]
    for field in counted:
        yield field, field.value or 0
    spread = reading.count_visits(replace(portion, quantities=()))
    if not counted and spread and spread.fewest == spread.most:
        yield next(field for field in portion.frequencies if field.value), spread.most


def _find_counts(summary: Passage, item: Item, items: Sequence[Item], reading: Reading) -> Iterator[Mismatch]:
    """The disputed drug, requested in another number of tablets only."""
    if item.kind is not model.RequestKind.DRUG or not item.numbers:
        return
    alike = [each for each in items if any(drug.same_as(own) for drug in each.drugs for own in item.drugs)]
    right = {sum(item.numbers)}
    for portion in (portion for each in alike for portion in each.dispute.request.portions):
        right |= _count_with_refills(portion)
    counted = []
    for drug in summary.drugs:
        if any(drug.meaning.same_as(own) for own in item.drugs):
            for portion in reading.read_portions(annotation.find_description(drug.place, summary)):
                if not right.isdisjoint(_count_with_refills(portion)):
                    return
                counted += [
                    (drug.place, each)
                    for each in portion.quantities
                    if _is_of_tablets(each) and _is_apposed(each, drug.place, reading)
                ]
    for place, quantity in counted:
        if REQUEST.search(place.before) and not EARLIER.search(place.before[-80:]):
            disputed = " and ".join(quote(f"{number:g}") for number in sorted(item.numbers))
            yield Mismatch(quantity.span, quantity.raw, place.before, "number", disputed)


def _count_with_refills(portion: model.Portion) -> set[float]:
    """The numbers of a portion, each alone and with the refills."""
    counts = [field.value for field in portion.quantities if field.value]
    return {count * (1 + (times.value or 0)) for count in counts for times in portion.refills} | set(counts)


def _is_of_tablets(quantity: model.Field[float]) -> bool:
    return (quantity.value or 0) >= FEWEST and not OTHER_UNIT.search(quantity.raw)


def _is_apposed(field: model.Field[Any], name: Place, reading: Reading) -> bool:
    """Whether a number stands before a name, or behind it without a clause of its own between them."""
    between = reading.letter.source[Span(name.span.end, max(field.span.start, name.span.end))]
    return not annotation.begins_clause(between) and not EARLIER.search(between)


def _is_of_item(amount: Place, summary: Passage, item: Item) -> bool:
    """Whether a number of visits is near the disputed treatment and near no other one."""
    near = [
        treatment.meaning
        for treatment in summary.treatments
        if amount.start - NEAR <= treatment.place.start <= amount.end + NEAR
        and amount.sentence.holds(treatment.place.start)
    ]
    return bool(near) and all(treatment == item.treatments[0] for treatment in near)


def _find_parts(summary: Passage, item: Item, items: Sequence[Item]) -> Iterator[Mismatch]:
    """The disputed study or treatment, denied for a part of the body that no such item names."""
    if not item.regions or not item.treatments or item.kind not in LOCAL:
        return
    alike = [each for each in items if any(item.has_treatment(treatment) for treatment in each.treatments)]
    denied = []
    for treatment in summary.treatments:
        if treatment.meaning != item.treatments[0]:
            continue
        of = OF.match(summary.text, treatment.place.end)
        part = next(iter(summary.parts_in(summary.place(of.end(), of.end() + 12)) if of else ()), None)
        if part and DENIED.search(treatment.place.before):
            denied.append((summary.place(treatment.place.start, part.place.end), part.meaning.region))
    if not any(item.has_region(region) for _, region in denied):
        for place, region in denied:
            if not any(each.has_region(region) for each in alike):
                fields = (field for portion in item.dispute.request.portions for field in portion.body_parts)
                disputed = ", ".join({field.raw: None for field in fields if field.value in item.regions})
                yield _mismatch(place, "part of the body", quote(disputed))
