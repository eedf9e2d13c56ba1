import math
import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Passage,
    Pattern,
    Reading,
    Rule,
    annotation,
    quote,
)

# Before a number to which the earlier ones have been added.
TOTAL = Pattern(r"\btotal\w*\b[^.;,]{0,30}$", re.IGNORECASE)
COUNTED = ("visit", "injection", "tablet")


class MisjudgedLimit(Rule):
    """A number is said to exceed a limit that it does not exceed, or to keep within one that it exceeds.

    The guideline allows ten visits, and twelve "stay within that number"; it allows ten, and nine are "in excess of
    the guideline". The comparison decides the item. Visits are added to earlier ones: an excess is reported only
    where all of them together are known to keep within the limit.

    ```diff
    -done at home. The worker has had six visits with little relief, and no record says why twelve more
    -would achieve what those did not. Therefore, the request for physical therapy for the right
    +done at home. The guideline allows 10 visits, and the 12 visits requested are within that number.
    +Therefore, the request for physical therapy for the right
    ```

    ```findings
    "12 visits requested are within that number" "12 visits requested are within that number" here, but the limit is "10 visits"
      "10 visits" the limit
    ```
    """

    code = "RAT023"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            if item.rationale is not None:
                for compared in item.rationale.comparisons:
                    yield from _check(compared, item, item.rationale, reading)


def _check(compared: annotation.Comparison, item: Item, passage: Passage, reading: Reading) -> Iterator[Finding]:
    quantity, limits = compared.quantity, compared.limits
    if quantity is not None:
        most, said = quantity.most, quantity.place
        counted = quantity.dimension in COUNTED and not TOTAL.search(quantity.place.before)
    elif item.visits is not None:
        most, said, counted = item.visits.most, item.disputed.place(0, len(item.disputed.text)), True
    else:
        return
    if not limits:
        return
    if compared.exceeds:
        limit = min(limits, key=lambda each: each.most)
        wrong = most + (_count_earlier(item, passage, reading) if counted else 0) <= limit.most
    else:
        limit = max(limits, key=lambda each: each.most)
        wrong = most > limit.most
    if wrong:
        message = f"{quote(compared.place.text)} here, but the limit is {quote(limit.place.text)}"
        notes = (Note(limit.place.span, "the limit"), *(() if quantity else (Note(said.span, "the disputed item"),)))
        yield Finding(compared.place.span, message, notes=notes, evidence=(Feature.ARGUABLE,))


def _count_earlier(item: Item, passage: Passage, reading: Reading) -> float:
    """At most so many visits, injections or tablets came before those in dispute; infinite where that is not known."""
    if item.dispute.request.authorized is not None:
        return math.inf
    earlier = 0.0
    for each in filter(None, (reading.summary, passage)):
        for event in each.treatment_events:
            if event.done and item.has_treatment(event.treatment):
                counts = [one.most for one in each.quantities_in(event.place.sentence) if one.dimension in COUNTED]
                earlier += max(counts, default=math.inf)
    return earlier
