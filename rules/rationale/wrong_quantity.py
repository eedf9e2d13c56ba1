import re
from collections.abc import Iterator
from dataclasses import replace

from imrlint.rulekit import (
    Category,
    Dispute,
    Finding,
    Importance,
    Letter,
    Note,
    Prose,
    Reading,
    Rule,
    annotation,
    model,
)

# What stands before a number that is said of the request itself.
REQUESTED = re.compile(
    r"\b(?:request(?:ed)?(?: (?:for|of|is for|was for))?(?: an?)?(?: additional)?|(?:approval|certification"
    r"|authorization) of(?: an additional)?"
    r"|(?:the|these|those)(?: (?:additional|remaining|proposed|requested|disputed))?|another)$",
    re.IGNORECASE,
)
DECIDED = re.compile(
    r"\b(?:is|are|was|were) (?:therefore |also )?(?:not |excessive|in excess|beyond|considered|deemed)"
    r"|\bexceeds?\b|\bwould exceed\b",
    re.IGNORECASE,
)
# Numbers that are known, or of the past.
KNOWN = re.compile(
    r"\b(?:original(?:ly)?|initial(?:ly)?|authorized|approved|certified|prior|previous(?:ly)?|completed"
    r"|attended|received|past|already|guidelines?"
    r"|recommend\w*|total|up to|maximum|at least|trial)\b",
    re.IGNORECASE,
)
PAST = re.compile(r"^ (?:that|which|already|previously|were|was|have|had|completed|received)\b(?! not)", re.IGNORECASE)
FEWEST = 5
UNITS = {
    model.RequestKind.DRUG: "tablet",
    model.RequestKind.INJECTION: "injection",
    model.RequestKind.THERAPY: "visit",
    model.RequestKind.ACUPUNCTURE: "visit",
    model.RequestKind.CHIROPRACTIC: "visit",
}


class WrongQuantity(Rule):
    """The rationale refuses or grants another number than is disputed.

    Twelve visits refused where six remain in dispute, or sixty tablets where the request is for ninety:
    the number decides how much the worker may get. What was requested at first and what was authorized
    may be named as such; numbers of guidelines and of the past are no error.

    ```diff
    -would achieve what those did not. Therefore, the request for physical therapy for the right
    -shoulder is not medically necessary.
    +would achieve what those did not. Therefore, the request for 18 visits of physical therapy is not
    +medically necessary.
    ```

    ```findings
    "18 visits" another number than the disputed one
      "Physical therapy for the right shoulder, two times a week for six weeks (12 visits)" what is disputed
    ```
    """

    code = "RAT009"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            unit = UNITS.get(dispute.request.kind)
            if dispute.rationale is None or unit is None:
                continue
            due = _due(dispute)
            for amount in _named(dispute.rationale):
                dose = amount.unit == "tablet" and amount.number < FEWEST  # "one tablet at bedtime"
                if (
                    amount.unit == unit
                    and not dose
                    and due
                    and not any(low <= amount.number <= high for low, high in due)
                ):
                    note = Note(dispute.request.disputed.span, "what is disputed")
                    span = dispute.rationale.place(amount.start, amount.end)
                    yield Finding(span, "another number than the disputed one", notes=(note,))


def _due(dispute: Dispute) -> list[tuple[float, float]]:
    """The numbers under which the disputed portion may be spoken of: each of its own, and their sum."""
    portion = dispute.request.disputed
    counts = [quantity.value for quantity in portion.quantities if quantity.value]
    spread = asked.visits(replace(portion, quantities=()))
    found = [(count, count) for count in (*counts, sum(counts)) if count]
    found += [spread] if spread else []
    refills = [refill.value for refill in portion.refills if refill.value]
    return found + [(count * (1 + refill), count * (1 + refill)) for count in counts for refill in refills]


def _named(rationale: Prose) -> Iterator[annotation.Amount]:
    """Each number that is said of the request."""
    for amount in amounts.of(rationale):
        sentence = rationale.sentence_at(amount.start)
        before = rationale.text[sentence.start : amount.start].rstrip()
        here = [ref for ref in references.of(rationale) if ref.start <= amount.start < ref.end]
        decided = DECIDED.search(rationale.text, amount.end, min(sentence.end, amount.end + 60))
        behind = rationale.text[amount.end : min(sentence.end, amount.end + 40)]
        if (
            KNOWN.search(before[-60:])
            or PAST.search(behind)
            or (not here and (not decided or recitals.recited(sentence)))
        ):
            continue
        if REQUESTED.search(before) or any(ref.concludes for ref in here):
            yield amount
