from collections.abc import Iterator

from imrlint.rulekit import Category, Feature, Finding, Importance, Letter, Note, Reading, Rule, Span, annotation, quote


class OffTopicGuideline(Rule):
    """A cited guideline or section cannot be about the disputed item.

    The acupuncture guideline does not cover an epidural injection, nor does a section on a test cover a
    treatment. Such a citation usually belongs to the item above or below, and leaves the decision without
    a basis. It is a note where the same side also cites a right one. Sections that are about everything,
    and what guidelines treat along with something else (a stomach protectant under the anti-inflammatory
    drugs), are no error.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Chronic Pain Medical Treatment 2016,
    -Section(s): Muscle relaxants (for pain), Opioid hyperalgesia.
    +MAXIMUS guideline: Decision was based on MTUS Acupuncture Treatment 2007.
    ```

    ```findings
    "Acupuncture Treatment" "Acupuncture Treatment" cannot be about "Orphenadrine ER 100mg, one tablet twice daily as needed, #60"
      "Orphenadrine ER 100mg, one tablet twice daily as needed, #60" the disputed item
    ```
    """

    code = "CIT002"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            requested = annotation.subjects_of(dispute.request)
            if not requested:
                continue
            item = dispute.request.disputed
            note = Note(item.span, "the disputed item")
            for clause in dispute.clauses:
                cited = [each for each in reading.citations if each.clause is clause and each.citation.mtus]
                off_topic = {each: span for each in cited if (span := _find_off_topic(each, requested))}
                served = (
                    (Feature.ANOTHER_FITS,)
                    if any(annotation.serves(each.citation, dispute) for each in cited if each not in off_topic)
                    else ()
                )
                for span in off_topic.values():
                    message = f"{quote(letter.source[span])} cannot be about {quote(item.text)}"
                    yield Finding(span, message, notes=(note,), evidence=served)


def _find_off_topic(cited: annotation.Cited, requested: frozenset[str]) -> Span | None:
    """The guideline, or else its sections, where what is cited can be about none of the subjects requested."""
    citation = cited.citation
    if cited.document is None:
        return None
    if not annotation.can_be_about(cited.document.subjects, requested):
        return citation.name.span
    known = bool(cited.sections) and len(cited.sections) == len(citation.sections)
    if not known or any(annotation.can_be_about(section.subjects, requested) for section in cited.sections):
        return None
    return Span(citation.sections[0].span.start, citation.sections[-1].span.end)
