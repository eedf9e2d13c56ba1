from collections.abc import Iterator
from datetime import date

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, Span, annotation, model


class VisitBeforeInjury(Rule):
    """An examination for this injury is dated before the injury.

    Most often the year is wrong, as in January; sometimes the record is another worker's. A test
    before the injury may be history and is reported only when the same day of another year lies
    between the injury and the decision. What the sentence itself calls history is left alone.

    ```diff
    -In a report dated 06-06-2017 she
    +She was evaluated on 06-06-2016 when she
    ```

    ```findings
    "06-06-2016" an examination dated before the injury
      "03/22/2017" the date of injury
    ```
    """

    code = "DAT006"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        injury = _injury(letter)
        if injury is None:
            return
        day, place = injury
        for mention, role in roles.of(letter):
            if (
                role not in (annotation.Role.VISIT, annotation.Role.STUDY)
                or mention.value is None
                or mention.value >= day
            ):
                continue
            if roles.said_past(mention) or (role is annotation.Role.STUDY and not _slip_of_year(mention, day, letter)):
                continue
            note = Note(place, "the date of injury")
            yield Finding(mention.span, f"{role.value} dated before the injury", notes=(note,))


def _injury(letter: Letter) -> tuple[date, Span] | None:
    cover: model.Field[date] | None = letter.header.injury
    if cover and cover.value:
        return cover.value, cover.span
    first = next(roles.having(letter, annotation.Role.INJURY), None)
    return (first.value, first.span) if first and first.value else None


def _slip_of_year(mention: annotation.DateMention, injury: date, letter: Letter) -> bool:
    """Whether the same day in the year of the injury or the decision would be in order."""
    decided = letter.header.decided
    if mention.value is None or decided is None or decided.value is None:
        return False
    month, day = mention.value.month, mention.value.day
    years = {injury.year, decided.value.year}
    return any((injury.month, injury.day) <= (month, day) if year == injury.year else
               (month, day) <= (decided.value.month, decided.value.day) for year in years)  # fmt: skip
