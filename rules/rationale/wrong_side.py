import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Item, Letter, Note, Prose, Reading, Rule, model

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
        for dispute in letter.disputes:
            rationale, own = dispute.rationale, asked.of(dispute)
            if rationale is None or not own.sides:
                continue
            title = next((side for side in dispute.request.disputed.sides), None)
            note = Note(title.span if title else dispute.title.span, "the disputed side")
            for start, end in _others(rationale, own, letter):
                yield Finding(rationale.place(start, end), "the other side than the disputed one", notes=(note,))


def _others(rationale: Prose, own: Item, letter: Letter) -> Iterator[tuple[int, int]]:
    named = references.of(rationale)
    for site in sites.of(rationale):
        if not _opposite(site, own):
            continue
        referred = any(reference.start <= site.start < reference.end for reference in named)
        sentence = rationale.sentence_at(site.start)
        if referred or (
            not recitals.recited(sentence) and not OTHER_SIDE.search(sentence.text) and not _told(site, letter)
        ):
            yield site.start, site.end


def _opposite(site: sites.Site, own: Item) -> bool:
    """Whether the site is the other one of a pair of which one was asked for."""
    sides = own.sides.get(site.part.region)
    if site.side is None or sides is None or len(sides) != 1:
        return False
    (wanted,) = sides
    return model.Side.BOTH not in (wanted, site.side) and site.side is not wanted


def _told(site: sites.Site, letter: Letter) -> bool:
    """Whether the summary, or another item, has the same side of the same part."""
    told = [other for prose in (letter.summary,) if prose for other in sites.of(prose)]
    told += [
        other
        for dispute in letter.disputes
        for portion in dispute.request.portions
        for other in sites.of_portion(portion)
    ]
    return any(other.part.region == site.part.region and other.side in (site.side, model.Side.BOTH) for other in told)
