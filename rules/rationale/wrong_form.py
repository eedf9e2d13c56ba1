import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
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
    knowledge,
    model,
    quote,
)

TOPICAL = Pattern(
    r"\btopical(?:ly)? (?:analgesics?|agents?|medications?|nsaids?|non-?steroidal|lidocaine|capsaicin|creams?"
    r"|products?|formulations?|preparations?|use|application|treatment|anti-?inflammatory)\b"
    r"|\btopicals\b|\bcompound(?:ed)? (?:products?|creams?|topicals?|medications?)\b",
    re.IGNORECASE,
)
TOPICAL_BEFORE = Pattern(r"\btopical $", re.IGNORECASE)
TOPICAL_AFTER = Pattern(r"(?:,| is) an? topical\b", re.IGNORECASE)
ON_SKIN = Pattern(
    r"topical|cream|gel|ointment|patch|lotion|spray|pad|rub|%|percent|compound|transdermal|suspension kit",
    re.IGNORECASE,
)
ORAL = Pattern(r"\boral(?:ly)?\b|\bby mouth\b|\bpills?\b", re.IGNORECASE)
MILLIGRAMS = Pattern(r"\d ?mg\b", re.IGNORECASE)


class WrongForm(Rule):
    """The rationale judges a drug taken by mouth as one applied to the skin.

    Guidelines give different answers for tablets and creams of the same drug: "topical analgesics are
    largely experimental" says nothing about diclofenac tablets. A rationale that speaks of both forms, or
    comes to creams only after another guideline, is not reported.

    ```diff
    -Decision rationale: The MTUS supports orphenadrine only as a brief course, and its benefit is
    -greatest in the opening days.
    +Decision rationale: The MTUS holds that topical analgesics are largely experimental in use.
    ```

    ```findings
    "topical analgesics" about a drug applied to the skin, but the disputed one is taken by mouth: "topical analgesics" here, "Orphenadrine ER 100mg, one tablet twice daily as needed, #60" in dispute
      "Orphenadrine ER 100mg, one tablet twice daily as needed, #60" the disputed drug
    ```
    """

    code = "RAT007"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            rationale, portion = item.rationale, item.dispute.request.disputed
            if rationale is None or item.kind is not model.RequestKind.DRUG or not _is_oral(portion):
                continue
            topical = _find_called_topical(item, rationale)
            if topical is None and not ORAL.search(rationale.text):
                topical = _find_topical_guideline(rationale)
            if topical is not None:
                values = f"{quote(topical.text)} here, {quote(portion.text)} in dispute"
                message = f"about a drug applied to the skin, but the disputed one is taken by mouth: {values}"
                yield Finding(topical.span, message, notes=(Note(portion.span, "the disputed drug"),))


def _find_called_topical(item: Item, rationale: Passage) -> Place | None:
    """Where the disputed drug is called topical."""
    for (_, start, end), drug in rationale.drugs:
        if any(drug.same_as(each) for each in item.drugs):
            before = TOPICAL_BEFORE.search(rationale.text, max(start - 12, 0), start)
            behind = TOPICAL_AFTER.match(rationale.text, end)
            if before or behind:
                return rationale.place(before.start() if before else start, behind.end() if behind else end)
    return None


def _find_topical_guideline(rationale: Passage) -> Place | None:
    """Where the first guideline sentence of a rationale speaks of topical drugs, from which all else follows."""
    for sentence in rationale.sentences:
        if sentence.is_of_case:
            continue
        match = TOPICAL.search(rationale.text, sentence.place.start, sentence.place.end)
        return rationale.place(*match.span()) if match else None
    return None


def _is_oral(portion: model.Portion) -> bool:
    """Whether a portion of a title requests a drug that is taken by mouth."""
    if not MILLIGRAMS.search(portion.text) or ON_SKIN.search(portion.text):
        return False
    drugs = [drug for field in portion.drugs if field.value and (drug := knowledge.drugs.look_up(field.value))]
    return bool(drugs) and not any(knowledge.drugs.is_topical(drug) for drug in drugs)
