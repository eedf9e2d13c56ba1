import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Dispute, Finding, Importance, Letter, Note, Reading, Rule, model

# The item stands or falls with another one: nothing needs to be cited for it.
DEPENDS = re.compile(
    r"\b(?:associated (?:surgical )?(?:service|request|item)|(?:primary|main|initial) (?:service|procedure|request|item"
    r"|treatment)|(?:surgery|surgical|procedure|surgical procedure|operation|injection)s? (?:is|are|was|were|has"
    r"|have|being)(?: been)? (?:found |deemed |considered |determined )?(?:to be )?not (?:to be )?(?:supported|medically|certified"
    r"|authorized|approved|warranted|recommended))",
    re.IGNORECASE,
)
CARRYING = (model.RequestKind.SURGERY, model.RequestKind.INJECTION)


class NoGuideline(Rule):
    """MAXIMUS cites no guideline for an item that stands on its own.

    Every determination names the guideline it rests on (Labor Code 4610.6(d)). Only a service that
    depends on a refused operation or procedure needs none of its own.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Shoulder Complaints 2004, Section(s): Physical
    -Methods.
    +MAXIMUS guideline: The Expert Reviewer did not cite any medical evidence for its decision.
    ```

    ```findings
    "The Expert Reviewer did not cite any medical evidence for its decision." no guideline for an item that depends on no other
      "Physical therapy for the right shoulder, two times a week for six weeks (12 visits)" the item
    ```
    """

    code = "CIT014"
    category = Category.OMISSION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        carried = any(
            dispute.request.kind in CARRYING and dispute.decision and dispute.decision.value is model.Decision.UPHELD
            for dispute in letter.disputes
        )
        for dispute in letter.disputes:
            clause = dispute.reviewer
            if clause is None or clause.prose is None or not clause.cites_nothing or clause.citations:
                continue
            if not carried and not _dependent(dispute):
                note = Note(dispute.title.span, "the item")
                yield Finding(clause.prose.span, "no guideline for an item that depends on no other", notes=(note,))


def _dependent(dispute: Dispute) -> bool:
    if dispute.request.kind is model.RequestKind.ASSOCIATED:
        return True
    return bool(dispute.rationale and DEPENDS.search(dispute.rationale.text))
