from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation, knowledge

WHOLE = ("ACUP2007",)  # two pages without sections


class MissingSectionName(Rule):
    """MAXIMUS cites a guideline without saying which section of it.

    The chronic pain guidelines have more than a hundred sections; without a name nobody can tell
    which criteria were applied. The claims administrator may cite a guideline as a whole.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004, Section(s):
    -Special Studies.
    +MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004.
    ```

    ```findings
    "Low Back Complaints" no section is named
    ```
    """

    code = "CIT010"
    category = Category.OMISSION
    importance = Importance.MEDIUM
    often_right = "a reviewer may rest on a guideline as a whole"

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        if reading.citation_format is annotation.CitationFormat.FREE:
            return
        for dispute in letter.disputes:
            for citation in dispute.reviewer.citations if dispute.reviewer else ():
                document = citation.document
                if citation.mtus and document and document not in WHOLE and knowledge.contents.sections(document):
                    by_page = reading.citation_format is annotation.CitationFormat.TYPED and document.startswith(
                        "ACOEM"
                    )
                    if not citation.sections and not by_page:
                        yield Finding(citation.name.span, "no section is named")
