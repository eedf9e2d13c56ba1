from collections.abc import Iterator

from imrlint.rulekit import Category, Dispute, Finding, Importance, Letter, Reading, Rule, model


class MissingQuantity(Rule):
    """A request that does not say how many.

    Trigger points are injected three or four at a time, and guidelines limit how many: a request for
    them must say the number. Of tablets and visits it is a note, since requests are often printed as
    the physician wrote them. "Unknown quantity" in the title counts as said.

    ```diff
    -MRI of the lumbar spine without contrast: Overturned
    +Trigger point injections to the lumbar spine: Overturned
    ```

    ```findings
    "Trigger point injections to the lumbar spine" the request does not say how many injections
    ```
    """

    code = "REQ006"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            if any(portion.quantities or portion.durations for portion in dispute.request.portions):
                continue
            named = asked.of(dispute)
            if any("quantity" in treatment.needs for treatment in named.treatments[:1]):
                yield Finding(dispute.title.span, "the request does not say how many injections")
            elif _counted(dispute) and named.visits is None:
                yield Finding(dispute.title.span, "the request does not say how many", minor=True)


def _counted(dispute: Dispute) -> bool:
    kind = dispute.request.kind
    if kind in asked.DRUGS:
        return any(portion.strengths for portion in dispute.request.portions)
    return kind in (model.RequestKind.THERAPY, model.RequestKind.ACUPUNCTURE, model.RequestKind.CHIROPRACTIC)
