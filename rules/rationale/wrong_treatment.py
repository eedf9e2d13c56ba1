import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Passage,
    Place,
    Reading,
    Rule,
    annotation,
    knowledge,
    model,
    quote,
)

STEM = 5  # letters that two forms of a word have in common
WORD = re.compile(r"[a-z]{3,}")
COMMON = frozenset(("the", "and", "for", "with", "from", "reque", "servi"))  # beginnings of words that name nothing
Named = annotation.Mention[knowledge.treatments.Treatment]
# Kinds whose titles name what is requested exactly enough to compare a rationale with them.
EXACT_KINDS = (
    model.RequestKind.THERAPY,
    model.RequestKind.ACUPUNCTURE,
    model.RequestKind.CHIROPRACTIC,
    model.RequestKind.IMAGING,
    model.RequestKind.ELECTRODIAGNOSTIC,
    model.RequestKind.INJECTION,
    model.RequestKind.SURGERY,
    model.RequestKind.DEVICE,
    model.RequestKind.LABORATORY,
    model.RequestKind.DRUG,
    model.RequestKind.COMPOUND,
)


class WrongTreatment(Rule):
    """The rationale argues about a treatment that is not in dispute.

    A rationale on physical therapy for a request for acupuncture, or "the ultrasound in question" for a
    nerve test, was pasted from elsewhere and decides nothing about the item. It is an error where the
    conclusion names the other treatment, elsewhere a warning. Where the title names no treatment that is known, only a conclusion that
    has no word in common with it is reported. Treatments that were tried, are planned, or
    are mentioned by guidelines are not reported; one that the summary reports, beside the disputed one, is a note.

    ```diff
    -would achieve what those did not. Therefore, the request for physical therapy for the right
    -shoulder is not medically necessary.
    +would achieve what those did not. Therefore, the request for acupuncture for the right
    +shoulder is not medically necessary.
    ```

    ```findings
    "acupuncture" not the disputed treatment: "acupuncture" here, "Physical therapy for the right shoulder, two times a week …" in dispute
      "Physical therapy for the right shoulder, two times a week for six weeks (12 visits)" the disputed item
    ```
    """

    code = "RAT003"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            if item.rationale is None:
                continue
            is_exact = item.kind in EXACT_KINDS and _is_exact(item)
            for reference in item.rationale.references:
                if not is_exact and not (reference.is_subject and _is_foreign(reference.place, item)):
                    continue
                other = _find_other_treatment(reference, item, item.rationale)
                if other and not reading.find_other_item(reference.place, item):
                    values = f"{quote(other.place.text)} here, {quote(item.title.text)} in dispute"
                    note = Note(item.dispute.title.span, "the disputed item")
                    doubts = () if reference.is_subject else _list_doubts(item, other, item.rationale, reading.summary)
                    message = f"not the disputed treatment: {values}"
                    yield Finding(other.place.span, message, notes=(note,), evidence=doubts)


def _list_doubts(item: Item, other: Named, rationale: Passage, summary: Passage | None) -> tuple[Feature, ...]:
    """What speaks against a reference that is not the subject of the conclusion.

    A rationale that names the disputed treatment, too, may compare it with one that the summary reports.
    """
    named = any(item.has_treatment(each.meaning) for each in rationale.treatments)
    reported = summary is not None and any(each.meaning == other.meaning for each in summary.treatments)
    return (Feature.ARGUABLE, Feature.ANOTHER_FITS) if named and reported else (Feature.ARGUABLE,)


def _is_exact(item: Item) -> bool:
    """Whether the title names a drug, or a treatment that has a name of its own."""
    return item.is_drug or any(treatment.name for treatment in item.treatments[:1])


def _is_foreign(subject: Place, item: Item) -> bool:
    """Whether the subject of a conclusion has no word in common with a title."""
    named, titled = ({word[:STEM] for word in WORD.findall(each.lower)} for each in (subject, item.title))
    return bool(named) and not ((named & titled) - COMMON)


def _find_other_treatment(reference: annotation.Reference, item: Item, rationale: Passage) -> Named | None:
    """The treatment that a reference names instead of the disputed one."""
    treatments = [each for each in rationale.treatments if reference.place.holds(each.place.start)]
    drugs = [each for each in rationale.drugs if reference.place.holds(each.place.start)]
    if not treatments:
        return None
    if item.is_drug:
        return None if drugs else treatments[0]
    if any(item.has_treatment(each.meaning) for each in treatments) or any(
        item.has_drug(each.meaning) for each in drugs
    ):
        return None
    surgery = model.RequestKind.SURGERY
    if not reference.is_subject and item.kind is not surgery and treatments[0].meaning.kind is surgery:
        return None  # an item may go with an operation, which is decided elsewhere
    return treatments[0]
