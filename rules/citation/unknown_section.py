from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, knowledge, model


class UnknownSection(Rule):
    """The cited guideline has no section of this name.

    Either the section stands in another guideline, or its name was made up. The chronic pain
    guidelines of 2016 and the chapters of ACOEM hold more headings than are known here, so that a
    name that stands in no guideline is reported as a note; a name that belongs to another guideline
    is a warning.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004, Section(s):
    -Special Studies.
    +MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004, Section(s):
    +Muscle relaxants (for pain).
    ```

    ```findings
    "Muscle relaxants (for pain)" no section of this guideline, but of Chronic Pain Medical Treatment Guidelines 2009 and Chronic Pain Medical Treatment Guidelines 2016
      "Low Back Complaints" the guideline cited
    ```
    """

    code = "CIT007"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            for clause in dispute.clauses:
                for citation in clause.citations:
                    if citation.mtus and citation.document and knowledge.contents.sections(citation.document):
                        for section in citation.sections:
                            if section.value is None and not any(knowledge.drugs.find(section.raw)):
                                yield _unknown(section, citation)


def _unknown(section: model.Field[str], citation: model.Citation) -> Finding:
    note = Note(citation.name.span, "the guideline cited")
    if owners := knowledge.contents.owners(section.raw):
        named = "the chapters of ACOEM" if len(owners) > 2 else " and ".join(map(knowledge.guidelines.name, owners))
        return Finding(section.span, f"no section of this guideline, but of {named}", notes=(note,))
    return Finding(section.span, "no section of this guideline is known by this name", notes=(note,), minor=True)
