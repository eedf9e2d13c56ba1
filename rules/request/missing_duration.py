from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, model, quote

COURSES = (
    model.RequestKind.THERAPY,
    model.RequestKind.ACUPUNCTURE,
    model.RequestKind.CHIROPRACTIC,
    model.RequestKind.HOME_CARE,
)


class MissingDuration(Rule):
    """The request for a course of treatment says how often it is given, but not for how long.

    Guidelines limit visits over weeks: twice a week without an end is a request without a limit. The
    number of visits will do instead.

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
        for item in reading.items:
            request = item.dispute.request
            often = [field for portion in request.portions for field in portion.frequencies if field.value]
            ends = any(portion.durations or portion.quantities for portion in request.portions)
            if item.kind in COURSES and often and not ends and item.visits is None:
                yield Finding(
                    item.dispute.title.span, f"{quote(often[0].raw)}, but the request does not say for how long"
                )
