from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Reading,
    Rule,
    annotation,
    quote,
)

POSTSURGICAL = "PSTG2009"
GENERAL = ("CPMTG2009", "CPMTG2016")
SUBJECTS = frozenset(("physical therapy", "exercise"))
SHORTEST = 90  # days: the shortest period after an operation for which the guideline allows visits


class PostsurgicalGuideline(Rule):
    """The postsurgical guideline is cited without an operation, or is missing after one.

    Physical medicine after an operation is judged by the Postsurgical Treatment Guidelines (8 CCR 9792.24.3), which
    allow more visits than those on chronic pain, for three to six months. They do not apply where neither
    the summary nor a title names an operation; and where one was done on that part of the body within the last three
    months, the number of visits for chronic pain does not decide. What only the claims administrator cites is a note.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Shoulder Complaints 2004, Section(s): Physical
    -Methods.
    +MAXIMUS guideline: Decision based on MTUS Postsurgical Treatment 2009, Section(s): Shoulder.
    ```

    ```findings
    "Postsurgical Treatment" "Postsurgical Treatment" is on care after an operation, but neither the summary nor a title names one
      "Physical therapy for the right shoulder, two times a week for six weeks (12 visits)" the disputed item
    ```
    """

    code = "CIT021"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            cited = [each for each in reading.citations if each.dispute is item.dispute]
            own = [each for each in cited if each.is_reviewers]
            postsurgical = next((each for each in (*own, *cited) if each.citation.document == POSTSURGICAL), None)
            if postsurgical and not reading.background.tells_of_operation:
                name = postsurgical.citation.name
                message = (
                    f"{quote(name.raw)} is on care after an operation, but neither the summary nor a title names one"
                )
                note = Note(item.dispute.title.span, "the disputed item")
                evidence = () if postsurgical.is_reviewers else (Feature.REPEATED,)
                yield Finding(name.span, message, notes=(note,), evidence=evidence)
            elif postsurgical is None or not postsurgical.is_reviewers:
                yield from _find_missing(item, own, reading)


def _find_missing(item: Item, cited: list[annotation.Cited], reading: Reading) -> Iterator[Finding]:
    """The guideline on chronic pain, where the item is physical medicine soon after an operation."""
    denied = reading.letter.header.denied
    general = next((each for each in cited if each.citation.document in GENERAL), None)
    if general is None or denied is None or denied.value is None or not item.dispute.request.subjects & SUBJECTS:
        return
    for record, event in reading.background.operations:
        days = (denied.value - event.day).days
        if 0 <= days < SHORTEST and (
            not item.regions or not record.regions or any(map(item.has_region, record.regions))
        ):
            name = general.citation.name
            message = (
                f"{quote(name.raw)} here, but the postsurgical guideline applies {quote(str(days))} days after "
                f"the operation on {quote(event.place.text)}"
            )
            yield Finding(name.span, message, notes=(Note(record.place.span, "the operation"),))
            return
