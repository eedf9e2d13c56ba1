from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Item, Letter, Note, Reading, Rule, model, quote

COURSES = (
    model.RequestKind.THERAPY,
    model.RequestKind.ACUPUNCTURE,
    model.RequestKind.CHIROPRACTIC,
    model.RequestKind.HOME_CARE,
)


class MissingDuration(Rule):
    """The request for a course of treatment says how often it is given, but not for how long.

    Guidelines limit visits over weeks: twice a week without an end is a request without a limit. The
    number of visits in the title will do instead, and so will a duration in the running text. There is
    one finding a letter, at the first such item.

    ```diff
    -Physical therapy for the right shoulder, two times a week for six weeks (12 visits): Upheld
    +Physical therapy for the right shoulder, two times a week: Upheld
    ```

    ```findings
    "Physical therapy for the right shoulder, two times a week" "two times a week", but the request does not say for how long
    ```
    """

    code = "REQ008"
    category = Category.SUSPECT
    importance = Importance.MEDIUM
    often_right = "requests are often printed as the physician wrote them"

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        endless = [(item, often) for item in reading.items if (often := _find_endless(item, reading))]
        for item, often in endless[:1]:
            notes = tuple(Note(other.dispute.title.span, "another item without an end") for other, _ in endless[1:])
            message = f"{quote(often)}, but the request does not say for how long"
            yield Finding(item.dispute.title.span, message, notes=notes)


def _find_endless(item: Item, reading: Reading) -> str | None:
    """How often a course is given whose end neither the title nor the running text gives; None for other requests."""
    portions = item.dispute.request.portions
    often = [field for portion in portions for field in portion.frequencies if field.value]
    ends = any(portion.durations or portion.quantities for portion in portions)
    if item.kind not in COURSES or not often or ends or item.visits is not None:
        return None
    elsewhere = (portion for place in reading.find_mentions(item) for portion in reading.read_portions(place))
    return None if any(portion.durations for portion in elsewhere) else often[0].raw
