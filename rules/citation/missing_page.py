from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation, quote

WHOLE = ("ACUP2007", "PSTG2009")  # short, or without sections


class MissingPage(Rule):
    """MAXIMUS cites a guideline without a page, in a letter of the years when pages were cited.

    Until spring 2015 the reviewer typed the page of the guideline; without it a reader has to search a
    hundred pages. Later letters name sections from a list and need no pages.

    ```diff of typed
    -MAXIMUS guideline: Decision was based on MTUS Chronic Pain Treatment Guidelines Lidoderm
    -Page(s): 56.
    +MAXIMUS guideline: Decision based on MTUS Chronic Pain Treatment Guidelines Lidoderm.
    ```

    ```findings
    "Chronic Pain Treatment Guidelines Lidoderm" no page is given for "Chronic Pain Treatment Guidelines"
    ```
    """

    code = "CIT011"
    category = Category.OMISSION
    importance = Importance.LOW
    often_right = "a section that fills one page can be found without it"

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        if reading.citation_format is not annotation.CitationFormat.TYPED:
            return
        for cited in reading.citations:
            citation = cited.citation
            known = citation.mtus and citation.document and citation.document not in WHOLE
            if cited.is_reviewers and known and not citation.pages:
                yield Finding(citation.span, f"no page is given for {quote(citation.name.raw)}")
