import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, Span, model

SAID = re.compile(
    r"(?:determination|decision)\s*(?:is|:|-)?\s*(?:to\s+)?\b(?P<word>UPHOLD|OVERTURN|PARTIAL(?:LY)?)\b"
    r"|^[^\S\n]*(?P<alone>UPHOLD|OVERTURN|PARTIAL)[^\S\n]*$",
    re.IGNORECASE | re.MULTILINE,
)


class DeterminationTally(Rule):
    """The cover or the notice announces another outcome than the items decide.

    The cover says UPHOLD when every denial stands, OVERTURN when none does, PARTIAL otherwise. The
    notice of 2013 announces each item by its number.

    ```diff
    -Priority:             Standard                        Application          07/10/2017
    +Determination:        UPHOLD
    +Priority:             Standard                        Application          07/10/2017
    ```

    ```findings
    "UPHOLD" not what the items decide: 2 upheld, 1 overturned
    ```
    """

    code = "HDR003"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        yield from self._announced(letter)
        decisions = [d.decision.value for d in letter.disputes if d.decision and d.decision.value]
        if not decisions or not letter.sections:
            return
        before_sections = letter.source.text[: letter.sections[0].title.span.start]
        match = SAID.search(before_sections)
        if match is None:
            return
        group = "word" if match["word"] else "alone"
        upheld = decisions.count(model.Decision.UPHELD)
        overturned = len(decisions) - upheld
        due = "UPHOLD" if not overturned else "OVERTURN" if not upheld else "PARTIAL"
        if not match[group].upper().startswith(due):
            message = f"not what the items decide: {upheld} upheld, {overturned} overturned"
            yield Finding(Span(*match.span(group)), message)

    @staticmethod
    def _announced(letter: Letter) -> Iterator[Finding]:
        for announced in letter.announcements:
            for dispute in letter.disputes:
                same = (dispute.title.value or "").casefold() == (announced.title.value or "").casefold()
                decision = dispute.decision
                if same and decision and decision.value and decision.value is not announced.decision.value:
                    yield Finding(
                        announced.decision.span,
                        "announces another decision than the item has",
                        notes=(Note(decision.span, "the decision of the item"),),
                    )
