from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, annotation


class MixedDateFormat(Rule):
    """More than one way of writing dates in one part of the letter.

    A part taken over from another letter often betrays itself so. Long dates beside short ones
    are usual and left alone.

    ```diff
    -Utilization review on 06-20-2017 non-certified
    +Utilization review on 06/20/2017 non-certified
    ```

    ```findings
    "06/20/2017" dates are written in another way above, such as "03-22-2017"
      "03-22-2017" in this part
    ```
    """

    code = "DAT008"
    category = Category.STYLE
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for passage in reading.passages:
            short = [each for each in passage.dates if each.notation is not annotation.Notation.LONG]
            other = next((each for each in short if each.notation is not short[0].notation), None)
            if other:
                first = short[0].place
                yield Finding(
                    other.place.span,
                    f'dates are written in another way above, such as "{first.text}"',
                    notes=(Note(first.span, "in this part"),),
                )
