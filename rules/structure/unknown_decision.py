from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Edit,
    Finding,
    Fix,
    Importance,
    Letter,
    Reading,
    Rule,
    Safety,
    knowledge,
    model,
    quote,
)

SAME = {
    "denied": model.Decision.UPHELD,
    "affirmed": model.Decision.UPHELD,
    "uphold": model.Decision.UPHELD,
    "approved": model.Decision.OVERTURNED,
    "granted": model.Decision.OVERTURNED,
    "reversed": model.Decision.OVERTURNED,
    "overturn": model.Decision.OVERTURNED,
}
WORDS = {decision.value.casefold(): decision.value for decision in model.Decision}


class UnknownDecision(Rule):
    """The decision is a word other than Upheld or Overturned.

    Only these two words decide. The reviewer upholds or overturns the denial; a letter does not approve,
    deny or modify a request.

    ```diff
    -MRI of the lumbar spine without contrast: Overturned
    +MRI of the lumbar spine without contrast: Overtuned
    ```

    ```findings
    "Overtuned" "Overtuned" is neither Upheld nor Overturned; did you mean "Overturned"?
      fix (suggested): write Overturned
    ```
    """

    code = "STR007"
    category = Category.MALFORMED
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            decision = dispute.decision
            if decision is None or decision.value is not None:
                continue
            word = decision.raw.casefold()
            same = SAME.get(word)
            near = None if "/" in word else knowledge.credentials.nearest_name(word, WORDS, at_least=70)
            meant = same.value if same else near
            fix = Fix(f"write {meant}", (Edit(decision.span, meant),), Safety.SUGGESTED) if meant else None
            message = f"{quote(decision.raw)} is neither Upheld nor Overturned"
            yield Finding(decision.span, f'{message}; did you mean "{meant}"?' if meant else message, fix=fix)
