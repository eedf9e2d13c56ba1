from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation


class MissingYear(Rule):
    """A guideline of the MTUS is cited without its year.

    Of the chronic pain guidelines there are two editions, of the chapters of ACOEM several: the year
    says which one was applied. Letters before spring 2015 give pages instead; nothing is asked of them.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004, Section(s):
    -Special Studies.
    +MAXIMUS guideline: Decision based on MTUS Low Back Complaints, Section(s): Special Studies.
    ```

    ```findings
    "Low Back Complaints" no year is given
    ```
    """

    code = "CIT012"
    category = Category.OMISSION
    importance = Importance.LOW
    often_right = "the list that reviewers choose from leaves the year out in places"

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        if reading.citation_format is not annotation.CitationFormat.LISTED:
            return
        for dispute in letter.disputes:
            for clause in dispute.clauses:
                for citation in clause.citations:
                    if citation.mtus and citation.document and citation.year is None:
                        yield Finding(citation.name.span, "no year is given")
