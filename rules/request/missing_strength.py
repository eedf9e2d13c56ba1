from collections.abc import Iterator

from imrlint.rulekit import Category, Feature, Finding, Importance, Letter, Reading, Rule, knowledge, model, quote


class MissingStrength(Rule):
    """A drug is requested without its strength.

    The strength of the tablets decides whether the dose is within the guideline. A compound in which
    some ingredients have a percentage and others do not is a warning; a drug without its strength is a
    note, since requests are often printed as the physician wrote them.

    ```diff
    -Orphenadrine ER 100mg, one tablet twice daily as needed, #60: Upheld
    +Ketoprofen 10%, Baclofen, Lidocaine 5% cream, apply twice daily, 120 grams: Upheld
    ```

    ```findings
    "Baclofen" no percentage for "Baclofen", while other ingredients have one
    ```
    """

    code = "REQ007"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            portion = dispute.request.disputed
            if dispute.request.kind is model.RequestKind.COMPOUND:
                yield from _check_ingredients(portion)
            elif dispute.request.kind is model.RequestKind.DRUG and portion.drugs and not _is_strength_known(portion):
                drug = portion.drugs[0]
                yield Finding(
                    drug.span,
                    f"the request does not give the strength of {quote(drug.raw)}",
                    evidence=(Feature.REPEATED,),
                )


def _is_strength_known(portion: model.Portion) -> bool:
    """Whether a strength is printed, or the drug comes in only one."""
    if portion.strengths or any(character.isdigit() and "%" in portion.text for character in portion.text):
        return True
    drug = knowledge.drugs.look_up(portion.drugs[0].value or "")
    return drug is None or len(knowledge.drugs.strengths_of(drug)) < 2


def _check_ingredients(portion: model.Portion) -> Iterator[Finding]:
    """The ingredients of a compound without a percentage, where others have one."""
    shares = [share for share in portion.strengths if share.value and share.value.unit == "%"]
    if any(share.value and len(share.value.amounts) > 1 for share in shares) or len(shares) < 2:
        return
    for drug, after in zip(portion.drugs, [*portion.drugs[1:], None], strict=False):
        end = after.span.start if after else portion.span.end
        if not any(drug.span.end <= share.span.start < end for share in shares):
            message = f"no percentage for {quote(drug.raw)}, while other ingredients have one"
            yield Finding(drug.span, message)
