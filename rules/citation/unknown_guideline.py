from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, knowledge, quote


class UnknownGuideline(Rule):
    """The words after MTUS name no guideline that the MTUS has adopted.

    A reader cannot look it up. Names are compared with every name in use; what follows Non-MTUS may be
    anything and is not judged. A chapter of ACOEM with the number of another one is reported, too.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Shoulder Complaints 2004, Section(s): Physical
    -Methods.
    +MAXIMUS guideline: Decision based on MTUS Upper Arm Protocols 2004, Section(s): Physical
    +Methods.
    ```

    ```findings
    "Upper Arm Protocols" the MTUS has no guideline named "Upper Arm Protocols"
    ```
    """

    code = "CIT006"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for cited in reading.citations:
            citation = cited.citation
            if not citation.mtus:
                continue
            if cited.document is None:
                yield Finding(citation.name.span, f"the MTUS has no guideline named {quote(citation.name.raw)}")
            elif (number := citation.number) and number.value:
                numbered = knowledge.guidelines.acoem_chapter(number.value)
                if numbered.key != cited.document.key:
                    message = (
                        f"number {quote(number.raw)} is {numbered.name}, but the name is that of {cited.document.name}"
                    )
                    yield Finding(number.span, message)
