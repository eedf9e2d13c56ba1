from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, annotation, quote


class UrDateMismatch(Rule):
    """The utilization review has another date in the text than on the cover.

    The date says which denial is in dispute and until when the application could be made. One letter in
    twenty-five has two dates for it.

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
        for event in reading.events(annotation.Role.REVIEW):
            if event.day != cover.value:
                words = quote(event.place.text)
                message = f"the utilization review is dated {words} here, {quote(cover.raw)} on the cover"
                yield Finding(event.place.span, message, notes=(Note(cover.span, "the UR denial date on the cover"),))
