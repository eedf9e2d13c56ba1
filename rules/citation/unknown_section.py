from collections.abc import Iterator

from imrlint.rulekit import Category, Feature, Finding, Importance, Letter, Note, Reading, Rule, knowledge, model, quote


class UnknownSection(Rule):
    """The cited guideline has no section of this name.

    Either another guideline has the section, or the name is not that of a section. A section of another
    guideline is a warning. It is a note under a chapter of ACOEM, which may treat the same under a heading
    of its own, and a name that is in no guideline is a note, because the chronic pain guidelines of 2016 and
    the chapters of ACOEM have more headings than the tables of imrlint.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004, Section(s):
    -Special Studies.
    +MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004, Section(s):
    +Muscle relaxants (for pain).
    ```

    ```findings
    "Muscle relaxants (for pain)" "Muscle relaxants (for pain)" is not a section of "Low Back Complaints", but of Chronic Pain Medical Treatment Guidelines 2009 and Chronic Pain Medical Treatment Guidelines 2016
      "Low Back Complaints" the guideline cited
    ```
    """

    code = "CIT007"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for cited in reading.citations:
            citation = cited.citation
            if citation.mtus and citation.document and knowledge.contents.sections(citation.document):
                for section in citation.sections:
                    if section.value is None and not any(knowledge.drugs.find(section.raw)):
                        yield _report(section, citation.name, citation.document)


def _report(section: model.Field[str], guideline: model.Field[str], document: str) -> Finding:
    """An unknown section, with the guidelines that have one of this name."""
    note = Note(guideline.span, "the guideline cited")
    words, cited = quote(section.raw), quote(guideline.raw)
    if owners := knowledge.contents.list_documents_with(section.raw):
        named = "the chapters of ACOEM" if len(owners) > 2 else " and ".join(map(knowledge.guidelines.name_of, owners))
        evidence = (Feature.ARGUABLE,) if document.startswith("ACOEM") else ()
        message = f"{words} is not a section of {cited}, but of {named}"
        return Finding(section.span, message, notes=(note,), evidence=evidence)
    return Finding(
        section.span, f"{cited} has no section that is known as {words}", notes=(note,), evidence=(Feature.UNLISTED,)
    )
