import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
    Letter,
    Note,
    Pattern,
    Reading,
    Rule,
    annotation,
    knowledge,
    model,
    quote,
)

CHRONIC = 90  # days: the guideline calls pain acute up to one month and chronic from three months on
ARGUED = Pattern(
    r"\b(?:maintenance phase|maintenance therapy|chronic opioid (?:treatment|therapy|use)|long[- ]term (?:use|opioid))",
    re.IGNORECASE,
)
# The paragraph that ends every rationale on opioids mentions long use, whatever the case.
WARNING = Pattern(r"abruptly|weaning|Tapering opioids", re.IGNORECASE)
NEW = Pattern(
    rf"\b{knowledge.wordings.any_of('record')} (?:do|does|did) not (?:document|show|indicate|reflect|demonstrate) "
    r"(?:any )?"
    rf"{knowledge.wordings.any_of('earlier')} use\b[^.,;]{{0,30}}|\bno (?:documented |record of |evidence of "
    r"|documentation of )?"
    rf"{knowledge.wordings.any_of('earlier')} use of\b[^.,;]{{0,30}}",
    re.IGNORECASE,
)


class WrongTreatmentPhase(Rule):
    """A drug is judged by the section on long-term treatment when there has been none.

    The opioid guidelines of 2016 treat pain as acute in the first month and as subacute up to the third;
    chronic treatment and its maintenance come only then. Six weeks after the injury, or when the records
    show no earlier use of the drug, there is nothing to maintain.

    ```diff
    -Orphenadrine ER 100mg, one tablet twice daily as needed, #60: Upheld
    +Tramadol 50mg, one tablet twice daily as needed, #60: Upheld
    -MAXIMUS guideline: Decision based on MTUS Chronic Pain Medical Treatment 2016,
    -Section(s): Muscle relaxants (for pain), Opioid hyperalgesia.
    +MAXIMUS guideline: Decision based on MTUS Opioid Treatment 2016, Section(s): 3.3.9 Maintenance of Chronic Opioid
    +Treatment.
    -A supply of sixty tablets goes well beyond such a course, and the
    -records describe no spasm that it would treat.
    +The records do not show any previous use of it.
    ```

    ```findings
    "3.3.9 Maintenance of Chronic Opioid Treatment" "3.3.9 Maintenance of Chronic Opioid Treatment" is on long-term treatment, but "records do not show any previous use of it"
      "records do not show any previous use of it" no earlier use
    ```
    """

    code = "CIT019"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for cited in reading.citations:
            if cited.is_reviewers and cited.dispute.request.kind is model.RequestKind.DRUG:
                subjects = frozenset[str]().union(*(section.subjects for section in cited.sections))
                if "opioid maintenance" in subjects and "opioid for recent pain" not in subjects:
                    yield from _find_too_early(letter, cited)


def _find_too_early(letter: Letter, cited: annotation.Cited) -> Iterator[Finding]:
    """The section on maintenance, where there has been no earlier use or the injury is recent."""
    document = str(cited.citation.document)
    section = next(
        field
        for field in cited.citation.sections
        if field.value
        and (known := knowledge.contents.find_section(document, field.value))
        and "opioid maintenance" in known.subjects
    )
    cited_section = quote(section.raw)
    rationale, injury = cited.dispute.rationale, letter.header.injury
    if rationale and (new := next(rationale.find(NEW), None)):
        message = f"{cited_section} is on long-term treatment, but {quote(new.text)}"
        notes = [Note(new.span, "no earlier use")]
    elif injury and (days := _count_days(letter)) is not None and days < CHRONIC:
        message = f"{cited_section} is on long-term treatment, only {quote(str(days))} days after the injury on {quote(injury.raw)}"
        notes = [Note(injury.span, "the date of injury")]
    else:
        return
    warning = WARNING.search(rationale.text) if rationale else None
    argued = next(rationale.find(ARGUED), None) if rationale else None
    if argued and not (warning and warning.start() < argued.place.start):
        notes.append(Note(argued.span, "the rationale argues from long-term treatment, too"))
    yield Finding(section.span, message, notes=tuple(notes))


def _count_days(letter: Letter) -> int | None:
    """Days from the injury to the review that denied the request."""
    injury, denied = letter.header.injury, letter.header.denied
    if injury and injury.value and denied and denied.value:
        return (denied.value - injury.value).days
    return None
