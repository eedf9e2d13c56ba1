from collections.abc import Iterator
from itertools import combinations

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Passage,
    Reading,
    Rule,
    annotation,
    quote,
)

MOST_COUNTS = 6  # of a summary, whose sums are tried


class WrongVisitCount(Rule):
    """The rationale counts other visits of a treatment than the summary says the worker has had.

    Eight sessions attended here, six there: together with those requested they decide whether the guideline's
    number is exceeded. A count is compared with that of the same treatment, and with the sum where the summary gives
    several; "at least six" agrees with eight.

    ```diff
    -done at home. The worker has had six visits with little relief, and no record says why twelve more
    +done at home. The worker has had nine visits of physical therapy with little relief, and no record says why twelve more
    ```

    ```findings
    "nine visits" "nine visits" took place according to this, "Six visits" to the summary
      "Six visits" the summary
    ```
    """

    code = "RAT020"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        summary = reading.summary
        if summary is None or not summary.past_visits:
            return
        counted = {
            each.most
            for each in summary.quantities
            if each.dimension == "visit" and not annotation.are_to_come(each.place)
        }
        for item in reading.items:
            for here in item.rationale.past_visits if item.rationale else ():
                there = [each for each in summary.past_visits if _is_of_same(here, each, item)]
                unnamed = [each for each in summary.past_visits if not each.treatments]
                is_known = (
                    any(_is_sum(here, each, summary) for each in there)
                    or here.quantity.most in counted
                    or _agrees(here, [*there, *unnamed])
                )
                if there and not is_known:
                    other = there[0].place
                    message = (
                        f"{quote(here.place.text)} took place according to this, {quote(other.text)} to the summary"
                    )
                    yield Finding(
                        here.place.span, message, notes=(Note(other.span, "the summary"),), evidence=(Feature.ARGUABLE,)
                    )


def _is_sum(here: annotation.PastVisits, there: annotation.PastVisits, summary: Passage) -> bool:
    """Whether a count adds up two of one sentence: "12 visits of physical therapy in 2013 and 8 in 2016"."""
    bare = (each.most for each in summary.quantities_in(there.place.sentence) if not each.dimension)
    return here.quantity.most - there.quantity.most in bare


def _is_of_same(here: annotation.PastVisits, there: annotation.PastVisits, item: Item) -> bool:
    """Whether two counts are of one treatment; a count that names none is of the disputed one."""
    ours = here.treatments or tuple(each for each in item.treatments if each.name)
    return any(one == two or annotation.is_alike(one, two) for one in ours for two in there.treatments)


def _agrees(here: annotation.PastVisits, there: list[annotation.PastVisits]) -> bool:
    least, most = here.bounds
    there = there[:MOST_COUNTS]
    sums = [
        (sum(each.bounds[0] for each in chosen), sum(each.bounds[1] for each in chosen))
        for count in range(1, len(there) + 1)
        for chosen in combinations(there, count)
    ]
    return any(low <= most and least <= high for low, high in sums)
