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

# Words under which a drug may have another strength: it was changed, it is the most that is allowed, or an alternative.
CHANGED = Pattern(
    rf"\b{knowledge.wordings.any_of('condition', 'at most', 'at least', 'earlier', 'another')}\b", re.IGNORECASE
)
OTHER_DOSE = knowledge.function_words.members("word of another dose")
CLAUSE_END = re.compile(r"[,;]")
NEAR = 3  # characters from a strength to how often it is taken
MOST_TABLETS = 9  # a day, and one more
DOSE = Pattern(r"\b(?:dos(?:e|es|age) of|daily|total of|equivalent)\b", re.IGNORECASE)


class WrongStrength(Rule):
    """The rationale gives the disputed drug a strength that was not requested.

    10/352 instead of 10/325, or the 10 mg tablet instead of 7.5 mg: the decision is then not on what the
    title says. So is a strength in a sentence on the worker that the drug has nowhere else in the letter, unless the
    sentence tells of a change of it.

    ```diff
    -records describe no spasm that it would treat. Therefore, the request for orphenadrine is not
    +records describe no spasm that it would treat. Therefore, the request for orphenadrine 50mg is not
    ```

    ```findings
    "50mg" not the disputed strength: "50mg" here, "100mg" in dispute
      "100mg" the disputed strength
    ```
    """

    code = "RAT008"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            reported = list(_find_undisputed(item))
            yield from reported
            if item.rationale is not None:
                for finding in _find_unknown(item.rationale, reading):
                    if not any(finding.span.covers(each.span) for each in reported):
                        yield finding


def _find_undisputed(item: Item) -> Iterator[Finding]:
    """Strengths of the disputed drug, where the rationale names the request, that were not requested."""
    request = item.dispute.request
    printed = [field for portion in request.portions for field in portion.strengths if field.value]
    if item.rationale is None or item.kind is model.RequestKind.COMPOUND or not printed:
        return
    requested = [field.value for field in printed if field.value]
    for place, _ in _strengths_of_request(item, item.rationale):
        if all(_differs(each, requested) for each in _list_strengths(place.sentence, item, item.rationale)):
            disputed = " and ".join(dict.fromkeys(quote(field.raw) for field in printed))
            message = f"not the disputed strength: {quote(place.text)} here, {disputed} in dispute"
            yield Finding(place.span, message, notes=(Note(printed[0].span, "the disputed strength"),))


def _find_unknown(rationale: Passage, reading: Reading) -> Iterator[Finding]:
    """Strengths in sentences on the worker that a drug has neither in the summary nor in a title."""
    told = [each for passage in reading.told for each in passage.preparations]
    for preparation in rationale.preparations:
        sentence = rationale.sentence_of(preparation.place)
        own = [each for each in rationale.preparations if sentence.place.holds(each.place.start)]
        same = [each for each in told if each.ingredients == preparation.ingredients]
        is_general = sentence.speaks_for_guideline or sentence.is_general or sentence.is_quoted(preparation.place.start)
        clause = _read_clause(preparation.place)
        is_compared = CHANGED.search(clause) or DOSE.search(clause) or not OTHER_DOSE.isdisjoint(clause.lower().split())
        is_known = not same or any(not _differs(each.strength, [one.strength for one in same]) for each in own)
        is_known = is_known or _is_told(preparation, same, rationale, reading)
        if not (is_known or is_general or is_compared or sentence.kind is annotation.SentenceKind.GUIDELINE):
            there = " and ".join(dict.fromkeys(quote(each.place.text) for each in same))
            message = f"{quote(preparation.place.text)} here, {there} elsewhere"
            note = Note(same[0].place.span, "the strength elsewhere")
            yield Finding(preparation.place.span, message, notes=(note,), evidence=(Feature.ARGUABLE,))


def _read_clause(place: Place) -> str:
    """The words around a place, up to the next comma on either side."""
    before, after = CLAUSE_END.split(place.before)[-1], CLAUSE_END.split(place.after)[0]
    return f"{before}{place.text}{after}"


def _is_told(
    preparation: annotation.Preparation,
    same: Sequence[annotation.Preparation],
    rationale: Passage,
    reading: Reading,
) -> bool:
    """Whether a strength is a dose in the summary or a title, or what several tablets make a day."""
    amounts = preparation.strength.amounts
    if any(amount in _list_doses(passage) for passage in reading.told for amount in amounts):
        return True
    singles = [each.strength.amounts[0] for each in same if len(each.strength.amounts) == len(amounts) == 1]
    is_total = any(amounts[0] / single in range(2, MOST_TABLETS) for single in singles if single)
    end = preparation.place.end
    return is_total and not any(each.per and 0 <= each.place.start - end <= NEAR for each in rationale.quantities)


def _list_doses(passage: Passage) -> set[float]:
    """The doses of a text that stand alone, in milligrams: "was raised to 60 mg"."""
    return {
        quantity.most
        for quantity in passage.quantities
        if quantity.dimension == "dose"
        and not any(each.place.holds(quantity.place.start) for each in passage.preparations)
    }


def _differs(strength: model.Strength, requested: Sequence[model.Strength]) -> bool:
    """Whether a strength can be compared with those requested, and is none of them."""
    comparable = [each for each in requested if knowledge.strengths.is_comparable(strength, each)]
    return bool(comparable) and not any(knowledge.strengths.is_same(strength, each) for each in comparable)


def _list_strengths(sentence: Place, item: Item, rationale: Passage) -> Iterator[model.Strength]:
    """The strengths of the disputed drug in a sentence, which may compare two: "from 5 mg to 10 mg"."""
    for place, drug in rationale.drugs:
        printed = knowledge.strengths.read_behind(rationale.text, place.end) if sentence.holds(place.start) else None
        if printed and any(drug.same_as(each) for each in item.drugs):
            yield printed.strength


def _strengths_of_request(item: Item, rationale: Passage) -> Iterator[tuple[Place, model.Strength]]:
    """Each strength of the disputed drug where the rationale speaks of the request, doses for a day left out."""
    for reference in rationale.references:
        for place, drug in rationale.drugs:
            if not reference.place.holds(place.start) or not any(drug.same_as(each) for each in item.drugs):
                continue
            printed = knowledge.strengths.read_behind(rationale.text, place.end)
            if printed and printed.strength.unit in ("mg", "mcg", "%") and not DOSE.search(place.before[-40:]):
                yield rationale.place(printed.start, printed.end), printed.strength
