import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Pattern, Reading, Rule, Trait, quote

ENDED = re.compile(r"[.!?:][\"”’)\]]*$")

# What may be printed below the last rationale.
BELOW = Pattern(
    r"\n[^\S\n]*(?:page \d+|\d+|cc:|enclosures?|sincerely|signed|respectfully|\[?redacted)[^\n]*(?:\n[^\n]*){0,12}$",
    re.IGNORECASE,
)


class TruncatedLetter(Rule):
    """The last rationale ends without a full stop.

    Sometimes only the full stop is missing; sometimes the last page is, and with it the conclusion.

    ```diff
    -shoulder is not medically necessary.
    +shoulder is not
    ```

    ```findings
    "shoulder is not" the letter ends with "shoulder is not": no full stop, or the rest is missing
    ```
    """

    code = "STR016"
    category = Category.SUSPECT
    importance = Importance.HIGH
    traits = frozenset({Trait.UNFINISHED})

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        if not letter.disputes:
            return
        rationale = letter.disputes[-1].rationale
        if rationale is not None and not ENDED.search(rationale.text) and not BELOW.search(rationale.raw):
            last = rationale.sentences[-1]
            words = list(re.finditer(r"\S+", last.text))[-3:]
            place = rationale.place(last.start + words[0].start(), last.end)
            message = f"the letter ends with {quote(place.text)}: no full stop, or the rest is missing"
            yield Finding(place.span, message)
