from collections.abc import Iterator
from datetime import date

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, annotation, quote


class VisitBeforeInjury(Rule):
    """An examination for this injury is dated before the injury.

    Most often the year is wrong, as happens in January; sometimes the record is another worker's. A test
    before the injury may be history and is reported only when the same day of another year lies
    between the injury and the decision. What the sentence itself calls history is not reported.

    ```diff
    -In a report dated 06-06-2017 she
    +She was evaluated on 06-06-2016 when she
    ```

    ```findings
    "06-06-2016" an examination dated "06-06-2016", before the injury on "03/22/2017"
      "03/22/2017" the date of injury
    ```
    """

    code = "DAT006"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        injury = reading.injury
        if injury is None:
            return
        note = Note(injury.span, "the date of injury")
        for event in reading.events(annotation.Role.VISIT, annotation.Role.STUDY):
            if event.day >= injury.day or event.is_history:
                continue
            if event.role is annotation.Role.VISIT or _is_slip_of_year(event.day, injury.day, letter):
                visit, injured = quote(event.place.text), quote(letter.source[injury.span])
                message = f"{event.role.value} dated {visit}, before the injury on {injured}"
                yield Finding(event.place.span, message, notes=(note,))


def _is_slip_of_year(tested: date, injury: date, letter: Letter) -> bool:
    """Whether the same day in the year of the injury or of the decision lies between the two."""
    decided = letter.header.decided
    if decided is None or decided.value is None:
        return False
    month, day = tested.month, tested.day
    years = {injury.year, decided.value.year}
    return any((injury.month, injury.day) <= (month, day) if year == injury.year else
               (month, day) <= (decided.value.month, decided.value.day) for year in years)  # fmt: skip
