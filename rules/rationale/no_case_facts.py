import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
    Letter,
    Reading,
    Rule,
    knowledge,
    model,
)

DEPENDENT = (model.RequestKind.ASSOCIATED, model.RequestKind.CONSULTATION, model.RequestKind.LABORATORY)
REASON = re.compile(
    rf"\b(?:(?!as (?!the\b)){knowledge.wordings.any_of('reason')}|without|in the absence|lack)\b(?! the above)",
    re.IGNORECASE,
)
SHORTEST = 40  # words; a shorter rationale may refer to another one


class NoCaseFacts(Rule):
    """A rationale has guideline text and a conclusion, but no fact of the case.

    The reviewer must say how the guideline applies to this worker (Labor Code 4610.6(d)). Without a fact
    of the case, the same words would fit any worker.

    ```diff
    -Decision rationale: A few visits of therapy are supported by the MTUS to teach exercises, then
    -done at home. The worker has had six visits with little relief, and no record says why twelve more
    -would achieve what those did not.
    +Decision rationale: A few visits of therapy are supported by the MTUS to teach exercises, then
    +done at home. Active therapy is recommended over passive modalities, which are of limited use.
    +Exercise restores strength and motion, and guidelines allow ten visits over eight weeks.
    +Education in posture and lifting is an essential component of a course of therapy.
    ```

    ```findings
    "Therefore, the request for physical therapy for the right shoulder is not medically necessary." the rationale reaches this conclusion without a fact of the case
    ```
    """

    code = "RAT010"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            rationale = item.rationale
            if rationale is None or item.kind in DEPENDENT or len(rationale.text.split()) < SHORTEST:
                continue
            if rationale.conclusion is None:
                continue
            conclusion = rationale.conclusion.place.sentence
            reasons = (s for s in rationale.sentences if not s.is_opioid_notice and s.place != conclusion)
            if not any(sentence.states_fact for sentence in reasons) and not REASON.search(conclusion.text):
                yield Finding(conclusion.span, "the rationale reaches this conclusion without a fact of the case")
