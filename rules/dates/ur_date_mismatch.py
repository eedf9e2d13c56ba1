import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Letter,
    Note,
    Reading,
    Rule,
    annotation,
    knowledge,
    quote,
)

REVIEW = re.compile(rf"\b{knowledge.wordings.any_of('utilization review')}\b", re.IGNORECASE)


class UrDateMismatch(Rule):
    """The utilization review has another date in the text than on the cover.

    The date says which denial is in dispute and until when the application could be made. One letter in
    twenty-five has two dates for it. Where the text has the date of the cover, too, another date may be
    that of another review: unless a single slip makes one of the other, that is a note.

    ```diff
    -Utilization review on 06-20-2017 non-certified
    +Utilization review on 06-19-2017 non-certified
    ```

    ```findings
    "06-19-2017" the utilization review is dated "06-19-2017" here, "06/20/2017" on the cover
      "06/20/2017" the UR denial date on the cover
    ```
    """

    code = "DAT005"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        cover = letter.header.denied
        if cover is None or cover.value is None:
            return
        events = tuple(reading.events(annotation.Role.REVIEW))
        is_repeated = any(event.day == cover.value for event in events)
        for event in events:
            if event.day != cover.value:
                named = REVIEW.search(event.place.sentence.text)
                another = is_repeated and not (named and annotation.is_slip(event.day, cover.value))
                evidence = (Feature.ANOTHER_FITS,) if another else ()
                words = quote(event.place.text)
                message = f"the utilization review is dated {words} here, {quote(cover.raw)} on the cover"
                note = Note(cover.span, "the UR denial date on the cover")
                yield Finding(event.place.span, message, notes=(note,), evidence=evidence)
