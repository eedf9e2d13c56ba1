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
        for prose in letter.prose:
            first: annotation.DateMention | None = None
            for mention in dates.of(letter):
                if mention.prose is not prose or mention.notation is dates.Notation.LONG:
                    continue
                first = first or mention
                if mention.notation is not first.notation:
                    yield Finding(
                        mention.span,
                        f'dates are written in another way above, such as "{first.text}"',
                        notes=(Note(first.span, "in this part"),),
                    )
                    break
