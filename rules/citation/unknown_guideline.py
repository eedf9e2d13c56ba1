from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, knowledge


class UnknownGuideline(Rule):
    """The words after MTUS name no guideline that the MTUS has adopted.

    A reader cannot look it up. Names are compared with every name in use; what stands behind
    Non-MTUS may be anything and is not judged. A chapter of ACOEM that is given the number of
    another one is reported, too.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Shoulder Complaints 2004, Section(s): Physical
    -Methods.
    +MAXIMUS guideline: Decision based on MTUS Upper Arm Protocols 2004, Section(s): Physical
    +Methods.
    ```

    ```findings
    "Upper Arm Protocols" no guideline of the MTUS has this name
    ```
    """

    code = "CIT006"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            for clause in dispute.clauses:
                for citation in clause.citations:
                    if not citation.mtus:
                        continue
                    if citation.document is None:
                        yield Finding(citation.name.span, "no guideline of the MTUS has this name")
                    elif (number := citation.number) and number.value:
                        meant = knowledge.guidelines.chapter(number.value)
                        if meant.key != citation.document:
                            yield Finding(
                                number.span, f"this chapter has another number; this one belongs to {meant.name}"
                            )
