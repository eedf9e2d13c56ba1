import re
from collections.abc import Iterator, Sequence

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Passage,
    Place,
    Reading,
    Rule,
    knowledge,
    model,
    quote,
)

DOSE = re.compile(r"\b(?:dos(?:e|es|age) of|daily|total of|equivalent)\b", re.IGNORECASE)


class WrongStrength(Rule):
    """The rationale gives the disputed drug a strength that was not requested.

    10/352 instead of 10/325, or the 10 mg tablet instead of 7.5 mg: the decision is then not on what the
    title says. Only strengths in the conclusion, or where the rationale names the request, are compared;
    earlier prescriptions may have had others.

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
            request = item.dispute.request
            printed = [field for portion in request.portions for field in portion.strengths if field.value]
            if item.rationale is None or item.kind is model.RequestKind.COMPOUND or not printed:
                continue
            requested = [field.value for field in printed if field.value]
            for place, _ in _strengths_of_request(item, item.rationale):
                if all(_differs(each, requested) for each in _list_strengths(place.sentence, item, item.rationale)):
                    disputed = " and ".join(dict.fromkeys(quote(field.raw) for field in printed))
                    message = f"not the disputed strength: {quote(place.text)} here, {disputed} in dispute"
                    yield Finding(place.span, message, notes=(Note(printed[0].span, "the disputed strength"),))


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
