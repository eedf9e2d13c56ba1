from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Dispute,
    Feature,
    Finding,
    Importance,
    Letter,
    Note,
    Reading,
    Rule,
    Span,
    annotation,
    knowledge,
    quote,
)


class OffTopicGuideline(Rule):
    """A cited guideline or section cannot be about the disputed item.

    The acupuncture guideline does not cover an epidural injection, nor does a section on a test cover a
    treatment. Such a citation usually belongs to the item above or below, and leaves the decision without
    a basis. A whole guideline on another treatment is an error; a section is a warning, since a section may
    touch on more than its name says; either is a note where the same side also cites a right one. Sections
    that are about everything, and what guidelines treat along with something else (a stomach protectant
    under the anti-inflammatory drugs), are not reported.

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
            for clause in dispute.clauses if requested else ():
                cited = [each for each in reading.citations if each.clause is clause and each.citation.mtus]
                off_topic = [(each, span) for each in cited if (span := _find_off_topic(each, requested))]
                if off_topic:
                    yield _report(off_topic, cited, dispute, letter)


def _report(
    off_topic: list[tuple[annotation.Cited, Span]], cited: list[annotation.Cited], dispute: Dispute, letter: Letter
) -> Finding:
    """One finding for all that a clause cites off topic."""
    wrong = [each for each, _ in off_topic]
    evidence = [] if any(_is_closed(each.document) for each in wrong) else [Feature.ARGUABLE]
    if any(annotation.serves(each.citation, dispute) for each in cited if each not in wrong):
        evidence.append(Feature.ANOTHER_FITS)
    (_, span), *others = off_topic
    item = dispute.request.disputed
    notes = (Note(item.span, "the disputed item"), *(Note(other, "off topic, too") for _, other in others))
    message = f"{quote(letter.source[span])} cannot be about {quote(item.text)}"
    return Finding(span, message, notes=notes, evidence=tuple(evidence))


def _is_closed(document: knowledge.guidelines.Document | None) -> bool:
    """Whether a document is about its own subjects only, with no section on everything."""
    if document is None or not document.subjects:
        return False
    return not any("any" in section.subjects for section in knowledge.contents.sections(document.key))


def _find_off_topic(cited: annotation.Cited, requested: frozenset[str]) -> Span | None:
    """The guideline, or else its sections, where what is cited can be about none of the subjects requested."""
    citation, named = cited.citation, cited.sections
    if cited.document is None or any("any" in section.subjects for section in named):
        return None
    if not annotation.can_be_about(cited.document.subjects, requested):
        return citation.name.span
    if not named or len(named) < len(citation.sections):
        return None
    if any(annotation.can_be_about(section.subjects, requested) for section in named):
        return None
    return Span(citation.sections[0].span.start, citation.sections[-1].span.end)
