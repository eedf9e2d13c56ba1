from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation, knowledge, quote

WHOLE = ("ACUP2007",)  # two pages without sections


class MissingSectionName(Rule):
    """MAXIMUS cites a guideline without naming the section.

    The chronic pain guidelines have more than a hundred sections; without a name nobody can tell
    which criteria were applied. The claims administrator may cite a guideline as a whole.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004, Section(s):
    -Special Studies.
    +MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004.
    ```

    ```findings
    "Low Back Complaints" no section of "Low Back Complaints" is named
    ```
    """

    code = "CIT010"
    category = Category.OMISSION
    importance = Importance.MEDIUM
    often_right = "a reviewer may rely on a guideline as a whole"

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        if reading.citation_format is annotation.CitationFormat.FREE:
            return
        for cited in reading.citations:
            citation, document = cited.citation, cited.citation.document
            if not cited.is_reviewers or not citation.mtus or not document or document in WHOLE or citation.sections:
                continue
            typed = reading.citation_format is annotation.CitationFormat.TYPED
            by_page = typed and document.startswith("ACOEM")
            if knowledge.contents.sections(document) and not by_page:
                yield Finding(citation.name.span, f"no section of {quote(citation.name.raw)} is named")
