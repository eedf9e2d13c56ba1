import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, Sentence, model

DEPENDENT = (model.RequestKind.ASSOCIATED, model.RequestKind.CONSULTATION, model.RequestKind.LABORATORY)
REASON = re.compile(
    r"\b(?:given|since|because|due to|without|as the|in the absence|lack)\b(?! the above)", re.IGNORECASE
)
SHORTEST = 40  # words; a rationale by reference is shorter


class NoCaseFacts(Rule):
    """A rationale holds guideline text and a conclusion, and nothing of the case.

    The reviewer must say how the guideline applies to this worker (Labor Code 4610.6(d)): without a
    fact of the case, the same words would refuse anybody.

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
    "Therefore, the request for physical therapy for the right shoulder is not medically necessary." the rationale names no fact of the case
    ```
    """

    code = "RAT010"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            rationale = dispute.rationale
            if rationale is None or dispute.request.kind in DEPENDENT or len(rationale.text.split()) < SHORTEST:
                continue
            verdict = conclusions.conclusion(rationale)
            own = [
                s for s in rationale.sentences if not recitals.mandatory(s) and not (verdict and s == verdict.sentence)
            ]
            if verdict and not any(map(recitals.tells, own)) and not _reasoned(verdict.sentence):
                yield Finding(verdict.sentence.span, "the rationale names no fact of the case")


def _reasoned(sentence: Sentence) -> bool:
    """Whether the deciding sentence itself gives a fact as its reason."""
    return bool(REASON.search(sentence.text))
