from collections.abc import Iterator

from imrlint.rulekit import Category, Feature, Finding, Importance, Letter, Reading, Rule


class UnusualCitation(Rule):
    """A section of a guideline that your house never cites for such an item.

    It needs a memory, which `imrlint learn` makes from your archive, with at least fifty letters that have
    an item of the kind. Nothing is said where your letters often cite something that no other one does.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Shoulder Complaints 2004, Section(s): Physical
    -Methods.
    +MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004, Section(s): Physical
    +Methods.
    ```

    ```findings
    "Low Back Complaints 2004, Section(s): Physical Methods" never cited in this house for physical therapy: 140 of 140 letters cite ACOEM chapter 9, Shoulder Complaints, Physical Methods
    ```
    """

    code = "HOU004"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for unusual in reading.unusual_citations:
            usual = f"{unusual.usual.letters:,} of {unusual.letters:,} letters cite {unusual.usual.text}"
            message = f"never cited in this house for {unusual.subject}: {usual}"
            yield Finding(unusual.cited.citation.span, message, evidence=(Feature.UNSURE,))
