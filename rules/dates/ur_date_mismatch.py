from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, annotation


class UrDateMismatch(Rule):
    """The utilization review is dated otherwise in the text than on the cover.

    The review decides which denial is in dispute and when the application was due. One letter in
    twenty-five has two dates for it.

    ```diff
    -Utilization review on 06-20-2017 non-certified
    +Utilization review on 06-19-2017 non-certified
    ```

    ```findings
    "06-19-2017" another date of the utilization review than on the cover
      "06/20/2017" on the cover
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
                yield Finding(
                    event.place.span,
                    "another date of the utilization review than on the cover",
                    notes=(Note(cover.span, "on the cover"),),
                )
