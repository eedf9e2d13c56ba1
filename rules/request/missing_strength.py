from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, knowledge, model


class MissingStrength(Rule):
    """A drug is requested without its strength.

    Sixty tablets of what strength decides whether the dose is within the guideline. A compound in
    which one ingredient alone has no percentage is a warning; a drug without strength is a note,
    since some come in a single one.

    ```diff
    -Orphenadrine ER 100mg, one tablet twice daily as needed, #60: Upheld
    +Ketoprofen 10%, Baclofen, Lidocaine 5% cream, apply twice daily, 120 grams: Upheld
    ```

    ```findings
    "Baclofen" an ingredient without its share, which the others have
    ```
    """

    code = "REQ007"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            portion = dispute.request.disputed
            if dispute.request.kind is model.RequestKind.COMPOUND:
                yield from _ingredients(portion)
            elif dispute.request.kind is model.RequestKind.DRUG and portion.drugs and not _known(portion):
                yield Finding(portion.drugs[0].span, "the request does not say in which strength", minor=True)


def _known(portion: model.Portion) -> bool:
    """Whether a strength is printed, or the drug comes in one only."""
    if portion.strengths or any(character.isdigit() and "%" in portion.text for character in portion.text):
        return True
    drug = knowledge.drugs.get(portion.drugs[0].value or "")
    return drug is None or len(knowledge.drugs.strengths_of(drug)) < 2


def _ingredients(portion: model.Portion) -> Iterator[Finding]:
    """The ingredients of a compound without a share of their own, when others have one."""
    shares = [share for share in portion.strengths if share.value and share.value.unit == "%"]
    if any(share.value and len(share.value.amounts) > 1 for share in shares) or len(shares) < 2:
        return
    for drug, after in zip(portion.drugs, [*portion.drugs[1:], None], strict=True):
        end = after.span.start if after else portion.span.end
        if not any(drug.span.end <= share.span.start < end for share in shares):
            yield Finding(drug.span, "an ingredient without its share, which the others have")
