import re
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

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
    knowledge,
    model,
    quote,
)

# What follows a dose for a day, or a share of a dose: neither is the strength of a tablet.
DAILY = Pattern(
    r"\s*(?:/\s?(?:ml|day|d\b|hr|h\b|\d)|per (?:day|ml|hour)|a day|daily|total|in total|every day|each day|of )",
    re.IGNORECASE,
)


SOLID = ("mg", "mcg")
MADE = Pattern(
    r"\b(?:compound\w*|creams?|gel|ointment|powder|bulk|suppositor\w+|troches?|intrathecal|pump|vials?|inject\w*"
    r"|infusion|intravenous|IV|IM|intramuscular|suspension|solution|syrup|kit)\b",
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
    was never requested. In running text several tablets and halves may make up a dose, so that a multiple is
    right there. Where another product of the same ingredients has the strength, a brand is often used for
    it, and in a title several tablets may be meant; both are notes. Compounded drugs have any strength, and generics
    whose forms no table has are not judged. It is reported once, with every place. Source of the strengths: FDA Orange
    Book.

    ```diff
    -Orphenadrine ER 100mg, one tablet twice daily as needed, #60: Upheld
    +Orphenadrine ER 1000mg, one tablet twice daily as needed, #60: Upheld
    ```

    ```findings
    "Orphenadrine ER 1000mg" never sold in this strength: "Orphenadrine ER 1000mg" here, sold in 100 mg
    ```
    """

    code = "REQ011"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        places: dict[tuple[str, model.Strength], list[Dose]] = {}
        for passage in (*reading.titles, *reading.passages):
            for dose in _find_doses(passage):
                exact = passage in reading.titles
                if _is_sold(dose, exact=exact) or passage.is_quoted(dose.place.start):
                    continue
                if not _differs_from_item(dose, passage, reading):
                    places.setdefault((dose.drug.name, dose.strength), []).append(dose)
        for first, *others in places.values():
            notes = tuple(Note(other.place.span, "the same strength") for other in others)
            evidence = (Feature.ANOTHER_FITS,) if _may_be_meant(first) else ()
            yield Finding(first.place.span, _describe_strength(first), notes=notes, evidence=evidence)


def _describe_strength(dose: Dose) -> str:
    """The printed strength beside those in which the drug is sold, in the same unit where it has any."""
    unit = "mg" if dose.strength.unit == "g" else dose.strength.unit
    solid = knowledge.drugs.solid_strengths_of(dose.drug)
    if not any(each.unit == unit for each in solid):  # "5 mcg" of what is sold in milligrams
        unit = min((each.unit for each in solid if each.unit in SOLID), default="")
    sold = sorted(each.amounts for each in solid if each.unit == unit)
    written = ["/".join(f"{amount:g}" for amount in amounts) for amounts in sold]
    if len(written) > LISTED:
        written = [*written[: LISTED - 1], "…", written[-1]]
    message = f"never sold in this strength: {quote(dose.place.text)} here"
    if not written:  # solutions only
        return message
    listed = " and ".join(filter(None, (", ".join(written[:-1]), written[-1])))
    return f"{message}, sold in {listed} {unit}"


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
        is_part = place.start and passage.text[place.start - 1] in "/+"  # "buprenorphine 2 mg/naloxone 0.5 mg"
        if printed and not is_part and not DAILY.match(passage.text, printed.end):
            yield Dose(passage.place(place.start, printed.end), drug, printed.strength)


def _is_sold(dose: Dose, *, exact: bool) -> bool:
    """Whether a drug comes in a strength; unless it must be `exact`, several tablets may make it up."""
    drug, strength = dose.drug, dose.strength
    if not drug.drug_class:
        return True  # a generic whose other forms, inhaled or without prescription, no table has
    known = knowledge.drugs.strengths_of(drug)
    if strength.unit == "g":
        return model.Strength(strength.amounts, "mg") not in known  # "50 gm" for 50 mg; else a weight of cream
    comparable = [each for each in known if knowledge.strengths.is_comparable(strength, each)]
    if not comparable or strength.unit not in SOLID or len(strength.amounts) != len(drug.ingredients):
        return True
    if any(knowledge.strengths.is_same(strength, each) for each in comparable) or _is_compounded(dose):
        return True
    return not exact and (_is_multiple(strength, comparable, (2, 3, 4, 6, 8)) or _is_of_halves(dose))


def _is_of_halves(dose: Dose) -> bool:
    """Whether whole and half tablets make up a dose that is not larger than two of the largest."""
    solid = knowledge.drugs.solid_strengths_of(dose.drug)
    amounts = [each.amounts[0] for each in solid if each.unit == dose.strength.unit and len(each.amounts) == 1]
    amount = dose.strength.amounts[0]
    return bool(amounts) and amount <= 2 * max(amounts) and (2 * amount / min(amounts)).is_integer()


def _is_multiple(strength: model.Strength, known: Iterable[model.Strength], times: Container[float]) -> bool:
    """Whether several tablets of one strength, or two of different ones, make up a dose of one ingredient."""
    if len(strength.amounts) > 1:
        return False
    amounts = [each.amounts[0] for each in known if each.unit == strength.unit]
    dose = strength.amounts[0]
    return any(dose / amount in times for amount in amounts) or any(
        dose == one + other for one in amounts for other in amounts
    )


def _may_be_meant(dose: Dose) -> bool:
    """Whether another product of the same ingredients has the strength, or two or three tablets make it up."""
    if dose.strength.unit not in SOLID:
        return False
    sisters = knowledge.drugs.sister_strengths_of(dose.drug)
    if any(knowledge.strengths.is_same(dose.strength, each) for each in sisters):
        return True
    return _is_multiple(dose.strength, knowledge.drugs.solid_strengths_of(dose.drug), (2, 3))


def _is_compounded(dose: Dose) -> bool:
    """Whether the words around a drug say that it is made by a pharmacy, or is given in another way than by mouth."""
    near = dose.place.prose.text[max(dose.place.start - 40, 0) : dose.place.end + 40]
    return bool(MADE.search(near))
