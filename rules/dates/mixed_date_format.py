from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, Trait, annotation, quote


class MixedDateFormat(Rule):
    """Dates are written in more than one way in one part of the letter.

    A second way of writing often shows that a passage was copied from another letter. Dates with the
    name of the month ("June 20, 2017") are usual beside others and not reported.

    ```diff
    -Utilization review on 06-20-2017 non-certified
    +Utilization review on 06/20/2017 non-certified
    ```

    ```findings
    "06/20/2017" dates are written in two ways: "06/20/2017" here, "03-22-2017" above
      "03-22-2017" the first date of this part
    ```
    """

    code = "DAT008"
    category = Category.STYLE
    importance = Importance.LOW
    traits = frozenset({Trait.MOOT_ONCE_MAILED})

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for passage in reading.passages:
            short = [each for each in passage.dates if each.notation is not annotation.Notation.LONG]
            other = next((each for each in short if each.notation is not short[0].notation), None)
            if other:
                first = short[0].place
                message = f"dates are written in two ways: {quote(other.place.text)} here, {quote(first.text)} above"
                yield Finding(other.place.span, message, notes=(Note(first.span, "the first date of this part"),))
