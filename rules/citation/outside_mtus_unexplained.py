import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Clause,
    Dispute,
    Finding,
    Importance,
    Letter,
    Note,
    Reading,
    Rule,
    annotation,
    knowledge,
    model,
)

MTUS = re.compile(r"\bMTUS\b|\bACOEM\b|Medical Treatment Utilization Schedule|\bacute\b", re.IGNORECASE)
STATED = re.compile(r"outside (?:of )?the MTUS(?: Guidelines)?")
# The parts of the body that ACOEM has a chapter for; others it treats along with them.
OWN = {"neck", "shoulder", "elbow", "wrist and hand", "low back", "knee", "ankle and foot"}
BY_CHAPTER = (model.RequestKind.IMAGING, model.RequestKind.ELECTRODIAGNOSTIC, model.RequestKind.SURGERY)


class OutsideMtusUnexplained(Rule):
    """MAXIMUS goes outside the MTUS for an item that the MTUS covers, and does not say why.

    The MTUS comes first in the order of guidelines that a reviewer must follow (Labor Code
    4610.5(c)(2)). Where the claims administrator rests on a guideline of the MTUS that is about the
    item, and the rationale does not mention the MTUS at all, it is a warning; elsewhere a note.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004, Section(s):
    -Special Studies.
    +MAXIMUS guideline: Decision based on Non-MTUS Citation ODG Low Back Chapter, MRI.
    -The MTUS supports imaging of the lumbar spine when objective findings
    +Published criteria support imaging of the lumbar spine when objective findings
    ```

    ```findings
    "ODG Low Back Chapter, MRI" outside the MTUS, which covers this item, without a reason
      "Low Back Complaints 2004, Section(s): Special Studies" the claims administrator cites the MTUS on it
    ```
    """

    code = "CIT015"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            clause = dispute.reviewer
            if clause is None or clause.prose is None or not clause.citations:
                continue
            if any(c.mtus or c.document == "ACOEM" for c in clause.citations):
                continue  # a later edition of ACOEM is cited outside the MTUS as a matter of course
            explained = dispute.rationale is None or MTUS.search(dispute.rationale.text)
            if explained:
                continue
            known = next((c for c in _claims(dispute) if c.mtus and annotation.serves(c, dispute)), None)
            stated = next(clause.prose.find(STATED), None)
            place = stated.span if stated else clause.citations[0].span
            if known:
                note = Note(known.span, "the claims administrator cites the MTUS on it")
                yield Finding(place, "outside the MTUS, which covers this item, without a reason", notes=(note,))
            elif chapter := _chapter(dispute):
                said = f"outside the MTUS without a reason, although {chapter} covers this item"
                yield Finding(place, said, minor=True)


def _claims(dispute: Dispute) -> tuple[model.Citation, ...]:
    clause: Clause | None = dispute.claims
    return clause.citations if clause else ()


def _chapter(dispute: Dispute) -> str | None:
    """The chapter of ACOEM that has criteria for a test or operation on this part of the body."""
    regions = annotation.regions_of(dispute)
    if dispute.request.kind not in BY_CHAPTER:
        return None
    chapters = (d for d in knowledge.guidelines.documents().values() if d.key.startswith("ACOEM-"))
    return next((d.name for d in chapters if regions and regions <= d.regions & OWN), None)
