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
    annotation,
    knowledge,
    model,
    quote,
)

MTUS = re.compile(r"\bMTUS\b|\bACOEM\b|Medical Treatment Utilization Schedule|\bacute\b", re.IGNORECASE)
STATED = re.compile(r"outside (?:of )?the MTUS(?: Guidelines)?")
# The parts of the body that have a chapter in ACOEM; others are treated along with them.
OWN = {"neck", "shoulder", "elbow", "wrist and hand", "low back", "knee", "ankle and foot"}
# Burns and their scars, of which no chapter of ACOEM treats, whatever the part of the body.
OF_SKIN = Pattern(rf"\b(?:{knowledge.function_words.alternatives('word of burns and scars')})\b", re.IGNORECASE)
UNSURE = (Feature.INFERRED,)
BY_CHAPTER = (model.RequestKind.IMAGING, model.RequestKind.ELECTRODIAGNOSTIC, model.RequestKind.SURGERY)


class OutsideMtusUnexplained(Rule):
    """MAXIMUS goes outside the MTUS for an item that the MTUS covers, and does not say why.

    The MTUS comes first in the order of guidelines that a reviewer must follow (Labor Code
    4610.5(c)(2)). It is a warning where the claims administrator cites the chapter on this part of the body
    for imaging, a nerve test or an operation, for which every chapter has criteria, and the rationale does
    not mention the MTUS at all; elsewhere it is a note.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004, Section(s):
    -Special Studies.
    +MAXIMUS guideline: Decision based on Non-MTUS Citation ODG Low Back Chapter, MRI.
    -The MTUS supports imaging of the lumbar spine when objective findings
    +Published criteria support imaging of the lumbar spine when objective findings
    ```

    ```findings
    "ODG Low Back Chapter, MRI" outside the MTUS without a reason, although the claims administrator cites "Low Back Complaints 2004, Section(s): Special Studies"
      "Low Back Complaints 2004, Section(s): Special Studies" what the claims administrator cites
    ```
    """

    code = "CIT015"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            dispute, clause = item.dispute, item.dispute.reviewer
            if clause is None or clause.prose is None or not clause.citations:
                continue
            if any(c.mtus or c.document == "ACOEM" for c in clause.citations):
                continue  # a later edition of ACOEM is cited outside the MTUS as a matter of course
            if item.rationale is None or MTUS.search(item.rationale.text):
                continue
            stated = next(clause.prose.find(STATED), None)
            span = stated.span if stated else clause.citations[0].span
            citations = dispute.claims.citations if dispute.claims else ()
            known = next((c for c in citations if c.mtus and annotation.serves(c, dispute)), None)
            if known:
                cited = quote(letter.source[known.span])
                message = f"outside the MTUS without a reason, although the claims administrator cites {cited}"
                note = Note(known.span, "what the claims administrator cites")
                yield Finding(span, message, notes=(note,), evidence=() if _has_criteria(known, dispute) else UNSURE)
            elif not _is_of_skin(dispute, clause) and (chapter := _find_chapter(dispute)):
                message = f"outside the MTUS without a reason, although {chapter}, covers this item"
                yield Finding(span, message, evidence=UNSURE)


def _has_criteria(citation: model.Citation, dispute: Dispute) -> bool:
    """Whether a chapter of ACOEM is cited for what each of them has criteria for."""
    return dispute.request.kind in BY_CHAPTER and str(citation.document).startswith("ACOEM-")


def _is_of_skin(dispute: Dispute, clause: model.Clause) -> bool:
    """Whether an item, or what is cited for it, is on burns or scars."""
    texts = (dispute.title.value or "", clause.prose.text if clause.prose else "")
    return any(OF_SKIN.search(text) for text in texts)


def _find_chapter(dispute: Dispute) -> str | None:
    """The name of the chapter of ACOEM that has criteria for a test or operation on this part of the body."""
    regions = annotation.regions_of(dispute)
    if dispute.request.kind not in BY_CHAPTER:
        return None
    chapters = (d for d in knowledge.guidelines.documents().values() if d.key.startswith("ACOEM-"))
    return next((d.name for d in chapters if regions and regions <= d.regions & OWN), None)
