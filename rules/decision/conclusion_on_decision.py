import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule

DECISION = re.compile(r"\b(?:the )?[\"“]?decision for\b", re.IGNORECASE)


class ConclusionOnDecision(Rule):
    """The conclusion calls the decision, not the request, medically unnecessary.

    "The decision for MRI is not medically necessary" was taken over from the form of the denial. What is
    necessary or not is the service that was requested. Where all items of a letter say it, it is
    reported once.

    ```diff
    -would achieve what those did not. Therefore, the request for physical therapy for the right
    +would achieve what those did not. Therefore, the decision for physical therapy for the right
    ```

    ```findings
    "the decision for" a request is necessary or not, not a decision
    ```
    """

    code = "DEC006"
    category = Category.SUSPECT
    importance = Importance.HIGH

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
            notes = tuple(Note(place.span, "here too") for place in places[1:])
            yield Finding(places[0].span, "a request is necessary or not, not a decision", notes=notes)
