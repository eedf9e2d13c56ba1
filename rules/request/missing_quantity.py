from collections.abc import Iterator

from imrlint.rulekit import Category, Feature, Finding, Importance, Item, Letter, Note, Reading, Rule, model

HOW_MANY = {model.RequestKind.DRUG: "how many tablets or how much", model.RequestKind.COMPOUND: "how much"}


class MissingQuantity(Rule):
    """The letter does not say how many injections, tablets or visits are requested.

    Trigger points are injected three or four at a time, and guidelines limit how many: a request for
    them must give the number. A missing number of tablets or visits is a note, since requests are often
    printed as the physician wrote them. It is enough that the title, the summary or a rationale gives
    the number; "unknown quantity" in the title is enough, too. There is one finding a letter, at the
    first such item.

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
        lacking = [item for item in reading.items if _is_counted(item) and not _gives_number(item, reading)]
        injected = [item for item in lacking if _is_injected(item)]
        for first in (injected or lacking)[:1]:
            what = "how many injections" if injected else HOW_MANY.get(first.kind, "how many visits")
            others = (item for item in lacking if item is not first)
            yield Finding(
                first.dispute.title.span,
                f"the request does not say {what}",
                notes=tuple(Note(other.dispute.title.span, "another item without a number") for other in others),
                evidence=() if injected else (Feature.REPEATED,),
            )


def _is_injected(item: Item) -> bool:
    """Whether guidelines limit how many injections are given at a time."""
    return any("quantity" in treatment.needs for treatment in item.treatments[:1])


def _is_counted(item: Item) -> bool:
    """Whether what is requested is counted: tablets of a known strength, injections, or visits."""
    if item.is_drug:
        return any(portion.strengths for portion in item.dispute.request.portions)
    therapies = (model.RequestKind.THERAPY, model.RequestKind.ACUPUNCTURE, model.RequestKind.CHIROPRACTIC)
    return _is_injected(item) or (item.kind in therapies and item.visits is None)


def _gives_number(item: Item, reading: Reading) -> bool:
    """Whether the title gives a number or a duration, or the running text a number."""
    if any(portion.quantities or portion.durations for portion in item.dispute.request.portions):
        return True
    places = reading.find_mentions(item)
    if _is_injected(item):  # rationales say how many a guideline allows
        places = (place for place in places if reading.summary and place.prose is reading.summary.prose)
    return any(portion.quantities for place in places for portion in reading.read_portions(place))
