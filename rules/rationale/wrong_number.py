from collections.abc import Iterator

from imrlint.rulekit import Category, Feature, Finding, Importance, Letter, Note, Reading, Rule, annotation, quote


class WrongNumber(Rule):
    """The rationale gives another number of the same thing than the summary or the title.

    Half a year of relief from a block, which the summary gives six weeks; three injections into a joint, where there
    was one; a tear of 8 mm, which the scan measured at 18: such numbers decide whether a criterion is met. Percentages,
    lengths of time, injections, angles and lengths in millimetres are compared where the same word says of what they
    are, values on one scale and weights always; the dose of a day is held against a strength and how often it is taken. Limits, plans and requests are not, nor is what the summary adds up to.

    ```diff
    -physical therapy in April and May of 2017 gave little relief. She takes naproxen. The
    +physical therapy in April and May of 2017 gave 20 percent relief. She takes naproxen. The
    -done at home. The worker has had six visits with little relief, and no record says why twelve more
    +done at home. The worker has had six visits with 70 percent relief, and no record says why twelve more
    ```

    ```findings
    "70 percent" "70 percent" here, "20 percent" elsewhere in the letter
      "20 percent" the other number
    ```
    """

    code = "RAT025"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        strays = (each for item in reading.items for each in reading.find_strays(item))
        retold = {each.place.span for each in strays if each.kind is annotation.StrayKind.NUMBER}
        for unlike in annotation.find_unlike_numbers(reading.told, reading.items):
            here, there = unlike.here.place, unlike.there.place
            if not any(span.overlaps(here.span) for span in retold):
                message = f"{quote(here.text)} here, {quote(there.text)} elsewhere in the letter"
                note = Note(there.span, "the other number")
                yield Finding(here.span, message, notes=(note,), evidence=(Feature.ARGUABLE,))
        for dose in annotation.find_unlike_doses(reading.told, reading.items):
            here, there = dose.here.place, dose.there.place
            low, high = dose.there.amounts[0]
            amount = f"{low:g}" if low == high else f"{low:g} to {high:g}"
            message = f"{quote(here.text)} here, but {quote(there.text)} makes {amount} mg a day"
            note = Note(there.span, "how it is taken")
            yield Finding(here.span, message, notes=(note,), evidence=(Feature.ARGUABLE,))
