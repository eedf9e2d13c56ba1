from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, knowledge

TOLERANCE = 2  # where chapters end is counted differently by a page or two


class PageOutsideDocument(Rule):
    """A page that the cited guideline does not have.

    The chronic pain guidelines of 2009 have 127 pages; a page 309 belongs to a chapter of ACOEM, so
    that the wrong guideline was ticked, or the wrong page was typed.

    ```diff of typed
    -MAXIMUS guideline: Decision was based on MTUS Chronic Pain Treatment Guidelines Lidoderm
    -Page(s): 56.
    +MAXIMUS guideline: Decision based on MTUS Chronic Pain Treatment Guidelines Lidoderm
    +Page(s): 156.
    ```

    ```findings
    "156" no page of this guideline, which has pages 1 to 127
      "Chronic Pain Treatment Guidelines" the guideline cited
    ```
    """

    code = "CIT005"
    category = Category.CONTRADICTION
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            for clause in dispute.clauses:
                for citation in clause.citations:
                    book = knowledge.guidelines.documents()[citation.document].pages if citation.document else None
                    if not citation.mtus or book is None:
                        continue
                    first, last = book
                    for page in citation.pages:
                        if not first - TOLERANCE <= (page.value or 0) <= last + TOLERANCE:
                            yield Finding(
                                page.span,
                                f"no page of this guideline, which has pages {first} to {last}",
                                notes=(Note(citation.name.span, "the guideline cited"),),
                            )
