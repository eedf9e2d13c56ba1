from collections.abc import Iterator

from imrlint.rulekit import Category, Feature, Finding, Importance, Letter, Reading, Rule, model

HOW_MANY = {model.RequestKind.DRUG: "how many tablets or how much", model.RequestKind.COMPOUND: "how much"}


class MissingQuantity(Rule):
    """A request does not say how many injections, tablets or visits.

    Trigger points are injected three or four at a time, and guidelines limit how many: a request for
    them must give the number. A missing number of tablets or visits is a note, since requests are often
    printed as the physician wrote them. "Unknown quantity" in the title is enough.

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
        for item in reading.items:
            request, title = item.dispute.request, item.dispute.title
            if any(portion.quantities or portion.durations for portion in request.portions):
                continue
            if any("quantity" in treatment.needs for treatment in item.treatments[:1]):
                yield Finding(title.span, "the request does not say how many injections")
            elif _is_counted(request) and item.visits is None:
                yield Finding(
                    title.span,
                    f"the request does not say {HOW_MANY.get(item.kind, 'how many visits')}",
                    evidence=(Feature.REPEATED,),
                )


def _is_counted(request: model.Request) -> bool:
    """Whether what is requested is counted: tablets of a known strength, or visits."""
    if request.kind in (model.RequestKind.DRUG, model.RequestKind.COMPOUND):
        return any(portion.strengths for portion in request.portions)
    return request.kind in (model.RequestKind.THERAPY, model.RequestKind.ACUPUNCTURE, model.RequestKind.CHIROPRACTIC)
