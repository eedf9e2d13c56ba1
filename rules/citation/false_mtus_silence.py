import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Dispute, Finding, Importance, Letter, Note, Reading, Rule, annotation, model

# "The MTUS is silent", "does not address this request": of the item as a whole, not of a part of it.
MTUS = r"\bMTUS(?:(?:,| and|/|-| or) ?ACOEM)?(?: treatment)?(?: guidelines?)?"
ITEM = r"(?:request|issue|item)"
NOT_A_PART = r"(?! (?:of|for|regarding)\b)"
SILENT = re.compile(
    rf"{MTUS} ?(?:is|are|remains?)? ?silent\b"
    r"(?! (?:regarding|on|about|as to|with regards? to|in regards? to)"
    rf" (?!(?:the|this|that) (?:above )?{ITEM}\b{NOT_A_PART}))"
    rf"|{MTUS} (?:does|do) not (?:specifically )?address"
    rf"(?: (?:the|this|these)(?: specific| above)? {ITEM}s?\b{NOT_A_PART}|(?=\.))",
    re.IGNORECASE,
)


class FalseMtusSilence(Rule):
    """The rationale says that the MTUS is silent on the item, while the MTUS is cited on it.

    Either the claims administrator or MAXIMUS itself rests on a guideline of the MTUS about this very
    item. The MTUS comes first in the order of guidelines (Labor Code 4610.5(c)(2)), so that a false
    silence takes the ground from what follows.

    ```diff
    -The MTUS supports imaging of the lumbar spine when objective findings
    -point to a specific nerve root and treatment has not helped.
    +The MTUS is silent. Imaging of the lumbar spine is supported when objective findings
    +point to a specific nerve root and treatment has not helped.
    ```

    ```findings
    "MTUS is silent" the MTUS is cited on this item
      "Low Back Complaints 2004, Section(s): Special Studies" cited by MAXIMUS
    ```
    """

    code = "CIT018"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            cited = _cited(dispute)
            if dispute.rationale and cited:
                citation, side = cited
                note = Note(citation.span, f"cited by {side}")
                for hit in dispute.rationale.find(SILENT):
                    yield Finding(hit.span, "the MTUS is cited on this item", notes=(note,))


def _cited(dispute: Dispute) -> tuple[model.Citation, str] | None:
    for clause, side in ((dispute.reviewer, "MAXIMUS"), (dispute.claims, "the claims administrator")):
        for citation in clause.citations if clause else ():
            if citation.mtus and annotation.serves(citation, dispute):
                return citation, side
    return None
