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

# "The MTUS is silent", "does not address this request": of the item as a whole, not of a part of it.
MTUS = r"\bMTUS(?:(?:,| and|/|-| or) ?ACOEM)?(?: treatment)?(?: guidelines?)?"
ITEM = r"(?:request|issue|item)"
NOT_A_PART = r"(?! (?:of|for|regarding)\b)"
SILENT = Pattern(
    rf"{MTUS} ?(?:is|are|remains?)? ?silent\b"
    r"(?! (?:regarding|on|about|as to|with regards? to|in regards? to)"
    rf" (?!(?:the|this|that) (?:above )?{ITEM}\b{NOT_A_PART}))"
    rf"|{MTUS} (?:does|do) not (?:specifically )?address"
    rf"(?: (?:the|this|these)(?: specific| above)? {ITEM}s?\b{NOT_A_PART}|(?=\.))",
    re.IGNORECASE,
)
# "Where the MTUS is silent, …", and what somebody else says of it.
SUPPOSED = Pattern(
    rf"\b(?:{knowledge.wordings.any_of('condition', 'utilization review', 'claims administrator')}|where(?:ver)?"
    r"|although|while|though)\b[^.;]*$",
    re.IGNORECASE,
)
BY_CHAPTER = (model.RequestKind.IMAGING, model.RequestKind.ELECTRODIAGNOSTIC)


class FalseMtusSilence(Rule):
    """The rationale says that the MTUS is silent on the item, but the MTUS is cited on it.

    The claims administrator, or MAXIMUS itself, cites a guideline of the MTUS about this very item. The
    MTUS comes first in the order of guidelines (Labor Code 4610.5(c)(2)): other guidelines may decide
    only where it really is silent. Every chapter on a part of the body has criteria for imaging and nerve
    tests, and a section named after a treatment for that; a chapter cited for anything else makes a note.

    ```diff
    -The MTUS supports imaging of the lumbar spine when objective findings
    -point to a specific nerve root and treatment has not helped.
    +The MTUS is silent. Imaging of the lumbar spine is supported when objective findings
    +point to a specific nerve root and treatment has not helped.
    ```

    ```findings
    "MTUS is silent" the MTUS is called silent here, but MAXIMUS cites "Low Back Complaints 2004, Section(s): Special Studies"
      "Low Back Complaints 2004, Section(s): Special Studies" what MAXIMUS cites
    ```
    """

    code = "CIT018"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            cited = _find_cited(item.dispute)
            if item.rationale and cited:
                citation, side = cited
                message = f"the MTUS is called silent here, but {side} cites {quote(letter.source[citation.span])}"
                note = Note(citation.span, f"what {side} cites")
                evidence = () if _has_criteria(citation, item.dispute) else (Feature.INFERRED,)
                for hit in item.rationale.find(SILENT):
                    if not SUPPOSED.search(hit.place.before):
                        yield Finding(hit.span, message, notes=(note,), evidence=evidence)


def _has_criteria(citation: model.Citation, dispute: Dispute) -> bool:
    """Whether what is cited has criteria for the item: a chapter for tests of its part, a section on the treatment."""
    if annotation.regions_cited(citation):
        return dispute.request.kind in BY_CHAPTER
    return bool(citation.sections)


def _find_cited(dispute: Dispute) -> tuple[model.Citation, str] | None:
    """A guideline of the MTUS on the very item, and the side that cites it."""
    for clause, side in ((dispute.reviewer, "MAXIMUS"), (dispute.claims, "the claims administrator")):
        for citation in clause.citations if clause else ():
            if citation.mtus and annotation.serves(citation, dispute):
                return citation, side
    return None
