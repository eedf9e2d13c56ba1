from collections.abc import Iterator
from datetime import date

from imrlint.rulekit import Category, Feature, Finding, Importance, Letter, Note, Reading, Rule, knowledge, model, quote


class SupersededGuideline(Rule):
    """The cited edition of a guideline was not in force on the day of the decision.

    The reviewer applies the MTUS in force when the decision is made (Labor Code 4610.5(c)(2)): from
    July 28, 2016 the chronic pain guidelines of 2016, from December 1, 2017 the new chapters of
    ACOEM. It is a warning where the edition was still in force at utilization review, and where the claims
    administrator is said to have cited an edition that was not: it did, or the letter has the wrong year.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Chronic Pain Medical Treatment 2016,
    -Section(s): Muscle relaxants (for pain), Opioid hyperalgesia.
    +MAXIMUS guideline: Decision based on MTUS Chronic Pain Medical Treatment 2009,
    +Section(s): Muscle relaxants (for pain), Opioid hyperalgesia.
    ```

    ```findings
    "2009" the edition "2009" was in force until July 27, 2016, before the decision on "08/14/2017"
      "08/14/2017" the date of the decision
    ```
    """

    code = "CIT013"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for cited in reading.citations:
            year, document = cited.citation.year, cited.document
            by_claims = cited.clause.kind is model.ClauseKind.CLAIMS
            applied = letter.header.denied if by_claims else letter.header.decided
            if not cited.citation.mtus or year is None or document is None or applied is None or applied.value is None:
                continue
            if document.in_force(applied.value):
                continue
            event = "utilization review" if by_claims else "decision"
            if document.until and applied.value > document.until:
                force = f"was in force until {_write(document.until)}, before"
            elif document.since:
                force = f"came into force on {_write(document.since)}, after"
            else:
                continue
            message = f"the edition {quote(year.raw)} {force} the {event} on {quote(applied.raw)}"
            note = Note(applied.span, f"the date of the {event}")
            evidence = (Feature.ARGUABLE,) if by_claims else _weigh_change(document, letter)
            yield Finding(year.span, message, notes=(note,), evidence=evidence)


def _weigh_change(document: knowledge.guidelines.Document, letter: Letter) -> tuple[Feature, ...]:
    """What speaks for an edition that was still in force when the request was denied."""
    denied = letter.header.denied
    was_in_force = denied is not None and denied.value is not None and document.in_force(denied.value)
    return (Feature.ARGUABLE,) if was_in_force else ()


def _write(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
