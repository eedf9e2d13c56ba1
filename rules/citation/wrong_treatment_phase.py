import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Dispute, Finding, Importance, Letter, Note, Reading, Rule, annotation, model

CHRONIC = 90  # days: the guideline speaks of acute pain up to one month, of chronic pain from three months on
ARGUED = re.compile(
    r"\b(?:maintenance phase|maintenance therapy|chronic opioid (?:treatment|therapy|use)|long[- ]term (?:use|opioid))",
    re.IGNORECASE,
)
# The paragraph that closes every rationale on opioids speaks of long use whatever the case.
WARNING = re.compile(r"abruptly|weaning|Tapering opioids", re.IGNORECASE)
NEW = re.compile(
    r"\b(?:records?|documentation|notes?|file) (?:do|does|did) not (?:document|show|indicate|reflect|demonstrate) (?:any )?"
    r"(?:previous|prior|past|earlier) use\b[^.,;]{0,30}|\bno (?:documented |record of |evidence of |documentation of )?"
    r"(?:previous|prior) use of\b[^.,;]{0,30}",
    re.IGNORECASE,
)


class WrongTreatmentPhase(Rule):
    """A drug is judged by the section on long-term treatment when there has been none.

    The opioid guidelines of 2016 speak of acute pain in the first month, of subacute pain up to the
    third, and only then of chronic treatment and its maintenance. An injury of six weeks, or a drug
    that the records show no use of, cannot be in its maintenance.

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
    "3.3.9 Maintenance of Chronic Opioid Treatment" a section on long-term treatment, of which there has been none
      "records do not show any previous use of it" there is no earlier use
    ```
    """

    code = "CIT019"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            if dispute.reviewer and dispute.request.kind is model.RequestKind.DRUG:
                for citation in dispute.reviewer.citations:
                    subjects = frozenset[str]().union(*(s.subjects for s in annotation.sections_of(citation)))
                    if "opioid maintenance" in subjects and "opioid for recent pain" not in subjects:
                        yield from _too_early(letter, dispute, citation)


def _too_early(letter: Letter, dispute: Dispute, citation: model.Citation) -> Iterator[Finding]:
    place = next(
        field.span
        for field, section in zip(citation.sections, annotation.sections_of(citation), strict=False)
        if "opioid maintenance" in section.subjects
    )
    notes = []
    rationale = dispute.rationale
    if rationale and (new := next(rationale.find(NEW), None)):
        notes.append(Note(new.span, "there is no earlier use"))
        said = "a section on long-term treatment, of which there has been none"
    else:
        days = _days(letter)
        if days is None or days >= CHRONIC:
            return
        said = f"a section on long-term treatment, {days} days after the injury"
        injury = letter.header.injury
        assert injury is not None
        notes.append(Note(injury.span, "the date of injury"))
    warned = WARNING.search(rationale.text) if rationale else None
    argued = next(rationale.find(ARGUED), None) if rationale else None
    if argued and not (warned and warned.start() < argued.match.start()):
        notes.append(Note(argued.span, "argued so here"))
    yield Finding(place, said, notes=tuple(notes))


def _days(letter: Letter) -> int | None:
    """Days from the injury to the review that denied the request."""
    injury, denied = letter.header.injury, letter.header.denied
    if injury and injury.value and denied and denied.value:
        return (denied.value - injury.value).days
    return None
