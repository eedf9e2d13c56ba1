import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Passage,
    Pattern,
    Place,
    Reading,
    Rule,
    annotation,
    knowledge,
    model,
    quote,
)

# Words with which a reviewer grants a part of a request.
MODIFIED = Pattern(
    r"\b(?:request|treatment|prescription|visits|sessions|quantity|number) (?:is|are|should be"
    r"|will be) (?:hereby |therefore )?modified\b"
    r"|\brecommend(?:s|ed)? (?:modification|modifying|partial (?:certification|approval)"
    r"|(?:certification|approval) (?:of|for) (?:only )?(?:\w+ ){1,3}(?:sessions|visits|tablets|days))"
    rf"|\b(?:is|are) (?:therefore |hereby )?(?:partially|partly) {knowledge.wordings.any_of('granted')}"
    rf"|#\s?\d+ (?:is|are) (?:hereby |therefore )?{knowledge.wordings.any_of('granted')}"
    r"|\b(?:rental|supply|stay|course|trial|quantity) of (?:\w+ ){1,3}(?:would be [^.;]{1,60} and )?"
    rf"(?:is|are) (?:hereby |therefore )?{knowledge.wordings.any_of('granted')}",
    re.IGNORECASE,
)
GRANTING = Pattern(rf"modif|{knowledge.wordings.any_of('granted', 'approval')}", re.IGNORECASE)
# Words for a modification by somebody else: utilization review, the claims administrator, the physician.
EARLIER = Pattern(
    rf"\b(?:{knowledge.wordings.any_of('utilization review', 'claims administrator', 'provider', 'earlier')}|was|were"
    r"|had been|has been|treating"
    r"|activity|activities)\b",
    re.IGNORECASE,
)


class ReviewerModifies(Rule):
    """The reviewer grants a part of the request instead of upholding or overturning the denial.

    A review decides on the request as it is. A shorter course or fewer tablets, "modified" by the
    reviewer, were not requested, and the letter cannot grant them.

    ```diff
    -would achieve what those did not. Therefore, the request for physical therapy for the right
    -shoulder is not medically necessary.
    +would achieve what those did not. Six visits of physical therapy for the right shoulder are
    +medically necessary. Therefore, the request for physical therapy for the right
    +shoulder is not medically necessary.
    ```

    ```findings
    "are medically necessary" a review upholds or overturns the denial and cannot grant a part: "Six visits of physical therapy for the right shoulder are …" here, "Physical therapy for the right shoulder, two times a week …" in dispute
      "Physical therapy for the right shoulder, two times a week for six weeks (12 visits)" the disputed item
    ```
    """

    code = "DEC004"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            decision = item.dispute.decision
            if item.rationale is None or decision is None:
                continue
            note = Note(item.dispute.title.span, "the disputed item")
            for place in _partial_grants(item, item.rationale):
                if decision.value is model.Decision.UPHELD or "modif" in place.text.casefold():
                    granted = quote(place.before + place.text)
                    values = f"{granted} here, {quote(item.title.text)} in dispute"
                    message = f"a review upholds or overturns the denial and cannot grant a part: {values}"
                    yield Finding(place.span, message, notes=(note,))


def _partial_grants(item: Item, rationale: Passage) -> Iterator[Place]:
    """Where the reviewer grants a part of the request; the last place in each sentence."""
    places: dict[Place, Place] = {}
    for verdict in rationale.verdicts:
        if not verdict.is_reason and verdict.necessary and annotation.is_partial(verdict, item.dispute):
            places[verdict.place.sentence] = verdict.place
    for sentence in rationale.prose.sentences if GRANTING.search(rationale.text) else ():
        for match in MODIFIED.finditer(rationale.text, sentence.start, sentence.end):
            if not EARLIER.search(rationale.text, sentence.start, match.start()):
                places[sentence] = rationale.place(*match.span())
    yield from places.values()
