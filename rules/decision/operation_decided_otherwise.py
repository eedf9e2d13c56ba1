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
    Place,
    Reading,
    Rule,
    knowledge,
    model,
    quote,
)

# A reason that rests on the decision on an operation: "as the requested surgical intervention is not supported".
RESTS = Pattern(
    rf"\b{knowledge.wordings.any_of('reason')}\b[^.;,]{{0,12}}?"
    r" (?:the|this) (?:[\w-]+ ){0,3}?(?:surger\w+|surgical \w+|operation)"
    r"(?: itself)? (?:is|was|has been) (?P<denied>not )?(?:\w+ly )?"
    rf"(?:(?:medically )?necessary|supported|{knowledge.wordings.any_of('granted')}|overturned)\b",
    re.IGNORECASE,
)


class OperationDecidedOtherwise(Rule):
    """What goes with an operation is decided as if the operation had been decided otherwise.

    "As the requested surgery is not medically necessary, the postoperative therapy is not either", although the letter
    grants the surgery: the paragraph was copied from a letter that refuses it, or one of the two decisions is wrong.
    It is a warning where every operation in dispute has the other decision.

    ```diff
    -MRI of the lumbar spine without contrast: Overturned
    +Lumbar discectomy at L4-5: Overturned
    -would achieve what those did not. Therefore, the request for physical therapy for the right
    -shoulder is not medically necessary.
    +would achieve what those did not. As the requested surgery is not medically necessary, the therapy
    +after it is not medically necessary.
    ```

    ```findings
    "As the requested surgery is not medically necessary" "As the requested surgery is not medically necessary" here, but the operation is "Overturned"
      "Overturned" the decision on the operation
    ```
    """

    code = "DEC007"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        operations = [each for each in reading.items if each.kind is model.RequestKind.SURGERY]
        decisions = [each.dispute.decision for each in operations]
        for item in reading.items if operations else ():
            if item in operations or item.rationale is None:
                continue
            for place, is_granted in _find_reasons(item.rationale):
                expected = model.Decision.OVERTURNED if is_granted else model.Decision.UPHELD
                others = [each for each in decisions if each and each.value and each.value is not expected]
                if len(others) == len(decisions):
                    message = f"{quote(place.text)} here, but the operation is {quote(others[0].raw)}"
                    note = Note(others[0].span, "the decision on the operation")
                    yield Finding(place.span, message, notes=(note,), evidence=(Feature.ARGUABLE,))


def _find_reasons(rationale: Passage) -> Iterator[tuple[Place, bool]]:
    """Where a rationale takes an operation for granted or for refused, and which of the two."""
    for match in RESTS.finditer(rationale.text):
        place = rationale.place(*match.span())
        if not rationale.is_quoted(place.start):
            yield place, match["denied"] is None
