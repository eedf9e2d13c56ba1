from collections.abc import Iterator
from datetime import date

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, knowledge, model


class SupersededGuideline(Rule):
    """An edition of a guideline that was not in force on the day of the decision.

    The reviewer applies the MTUS as it stands when he decides (Labor Code 4610.5(c)(2)): from
    July 28, 2016 the chronic pain guidelines of 2016, from December 1, 2017 the new chapters of
    ACOEM. What the claims administrator cited is reported as a note: the letter only repeats it.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Chronic Pain Medical Treatment 2016,
    -Section(s): Muscle relaxants (for pain), Opioid hyperalgesia.
    +MAXIMUS guideline: Decision based on MTUS Chronic Pain Medical Treatment 2009,
    +Section(s): Muscle relaxants (for pain), Opioid hyperalgesia.
    ```

    ```findings
    "2009" an edition in force until July 27, 2016 only
      "08/14/2017" the day of the decision
    ```
    """

    code = "CIT013"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        header = letter.header
        for dispute in letter.disputes:
            for clause in dispute.clauses:
                claims = clause.kind is model.ClauseKind.CLAIMS
                day, what = (header.denied, "utilization review") if claims else (header.decided, "decision")
                if day and day.value:
                    for citation in clause.citations:
                        if said := _not_in_force(citation, day.value):
                            yield _finding(citation, said, day, what, minor=claims)


def _not_in_force(citation: model.Citation, day: date) -> str | None:
    if not citation.mtus or citation.document is None or citation.year is None:
        return None
    document = knowledge.guidelines.documents()[citation.document]
    if document.in_force(day):
        return None
    if document.until and day > document.until:
        return f"an edition in force until {_long(document.until)} only"
    return f"an edition in force only since {_long(document.since)}" if document.since else None


def _finding(citation: model.Citation, said: str, day: model.Field[date], what: str, *, minor: bool) -> Finding:
    assert citation.year is not None
    return Finding(citation.year.span, said, notes=(Note(day.span, f"the day of the {what}"),), minor=minor)


def _long(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
