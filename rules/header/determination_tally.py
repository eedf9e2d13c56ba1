import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Pattern, Reading, Rule, Span, model, quote

WORD = r"UPHOLD|OVERTURN|PARTIAL(?:LY)?"
OUTCOME = Pattern(
    rf"^[^\n]{{0,40}}\bdetermination[ \t]*[:–-][ \t]*(?P<word>{WORD})\b(?![ \t]*/)(?P<part>[ \t]+in part\b)?"
    rf"|^[^\S\n]*(?P<alone>{WORD})[^\S\n]*$",
    re.IGNORECASE | re.MULTILINE,
)


class DeterminationTally(Rule):
    """The cover or the notice announces another outcome than the decisions on the items.

    The cover says UPHOLD when every denial is upheld, OVERTURN when none is, PARTIAL otherwise. The
    notice of 2013 announces the decision on each item by its number.

    ```diff
    -Priority:             Standard                        Application          07/10/2017
    +Determination:        UPHOLD
    +Priority:             Standard                        Application          07/10/2017
    ```

    ```findings
    "UPHOLD" "UPHOLD" here, but of the items 2 are upheld and 1 is overturned
    ```
    """

    code = "HDR003"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        yield from _check_cover(letter)
        yield from _check_notice(letter)


def _check_cover(letter: Letter) -> Iterator[Finding]:
    """The outcome on the cover, against the decisions on all items."""
    decisions = [d.decision.value for d in letter.disputes if d.decision and d.decision.value]
    match = OUTCOME.search(letter.source[letter.opening])
    if match is None or len(decisions) < len(letter.disputes) or not decisions:
        return
    group = "word" if match["word"] else "alone"
    upheld = decisions.count(model.Decision.UPHELD)
    overturned = len(decisions) - upheld
    right = "UPHOLD" if not overturned else "OVERTURN" if not upheld else "PARTIAL"
    said = "PARTIAL" if match["part"] else match[group].upper()
    if not said.startswith(right):
        counts = f"{_count(upheld)} upheld and {_count(overturned)} overturned"
        yield Finding(Span(*match.span(group)), f"{quote(match[group])} here, but of the items {counts}")


def _count(number: int) -> str:
    return f"{number} is" if number == 1 else f"{number or 'none'} are"


def _check_notice(letter: Letter) -> Iterator[Finding]:
    """The decisions that a notice announces, each against that on its item."""
    for announced in letter.announcements:
        for dispute in letter.disputes:
            same = (dispute.title.value or "").casefold() == (announced.title.value or "").casefold()
            decision = dispute.decision
            if same and decision and decision.value and decision.value is not announced.decision.value:
                notice = announced.decision
                message = f"{quote(notice.raw)} is announced here, but the item is {quote(decision.raw)}"
                yield Finding(notice.span, message, notes=(Note(decision.span, "the decision on the item"),))
