import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Dispute, Finding, Importance, Letter, Reading, Rule, model

TREATED = frozenset({model.RequestKind.THERAPY, model.RequestKind.ACUPUNCTURE, model.RequestKind.CHIROPRACTIC})
ONCE = re.compile(r"\b(?:one|1)(?: \(1\))? (?:[a-z]+ ){0,3}(?:visit|session|treatment)\b", re.IGNORECASE)
DRUGS = frozenset({model.RequestKind.DRUG, model.RequestKind.COMPOUND})


class MissingFrequency(Rule):
    """The request for a drug or a course of therapy does not say how often it is taken or given.

    Such a request cannot be compared with a guideline that limits the dose or the visits per week, and
    cannot be carried out as decided. In a request that was partly approved, a frequency in any of its
    sentences is enough. A house that prints titles as they were requested turns the rule off, with
    `ignore = ["missing-frequency"]` in its configuration or `--ignore missing-frequency`.

    ```diff
    -Orphenadrine ER 100mg, one tablet twice daily as needed, #60: Upheld
    +Orphenadrine ER 100mg #60: Upheld
    ```

    ```findings
    "Orphenadrine ER 100mg #60" the request does not say how often the drug is taken
    ```
    """

    code = "REQ001"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            if _needs_frequency(dispute) and not any(map(_gives_frequency, dispute.request.portions)):
                drug = dispute.request.kind in DRUGS
                what = "the drug is taken" if drug else "the treatment is given"
                yield Finding(dispute.title.span, f"the request does not say how often {what}")


def _gives_frequency(portion: model.Portion) -> bool:
    """Whether a portion says how often: "twice a week", or "12 visits over 6 weeks"."""
    spread = any(each.raw.casefold().startswith("over") for each in portion.durations)
    return bool(portion.frequencies) or (spread and bool(portion.quantities))


def _needs_frequency(dispute: Dispute) -> bool:
    """Whether what is requested is taken or given more than once."""
    request = dispute.request
    if request.kind in TREATED:
        return not ONCE.search(dispute.title.value or "")
    return request.kind in DRUGS and any(portion.strengths for portion in request.portions)
