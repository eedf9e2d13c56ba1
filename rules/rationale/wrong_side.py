import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Item, Letter, Note, Passage, Reading, Rule, annotation, model

# Words under which the other side is spoken of rightly.
OTHER_SIDE = re.compile(
    r"\b(?:contralateral|other|opposite|compared|comparison|than|versus|unaffected|uninvolved|also|both"
    r"|bilateral(?:ly)?|prior|previous(?:ly)?"
    r"|history|old|not at issue|dominant|normal|asymptomatic)\b|\b(?:left|right)[- ]hand(?:ed)? (?:dominant|worker|male|female"
    r"|man|woman)",
    re.IGNORECASE,
)


class WrongSide(Rule):
    """The rationale speaks of the other side than the disputed one.

    The right hip was asked for, and the left one is argued: either the facts or the decision belong
    to the other side, and the one that was asked for is undecided. The other side is no error where
    the summary tells of it too, or where the two are compared.

    ```diff
    -would achieve what those did not. Therefore, the request for physical therapy for the right
    -shoulder is not medically necessary.
    +would achieve what those did not. Therefore, the request for physical therapy for the left
    +shoulder is not medically necessary.
    ```

    ```findings
    "shoulder" the other side than the disputed one
      "right" the disputed side
    ```
    """

    code = "RAT006"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            if item.rationale is None or not item.sides:
                continue
            printed = next(iter(item.dispute.request.disputed.sides), item.dispute.title)
            note = Note(printed.span, "the disputed side")
            for site in _opposite_sites(item, item.rationale, reading):
                yield Finding(site.place.span, "the other side than the disputed one", notes=(note,))


def _opposite_sites(item: Item, rationale: Passage, reading: Reading) -> Iterator[annotation.Site]:
    """Where a rationale speaks of the other side as if it were the disputed one."""
    for site in rationale.sites:
        if not _is_opposite(site, item):
            continue
        is_of_request = any(reference.place.holds(site.place.start) for reference in rationale.references)
        sentence = rationale.sentence_of(site.place)
        is_unexplained = sentence.is_of_case and not OTHER_SIDE.search(sentence.text) and not _is_known(site, reading)
        if is_of_request or is_unexplained:
            yield site


def _is_opposite(site: annotation.Site, item: Item) -> bool:
    """Whether the site is the other one of a pair of which one was requested."""
    sides = item.sides.get(site.part.region)
    if site.side is None or sides is None or len(sides) != 1:
        return False
    (requested,) = sides
    return model.Side.BOTH not in (requested, site.side) and site.side is not requested


def _is_known(site: annotation.Site, reading: Reading) -> bool:
    """Whether the summary, or another item, has the same side of the same part."""
    known = [
        *(reading.summary.sites if reading.summary else ()),
        *(site for item in reading.items for site in item.sites),
    ]
    return any(other.part.region == site.part.region and other.side in (site.side, model.Side.BOTH) for other in known)
