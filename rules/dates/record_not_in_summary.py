import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, annotation

RECORD = re.compile(
    r"\b(?:notes?|reports?|records?|visits?|evaluation|examination|exam|consultation|chart(?: notes?)?|mri"
    r"|x-?rays?|study|scan|emg|pr-?2|documentation|opinion|letter|consult|ultrasound|ct)\b"
    r"(?: (?:was|of|from|dated|on|in|the|performed|completed|done|visit|note))*[ ,:(]*$",
    re.IGNORECASE,
)
BEHIND = re.compile(
    r" (?:clinical |clinic |progress |office |chart |medical )?(?:notes?|reports?|visit|evaluation|examination"
    r"|chart notes?)\b",
    re.IGNORECASE,
)


class RecordNotInSummary(Rule):
    """A rationale relies on a dated record that the summary does not name.

    The summary says what the reviewer read. A record that decides the item and is not there was either
    left out of the summary or belongs to another letter.

    ```diff
    -visits of therapy brought little relief. Therefore
    +visits of therapy brought little relief. The progress note dated 05-02-2017 confirms this. Therefore
    ```

    ```findings
    "05-02-2017" the summary names no record of this day
      "06-20-2017" the last record in the summary
    ```
    """

    code = "DAT012"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        summary = letter.summary
        if summary is None:
            return
        rationales = [dispute.rationale for dispute in letter.disputes if dispute.rationale]
        known = {mention.value for mention, _ in roles.of(letter) if mention.prose not in rationales}
        known |= {field.value for _, field in letter.header.dates()}
        dated = [mention for mention, _ in roles.of(letter) if mention.prose is summary]
        if not dated:
            return
        seen = set()
        for mention, role in roles.of(letter):
            if (
                mention.prose not in rationales
                or mention.value in known
                or role in (annotation.Role.INJURY, annotation.Role.REVIEW)
            ):
                continue
            named = (
                RECORD.search(mention.before)
                or BEHIND.match(mention.after)
                or role in (annotation.Role.VISIT, annotation.Role.STUDY)
            )
            if named and mention.value not in seen and not quotes.quoted(mention.prose, mention.start):
                seen.add(mention.value)
                note = Note(dated[-1].span, "the last record in the summary")
                yield Finding(mention.span, "the summary names no record of this day", notes=(note,))
