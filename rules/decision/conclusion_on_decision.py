import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Pattern, Reading, Rule, quote

DECISION = Pattern(r"\b(?:the )?[\"“]?decision for\b", re.IGNORECASE)


class ConclusionOnDecision(Rule):
    """The conclusion is about the medical necessity of the decision instead of the request.

    "The decision for MRI is not medically necessary" was copied from the form of the denial. Only the
    requested service can be medically necessary. A letter that has this under several items is reported
    once.

    ```diff
    -would achieve what those did not. Therefore, the request for physical therapy for the right
    +would achieve what those did not. Therefore, the decision for physical therapy for the right
    ```

    ```findings
    "the decision for" "the decision for": only a request can be medically necessary, not a decision
    ```
    """

    code = "DEC006"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        places = []
        for item in reading.items:
            conclusion = item.rationale.conclusion if item.rationale else None
            if conclusion is None:
                continue
            prose, start, end = conclusion.subject
            if match := DECISION.search(prose.text, start, end):
                places.append(prose.place(*match.span()))
        if places:
            notes = tuple(Note(place.span, "also here") for place in places[1:])
            message = f"{quote(places[0].text)}: only a request can be medically necessary, not a decision"
            yield Finding(places[0].span, message, notes=notes)
