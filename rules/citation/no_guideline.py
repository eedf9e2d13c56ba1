import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Dispute,
    Feature,
    Finding,
    Importance,
    Letter,
    Note,
    Pattern,
    Reading,
    Rule,
    knowledge,
    model,
    quote,
)

# The item is needed only if another one is: nothing needs to be cited for it.
DEPENDS = Pattern(
    r"\b(?:associated (?:surgical )?(?:service|request|item)|(?:primary|main|initial) (?:service|procedure|request|item"
    r"|treatment)|(?:surgery|surgical|procedure|surgical procedure|operation|injection)s? (?:is|are|was|were|has"
    r"|have|being)(?: been)? (?:found |deemed |considered |determined )?(?:to be )?not (?:to be )?"
    rf"(?:{knowledge.wordings.any_of('necessary', 'granted')}|medically|certified|recommended))",
    re.IGNORECASE,
)
CARRYING = (model.RequestKind.SURGERY, model.RequestKind.INJECTION)


class NoGuideline(Rule):
    """MAXIMUS cites no guideline for an item that depends on no other.

    Every determination names the guideline it is based on (Labor Code 4610.6(d)). Only a service that
    goes with a refused operation or procedure needs none of its own. It is a warning, since an item may depend
    on another one in ways that its words do not show.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Shoulder Complaints 2004, Section(s): Physical
    -Methods.
    +MAXIMUS guideline: The Expert Reviewer did not cite any medical evidence for its decision.
    ```

    ```findings
    "The Expert Reviewer did not cite any medical evidence for its decision." MAXIMUS cites no guideline for "Physical therapy for the right shoulder, two times a week …", which depends on no other item
      "Physical therapy for the right shoulder, two times a week for six weeks (12 visits)" the disputed item
    ```
    """

    code = "CIT014"
    category = Category.OMISSION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        if any(
            dispute.request.kind in CARRYING and dispute.decision and dispute.decision.value is model.Decision.UPHELD
            for dispute in letter.disputes
        ):
            return
        for dispute in letter.disputes:
            clause = dispute.reviewer
            if clause and clause.prose and clause.cites_nothing and not clause.citations and not _depends(dispute):
                message = f"MAXIMUS cites no guideline for {quote(dispute.title.raw)}, which depends on no other item"
                note = Note(dispute.title.span, "the disputed item")
                yield Finding(clause.prose.span, message, notes=(note,), evidence=(Feature.ARGUABLE,))


def _depends(dispute: Dispute) -> bool:
    """Whether an item is needed only if another one is."""
    if dispute.request.kind is model.RequestKind.ASSOCIATED:
        return True
    return bool(dispute.rationale and DEPENDS.search(dispute.rationale.text))
