from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation, quote


class MissingYear(Rule):
    """A guideline of the MTUS is cited without its year.

    The chronic pain guidelines have two editions, the chapters of ACOEM several: the year says which one
    was applied. Letters before spring 2015 give pages instead and need no year.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004, Section(s):
    -Special Studies.
    +MAXIMUS guideline: Decision based on MTUS Low Back Complaints, Section(s): Special Studies.
    ```

    ```findings
    "Low Back Complaints" no year is given for "Low Back Complaints"
    ```
    """

    code = "CIT012"
    category = Category.OMISSION
    importance = Importance.LOW
    often_right = "the list that reviewers choose from has some guidelines without a year"

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        if reading.citation_format is not annotation.CitationFormat.LISTED:
            return
        for cited in reading.citations:
            citation = cited.citation
            if citation.mtus and citation.document and citation.year is None:
                yield Finding(citation.name.span, f"no year is given for {quote(citation.name.raw)}")
