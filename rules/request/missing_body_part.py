import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Item, Letter, Reading, Rule, model

# What goes with an operation, before, during or after it, or with another service.
AROUND = re.compile(r"\b(?:post|pre|peri|intra)[- ]?(?:op|surg|inject|proced)|\bassociated\b", re.IGNORECASE)


class MissingBodyPart(Rule):
    """A treatment or a study of one part of the body is requested without saying which part.

    An injection, a course of therapy, imaging or an operation can neither be compared with a guideline
    nor carried out as decided when nobody can tell where. A spinal level counts as a part; what goes
    with an operation needs none where another item names it.

    ```diff
    -Physical therapy for the right shoulder, two times a week for six weeks (12 visits): Upheld
    +Physical therapy two times a week for six weeks (12 visits): Upheld
    ```

    ```findings
    "Physical therapy two times a week for six weeks (12 visits)" the request does not say for which part of the body
    ```
    """

    code = "REQ003"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            if not item.regions and _needs_body_part(item, reading):
                yield Finding(item.dispute.title.span, "the request does not say for which part of the body")


def _needs_body_part(item: Item, reading: Reading) -> bool:
    """Whether what is requested must name a part of the body."""
    if item.kind is model.RequestKind.ASSOCIATED or not item.treatments:
        return False
    if AROUND.search(item.dispute.title.raw) and any(other.regions for other in reading.items):
        return False
    if item.kind is model.RequestKind.INJECTION and item.drugs and not any(each.name for each in item.treatments):
        return False  # a drug into a muscle or a vein
    return "part" in item.treatments[0].needs
