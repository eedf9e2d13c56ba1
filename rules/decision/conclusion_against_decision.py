import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Letter,
    Note,
    Passage,
    Pattern,
    Reading,
    Rule,
    annotation,
    model,
    quote,
)

# Words for the disputed item itself, as the subject of a verdict.
REQUEST = Pattern(r"\b(?:request(?:ed|s)?|disputed|in question)\b", re.IGNORECASE)
PERFECT = Pattern(r"(?:has|have|had) been\b", re.IGNORECASE)  # what was decided before


class ConclusionAgainstDecision(Rule):
    """The rationale concludes the opposite of the decision.

    "Upheld" means that the denial remains: the service is not medically necessary. A letter that says
    both cannot be carried out. The conclusion may be anywhere in the rationale; guideline text, reasons
    ("as the surgery is not medically necessary, …") and the paragraph that is required after a decision
    on opioids are not conclusions, nor is what another person says, or what is only asked ("does not
    say why it is medically necessary"). Where a later sentence concludes as decided, a verdict whose
    subject is not the request is none on it. A conclusion that can be read in two ways
    is a note, one in words other than medical necessity a warning.

    ```diff
    -point to a specific nerve root and treatment has not helped. This worker has weakness of the left
    -great toe and loss of sensation over the left foot, which point to the fifth lumbar root, and six
    -visits of therapy brought little relief. Therefore, the request for the lumbar MRI is
    -medically necessary.
    +point to a specific nerve root and treatment has not helped. This worker has weakness of the left
    +great toe and loss of sensation over the left foot, which point to the fifth lumbar root, and six
    +visits of therapy brought little relief. Therefore, the request for the lumbar MRI is not
    +medically necessary.
    ```

    ```findings
    "is not medically necessary" concludes that the item is not medically necessary, but the decision is "Overturned"
      "Overturned" the decision
    ```
    """

    code = "DEC001"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            rationale, decision = item.rationale, item.dispute.decision
            if rationale is None or decision is None or decision.value is None:
                continue
            is_granted = decision.value is model.Decision.OVERTURNED
            for verdict in rationale.verdicts:
                if verdict.is_reason or verdict.necessary is is_granted or annotation.is_partial(verdict, item.dispute):
                    continue
                is_conclusion = verdict is rationale.conclusion
                if not is_conclusion and reading.find_other_item(verdict.subject, item):
                    continue
                if not is_conclusion and not _is_on_request(verdict, rationale):
                    continue
                words = "is medically necessary" if verdict.necessary else "is not medically necessary"
                note = Note(decision.span, "the decision")
                yield Finding(
                    verdict.place.span,
                    f"concludes that the item {words}, but the decision is {quote(decision.raw)}",
                    notes=(note,),
                    evidence=_list_doubts(verdict),
                )


def _is_on_request(verdict: annotation.Verdict, rationale: Passage) -> bool:
    """Whether a verdict is on the request itself, or at least no later one of the rationale says the opposite."""
    conclusion = rationale.conclusion
    agrees = conclusion is None or conclusion.necessary is verdict.necessary
    if verdict.form is annotation.Form.REVERSAL:
        return True  # what is reversed or upheld is the decision on this request
    return agrees or (verdict.is_certain and bool(REQUEST.search(verdict.subject.text)))


def _list_doubts(verdict: annotation.Verdict) -> tuple[Feature, ...]:
    """What speaks against a verdict: that it can be read in two ways, tells of the past, or is in other words."""
    in_other_words = verdict.form is annotation.Form.OTHER
    if not verdict.is_certain or (in_other_words and PERFECT.match(verdict.place.text)):
        return (Feature.ANOTHER_FITS,)
    return (Feature.ARGUABLE,) if in_other_words else ()
