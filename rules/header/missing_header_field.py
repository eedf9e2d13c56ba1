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
# The notice of 2013 prints fewer.
NOTICE = ("case_number", "injury", "decided", "denied", "received")


class MissingHeaderField(Rule):
    """A line of the cover page is missing or empty.

    The cover identifies the case and gives its dates; a cover has all seven lines.

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
        if not header:
            return
        for slot in NOTICE if letter.generation is model.Generation.NOTICE else LABELS:
            field = getattr(header, slot)
            if field is None:
                yield Finding(Span(0, 0), f"the cover has no {LABELS[slot]}")
            elif not field.raw:
                yield Finding(field.span, f"the {LABELS[slot]} on the cover is empty")
