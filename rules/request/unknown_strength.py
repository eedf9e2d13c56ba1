import re
from collections.abc import Iterator
from typing import NamedTuple

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
    Letter,
    Passage,
    Place,
    Reading,
    Rule,
    knowledge,
    model,
    quote,
)

# What follows a dose for a day, or a share of a dose: neither is the strength of a tablet.
DAILY = re.compile(
    r"\s*(?:/\s?(?:ml|day|d\b|hr|h\b|\d)|per (?:day|ml|hour)|a day|daily|total|in total|every day|each day|of )",
    re.IGNORECASE,
)


LISTED = 6  # strengths in a message, at most


class Dose(NamedTuple):
    """A drug with its strength, where the two are printed."""

    place: Place
    drug: knowledge.drugs.Drug
    strength: model.Strength


class UnknownStrength(Rule):
    """A drug in a strength in which it was never sold.

    A pharmacy cannot fill Norco 10/352 or Baclofen 100mg, and the dose that was compared with the guideline
    was never requested. In running text several tablets may make up a dose, so that a multiple of a strength
    is right there.

    ```diff
    -Orphenadrine ER 100mg, one tablet twice daily as needed, #60: Upheld
    +Orphenadrine ER 1000mg, one tablet twice daily as needed, #60: Upheld
    ```

    ```findings
    "Orphenadrine ER 1000mg" never sold in this strength: "Orphenadrine ER 1000mg" here, sold in 30 and 100 mg
    ```
    """

    code = "REQ011"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        seen: set[tuple[str, model.Strength]] = set()
        for passage in (*reading.titles, *reading.passages):
            for dose in _find_doses(passage):
                exact = passage in reading.titles
                if _is_sold(dose.drug, dose.strength, exact=exact) or passage.is_quoted(dose.place.start):
                    continue
                if (dose.drug.name, dose.strength) not in seen and not _differs_from_item(dose, passage, reading):
                    seen.add((dose.drug.name, dose.strength))
                    yield Finding(dose.place.span, _describe_strength(dose))


def _describe_strength(dose: Dose) -> str:
    """The printed strength beside those in which the drug is sold, in the same unit."""
    unit = "mg" if dose.strength.unit == "g" else dose.strength.unit
    sold = sorted(each.amounts for each in knowledge.drugs.strengths_of(dose.drug) if each.unit == unit)
    written = ["/".join(f"{amount:g}" for amount in amounts) for amounts in sold]
    if len(written) > LISTED:
        written = [*written[: LISTED - 1], "…", written[-1]]
    listed = " and ".join(filter(None, (", ".join(written[:-1]), written[-1])))
    return f"never sold in this strength: {quote(dose.place.text)} here, sold in {listed} {unit}"


def _differs_from_item(dose: Dose, passage: Passage, reading: Reading) -> bool:
    """Whether a rationale gives this strength for the one in dispute: wrong-strength reports that."""
    for item in reading.items:
        disputed = {field.value for portion in item.dispute.request.portions for field in portion.strengths}
        if item.rationale is passage and disputed and any(dose.drug.same_as(own) for own in item.drugs):
            named = any(reference.place.holds(dose.place.start) for reference in passage.references)
            return named and dose.strength not in disputed
    return False


def _find_doses(passage: Passage) -> Iterator[Dose]:
    """Each drug that is followed by a strength."""
    for place, drug in passage.drugs:
        printed = knowledge.strengths.read_behind(passage.text, place.end)
        if printed and not DAILY.match(passage.text, printed.end):
            yield Dose(passage.place(place.start, printed.end), drug, printed.strength)


def _is_sold(drug: knowledge.drugs.Drug, strength: model.Strength, *, exact: bool) -> bool:
    """Whether a drug comes in a strength; unless it must be `exact`, several tablets may make it up."""
    known = knowledge.drugs.strengths_of(drug)
    of_unit = {each.amounts for each in known if each.unit == strength.unit}
    if strength.unit == "g":
        return model.Strength(strength.amounts, "mg") not in known  # "50 gm" for 50 mg; else a weight of cream
    if not of_unit or strength.unit not in ("mg", "mcg") or len(strength.amounts) != len(drug.ingredients):
        return True
    if sorted(strength.amounts) in [sorted(amounts) for amounts in of_unit]:
        return True
    if exact or len(strength.amounts) > 1:
        return False
    return any(strength.amounts[0] / amounts[0] in (2, 3, 4, 6, 8) for amounts in of_unit)
