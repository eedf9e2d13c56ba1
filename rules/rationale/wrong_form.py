import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Dispute, Finding, Importance, Letter, Note, Prose, Reading, Rule, knowledge, model

TOPICAL = re.compile(
    r"\btopical(?:ly)? (?:analgesics?|agents?|medications?|nsaids?|non-?steroidal|lidocaine|capsaicin|creams?"
    r"|products?|formulations?|preparations?|use|application|treatment|anti-?inflammatory)\b"
    r"|\btopicals\b|\bcompound(?:ed)? (?:products?|creams?|topicals?|medications?)\b",
    re.IGNORECASE,
)
BEFORE = re.compile(r"\btopical $", re.IGNORECASE)
BEHIND = re.compile(r"(?:,| is) an? topical\b", re.IGNORECASE)
ON_SKIN = re.compile(
    r"topical|cream|gel|ointment|patch|lotion|spray|pad|rub|%|percent|compound|transdermal|suspension kit",
    re.IGNORECASE,
)
ORAL = re.compile(r"\boral(?:ly)?\b|\bby mouth\b|\bpills?\b", re.IGNORECASE)
MILLIGRAMS = re.compile(r"\d ?mg\b", re.IGNORECASE)


class WrongForm(Rule):
    """A drug taken by mouth is judged as one for the skin.

    Guidelines answer differently for tablets and creams of the same drug: "topical analgesics are
    largely experimental" says nothing about diclofenac tablets. A rationale that speaks of both forms
    is left alone.

    ```diff
    -Decision rationale: The MTUS supports orphenadrine only as a brief course, and its benefit is
    -greatest in the opening days.
    +Decision rationale: The MTUS holds that topical analgesics are largely experimental in use.
    ```

    ```findings
    "topical analgesics" speaks of drugs for the skin
      "Orphenadrine ER 100mg, one tablet twice daily as needed, #60" the disputed drug, taken by mouth
    ```
    """

    code = "RAT007"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            rationale, portion = dispute.rationale, dispute.request.disputed
            if rationale is None or dispute.request.kind is not model.RequestKind.DRUG or not _by_mouth(portion):
                continue
            note = Note(portion.span, "the disputed drug, taken by mouth")
            if called := _called(rationale, dispute):
                yield Finding(rationale.place(*called), "calls the drug one for the skin", notes=(note,))
                continue
            if ORAL.search(rationale.text):
                continue
            for sentence in rationale.sentences:
                match = TOPICAL.search(rationale.text, sentence.start, sentence.end)
                if match and recitals.recited(sentence):
                    yield Finding(rationale.place(*match.span()), "speaks of drugs for the skin", notes=(note,))
                    break


def _called(rationale: Prose, dispute: Dispute) -> tuple[int, int] | None:
    """Where a drug that was asked for as a tablet is called one for the skin."""
    own = asked.of(dispute)
    for mention in mentions.of_drugs(rationale):
        if any(mention.meaning.same_as(drug) for drug in own.drugs):
            before = BEFORE.search(rationale.text, max(mention.start - 12, 0), mention.start)
            behind = BEHIND.match(rationale.text, mention.end)
            if before or behind:
                return (before.start() if before else mention.start), (behind.end() if behind else mention.end)
    return None


def _by_mouth(portion: model.Portion) -> bool:
    if not MILLIGRAMS.search(portion.text) or ON_SKIN.search(portion.text):
        return False
    named: list[knowledge.drugs.Drug] = [
        drug for field in portion.drugs if field.value and (drug := knowledge.drugs.get(field.value))
    ]
    return bool(named) and not any(knowledge.drugs.topical(drug) for drug in named)
