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
    Place,
    Reading,
    Rule,
    annotation,
    knowledge,
    quote,
)

APPROVED = Pattern(
    rf"\b(?:was|were|is|are|been) (?:(?:also|already|recently|{knowledge.wordings.any_of('earlier')}) ){{0,2}}"
    rf"{knowledge.wordings.any_of('granted')}\b",
    re.IGNORECASE,
)
REVIEW = Pattern(
    rf"\b(?:{knowledge.wordings.any_of('utilization review', 'claims administrator')}|{knowledge.wordings.any_of('earlier')}"
    r" review)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"[a-z]{5,}")
STEM = 6  # letters that two forms of a word have in common
# Words of every dispute.
OF_DISPUTES = frozenset(
    word[:STEM] for word in ("request", "right", "times", "weeks", "visits", "sessions", "bilateral")
)


class ApprovedAlready(Rule):
    """The rationale says that utilization review has approved what is in dispute.

    What was approved is not in dispute: the item, or the sentence, belongs to another request. Where a part of the
    request was authorized, the title says so, and nothing is reported.

    ```diff
    -would achieve what those did not. Therefore, the request for physical therapy for the right
    +would achieve what those did not. Utilization review noted that the therapy was already approved.
    +Therefore, the request for physical therapy for the right
    ```

    ```findings
    "was already approved" utilization review approved this item, it says here ("was already approved"), but the item is in dispute
      "Physical therapy for the right shoulder, two times a week for six weeks (12 visits)" the disputed item
    ```
    """

    code = "DEC008"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            if item.rationale is None or item.dispute.request.authorized is not None:
                continue
            for place in _find_approvals(item, item.rationale):
                message = f"utilization review approved this item, it says here ({quote(place.text)}), but the item is in dispute"
                note = Note(item.dispute.title.span, "the disputed item")
                yield Finding(place.span, message, notes=(note,), evidence=(Feature.ARGUABLE,))


def _find_approvals(item: Item, rationale: Passage) -> Iterator[Place]:
    """Where a rationale says that utilization review approved something that the title of its item names."""
    named = _stems(item.title.lower)
    for sentence in rationale.sentences:
        match = APPROVED.search(sentence.text)
        if (
            match
            and REVIEW.search(sentence.text)
            and named & _stems(sentence.lower)
            and not sentence.is_quoted(sentence.place.start)
        ):
            place = sentence.place.part(*match.span())
            if sentence.judge_polarity(place) is annotation.Polarity.AFFIRMED:
                yield place


def _stems(text: str) -> frozenset[str]:
    """The beginnings of the longer words of a text."""
    return frozenset(word[:STEM] for word in WORD.findall(text)) - OF_DISPUTES
