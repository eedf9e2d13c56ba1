import re
from collections.abc import Iterator
from datetime import date

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Letter,
    Note,
    Pattern,
    Place,
    Reading,
    Rule,
    annotation,
    quote,
)

YOUNGEST = 15  # a worker's age in years
BIRTHDAY = 1  # year that two records may differ by
BORN = Pattern(r"\b(?:DOB|(?:date of )?birth(?: ?date)?|born)\b[^.;\d]{0,12}$", re.IGNORECASE)


class AgeMismatch(Rule):
    """The worker's age differs between two places of the letter.

    A second age often comes with a passage from another worker's letter, and a plainly wrong fact
    is a ground of appeal (Labor Code 4610.6(h)). A difference of one year is not reported: a birthday
    may lie between two records. The worker's date of birth is held against the ages, too, as a warning, since it may be
    somebody else's. The age of "the 42-year-old …" is a note where the word that follows is none
    for a person.

    ```diff
    -This worker has weakness of the left
    +This 52 year old female has weakness of the left
    ```

    ```findings
    "52 year old" the worker is "52" here, "47" elsewhere
      "47 year old" the other age
    ```
    """

    code = "DAT009"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        first: annotation.AgeMention | None = None
        for passage in reading.passages:
            for age in passage.ages:
                if not age.of_worker or age.years < YOUNGEST:
                    continue
                first = first or age
                if abs(age.years - first.years) > BIRTHDAY:
                    message = f"the worker is {quote(age.number.text)} here, {quote(first.number.text)} elsewhere"
                    notes = (Note(first.place.span, "the other age"),)
                    evidence = () if age.names_person else (Feature.ANOTHER_FITS,)
                    yield Finding(age.place.span, message, notes=notes, evidence=evidence)
        decided = letter.header.decided
        birth = _find_birth(reading, decided.value.year - YOUNGEST) if decided and decided.value else None
        if first and birth and decided and decided.value:
            day, place = birth
            oldest = decided.value.year - day.year
            youngest = (reading.injury.day.year if reading.injury else decided.value.year) - day.year - 1
            if not youngest <= first.years <= oldest:
                message = (
                    f"the worker is {quote(first.number.text)} here, but {oldest - 1} or {oldest} by the date of birth"
                )
                note = Note(place.span, "the date of birth")
                yield Finding(first.place.span, message, notes=(note,), evidence=(Feature.ARGUABLE,))


def _find_birth(reading: Reading, latest: int) -> tuple[date, Place] | None:
    """The date of birth of somebody born up to a year, and where it stands."""
    for passage in reading.passages:
        for mention in passage.dates:
            if mention.value and mention.value.year <= latest and BORN.search(mention.place.before):
                return mention.value, mention.place
    return None
