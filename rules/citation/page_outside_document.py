from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, quote

TOLERANCE = 2  # pages by which prints of a chapter differ in where it ends


class PageOutsideDocument(Rule):
    """The cited guideline has no such page.

    The chronic pain guidelines of 2009 have 127 pages, and a page 309 belongs to a chapter of ACOEM:
    either the wrong guideline was chosen or the wrong page was typed.

    ```diff of typed
    -MAXIMUS guideline: Decision was based on MTUS Chronic Pain Treatment Guidelines Lidoderm
    -Page(s): 56.
    +MAXIMUS guideline: Decision based on MTUS Chronic Pain Treatment Guidelines Lidoderm
    +Page(s): 156.
    ```

    ```findings
    "156" page "156" does not exist: the guideline has pages 1 to 127
      "Chronic Pain Treatment Guidelines" the guideline cited
    ```
    """

    code = "CIT005"
    category = Category.CONTRADICTION
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for cited in reading.citations:
            pages = cited.document.pages if cited.document else None
            if not cited.citation.mtus or pages is None:
                continue
            first, last = pages
            note = Note(cited.citation.name.span, "the guideline cited")
            for page in cited.citation.pages:
                if not first - TOLERANCE <= (page.value or 0) <= last + TOLERANCE:
                    message = f"page {quote(page.raw)} does not exist: the guideline has pages {first} to {last}"
                    yield Finding(page.span, message, notes=(note,))
