import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Pattern, Reading, Rule, annotation, model

# What stands for an age: the birth date, or the words of an age whose number was lost.
BIRTH = Pattern(r"\byears? old\b|\bbirth ?date\b|\bdate of birth\b", re.IGNORECASE)


class MissingDemographics(Rule):
    """The summary gives no age or no sex of the worker.

    Guidelines have limits of age ("over 40", "over 60"), and a summary without age or sex has often lost
    its beginning. A pronoun that can only be the worker's gives the sex, too.

    ```diff
    -The injured worker is a 47 year old female who sustained
    +The injured worker sustained
    ```

    ```findings
    "She was diagnosed with a right rotator cuff strain and a lumbar strain with left leg symptoms." the summary does not give the worker's age
    ```
    """

    code = "SUM003"
    category = Category.OMISSION
    importance = Importance.MEDIUM
    often_right = "some summaries leave both out on purpose"

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        summary = letter.summary
        if summary is None or not summary.sentences or letter.generation is model.Generation.NOTICE:
            return
        told = reading.passage(summary)
        given = {
            "age": told.ages or BIRTH.search(summary.text),
            "sex": reading.stated_sex or any(annotation.can_only_be_worker(each.place) for each in told.pronouns),
        }
        missing = [what for what, where in given.items() if not where]
        if missing:
            first = next(
                (s for s in summary.sentences if "developed the following" not in s.text), summary.sentences[0]
            )
            yield Finding(first.span, f"the summary does not give the worker's {' or '.join(missing)}")
