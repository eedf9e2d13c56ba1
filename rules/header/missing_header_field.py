from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, Span, Trait, model

LABELS = {
    "case_number": "Case Number",
    "assigned": "Date Assigned",
    "injury": "Date of Injury",
    "decided": "Decision Date",
    "denied": "UR Denial Date",
    "priority": "Priority",
    "received": "Application Received",
}
FEWEST = 4  # labels of a cover or a notice
# A notice prints fewer.
NOTICE = ("case_number", "injury", "decided", "denied", "received")


class MissingHeaderField(Rule):
    """A line of the cover page is missing or empty.

    The cover identifies the case and gives its dates; a cover has all seven lines, and the notice that may stand
    in its place five of them. A covering letter that names the case is no cover.

    ```diff
    -Decision Date:        08/14/2017                      UR Denial Date:      06/20/2017
    +                                                      UR Denial Date:      06/20/2017
    ```

    ```findings
    before "Case Number:          CM17-9900001" the cover has no Decision Date
    ```
    """

    code = "HDR001"
    category = Category.OMISSION
    importance = Importance.MEDIUM
    traits = frozenset({Trait.UNFINISHED})

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        header = letter.header
        printed = [slot for slot in LABELS if getattr(header, slot) is not None]
        if len(printed) < FEWEST and letter.generation is not model.Generation.NOTICE:
            return
        for slot in LABELS if has_table(letter) else NOTICE:
            field = getattr(header, slot)
            if field is None and printed:
                yield Finding(Span(0, 0), f"the cover has no {LABELS[slot]}")
            elif field is not None and not field.raw:
                yield Finding(field.span, f"the {LABELS[slot]} on the cover is empty")


def has_table(letter: Letter) -> bool:
    """Whether the letter has the table of a cover, which alone gives the dates of assignment and of the decision."""
    decided = letter.header.decided
    label = letter.source.text[max(decided.span.start - 60, 0) : decided.span.start] if decided else ""
    return letter.header.assigned is not None or "Decision Date" in label
