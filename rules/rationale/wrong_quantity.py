import re
from collections.abc import Iterator
from dataclasses import replace

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Passage, Reading, Rule, annotation, model

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
        for item in reading.items:
            unit = UNITS.get(item.kind)
            disputed = item.dispute.request.disputed
            counts = _disputed_counts(disputed, reading)
            if item.rationale is None or unit is None or not counts:
                continue
            for amount in _amounts_of_request(item.rationale):
                is_dose = amount.unit == "tablet" and amount.number < FEWEST  # "one tablet at bedtime"
                fits = any(count.fewest <= amount.number <= count.most for count in counts)
                if amount.unit == unit and not is_dose and not fits:
                    note = Note(disputed.span, "what is disputed")
                    yield Finding(amount.place.span, "another number than the disputed one", notes=(note,))


def _disputed_counts(portion: model.Portion, reading: Reading) -> list[annotation.Visits]:
    """The numbers under which the disputed portion may be spoken of: each of its own, and their sum."""
    counts = [quantity.value for quantity in portion.quantities if quantity.value]
    refills = [refill.value for refill in portion.refills if refill.value]
    numbers = [count for count in (*counts, sum(counts)) if count]
    numbers += [count * (1 + refill) for count in counts for refill in refills]
    spread = reading.count_visits(replace(portion, quantities=()))
    return [annotation.Visits(number, number) for number in numbers] + ([spread] if spread else [])


def _amounts_of_request(rationale: Passage) -> Iterator[annotation.Amount]:
    """Each number that is said of the request."""
    for amount in rationale.amounts:
        before, behind = amount.place.before.rstrip(), amount.place.after
        references = [each for each in rationale.references if each.place.holds(amount.place.start)]
        is_decided = DECIDED.search(behind[:60]) and rationale.sentence_of(amount.place).is_of_case
        if KNOWN.search(before[-60:]) or PAST.search(behind[:40]) or not (references or is_decided):
            continue
        if REQUESTED.search(before) or any(reference.is_subject for reference in references):
            yield amount
