from collections.abc import Iterator

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
)


class WrongStrength(Rule):
    """The rationale names another strength of the disputed drug than was asked for.

    10/352 for 10/325, or the 10 mg tablet where 7.5 mg was requested: what was decided on is then not
    what is printed in the title. Strengths of earlier prescriptions are no error; those in the
    conclusion, or where the request itself is named, are.

    ```diff
    -records describe no spasm that it would treat. Therefore, the request for orphenadrine is not
    +records describe no spasm that it would treat. Therefore, the request for orphenadrine 50mg is not
    ```

    ```findings
    "50mg" another strength than the disputed one
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
            requested = [sorted(field.value.amounts) for field in printed if field.value]
            for place, strength in _strengths_of_request(item, item.rationale):
                if sorted(strength.amounts) not in requested:
                    note = Note(printed[0].span, "the disputed strength")
                    yield Finding(place.span, "another strength than the disputed one", notes=(note,))


def _strengths_of_request(item: Item, rationale: Passage) -> Iterator[tuple[Place, model.Strength]]:
    """Each strength of the disputed drug where the rationale speaks of the request."""
    for reference in rationale.references:
        for place, drug in rationale.drugs:
            if not reference.place.holds(place.start) or not any(drug.same_as(each) for each in item.drugs):
                continue
            if printed := knowledge.strengths.after(rationale.text, place.end):
                start, end, strength = printed
                if strength.unit in ("mg", "mcg", "%"):
                    yield rationale.place(start, end), strength
