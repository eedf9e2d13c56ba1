import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Prose, Reading, Rule, knowledge, model

# A dose for the day is no strength of a tablet, nor is one that is being changed.
DOSE = re.compile(
    r"\s*(?:/\s?(?:ml|day|d\b|hr|h\b|\d)|per (?:day|ml|hour)|a day|daily|total|in total|every day|each day|of )",
    re.IGNORECASE,
)


class UnknownStrength(Rule):
    """A drug in a strength in which it has never been sold.

    Norco 10/352 or Baclofen 100mg is a slip of the keyboard that a pharmacy cannot fill, and a dose
    weighed against a guideline that was never requested. In running text doses are added up, so that a
    multiple of a strength is no slip there.

    ```diff
    -Orphenadrine ER 100mg, one tablet twice daily as needed, #60: Upheld
    +Orphenadrine ER 1000mg, one tablet twice daily as needed, #60: Upheld
    ```

    ```findings
    "Orphenadrine ER 1000mg" the drug was never sold in this strength
    ```
    """

    code = "REQ011"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        seen = set()
        for prose in (*reading.titles, *letter.prose):
            for drug, start, end, strength in _printed(prose):
                if _sold(drug, strength, prose in reading.titles) or quotes.quoted(prose, start):
                    continue
                if (drug.name, strength) not in seen and not _compared(prose, drug, start, strength, letter):
                    seen.add((drug.name, strength))
                    yield Finding(prose.place(start, end), "the drug was never sold in this strength")


def _compared(prose: Prose, drug: knowledge.drugs.Drug, start: int, strength: model.Strength, letter: Letter) -> bool:
    """Whether the strength stands where the disputed one is due, and is another: that is reported as such."""
    for dispute in letter.disputes:
        printed = {field.value for portion in dispute.request.portions for field in portion.strengths}
        if dispute.rationale is prose and printed and any(drug.same_as(own) for own in asked.of(dispute).drugs):
            return strength not in printed and any(r.start <= start < r.end for r in references.of(prose))
    return False


def _printed(prose: Prose) -> Iterator[tuple[knowledge.drugs.Drug, int, int, model.Strength]]:
    """Each drug that is followed by a strength, with the place of both."""
    for mention in mentions.of_drugs(prose):
        printed = knowledge.strengths.after(prose.text, mention.end)
        if printed and not DOSE.match(prose.text, printed[1]):
            yield mention.meaning, mention.start, printed[1], printed[2]


def _sold(drug: knowledge.drugs.Drug, strength: model.Strength, title: bool) -> bool:
    known = knowledge.drugs.strengths_of(drug)
    of_unit = {each.amounts for each in known if each.unit == strength.unit}
    if strength.unit == "g":
        return model.Strength(strength.amounts, "mg") not in known  # "50 gm" for 50 mg; else a weight of cream
    if not of_unit or strength.unit not in ("mg", "mcg") or len(strength.amounts) != len(drug.ingredients):
        return True
    if sorted(strength.amounts) in [sorted(amounts) for amounts in of_unit]:
        return True
    if title or len(strength.amounts) > 1:
        return False
    return any(strength.amounts[0] / amounts[0] in (2, 3, 4, 6, 8) for amounts in of_unit)
