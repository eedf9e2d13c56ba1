from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
    Letter,
    Note,
    Reading,
    Rule,
    Span,
    annotation,
    knowledge,
    model,
)


class OffTopicGuideline(Rule):
    """A cited guideline or section cannot be about the disputed item.

    The acupuncture guideline decides nothing about an epidural injection, nor a section on a test
    about a treatment. Such a citation comes from the item above or below, and the decision rests on
    nothing then. It is a note where the same side cites a right one, too. Sections that serve everything, and what guidelines treat along with something
    else (a stomach protectant under the anti-inflammatory drugs), are no error.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Chronic Pain Medical Treatment 2016,
    -Section(s): Muscle relaxants (for pain), Opioid hyperalgesia.
    +MAXIMUS guideline: Decision was based on MTUS Acupuncture Treatment 2007.
    ```

    ```findings
    "Acupuncture Treatment" a guideline that is not about this item
      "Orphenadrine ER 100mg, one tablet twice daily as needed, #60" the disputed item
    ```
    """

    code = "CIT002"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            asked = annotation.subjects_of(dispute.request)
            if not asked:
                continue
            note = Note(dispute.request.disputed.span, "the disputed item")
            for clause in dispute.clauses:
                cited = [(citation, _off_topic(citation, asked)) for citation in clause.citations if citation.mtus]
                served = any(annotation.serves(citation, dispute) for citation, found in cited if not found)
                for _, found in cited:
                    if found:
                        yield Finding(*found, notes=(note,), minor=served)


def _off_topic(citation: model.Citation, asked: frozenset[str]) -> tuple[Span, str] | None:
    if citation.document is None:
        return None
    if not annotation.can_be_about(knowledge.guidelines.documents()[citation.document].subjects, asked):
        return citation.name.span, "a guideline that is not about this item"
    sections = annotation.sections_of(citation)
    known = len(sections) == len(citation.sections)
    if not sections or not known or any(annotation.can_be_about(section.subjects, asked) for section in sections):
        return None
    first, last = citation.sections[0].span, citation.sections[-1].span
    many = "sections that are" if len(sections) > 1 else "a section that is"
    return Span(first.start, last.end), f"{many} not about this item"
