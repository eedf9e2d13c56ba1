from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Item, Letter, Note, Reading, Rule, annotation, model

# Kinds whose titles name what is asked for exactly enough to hold a rationale against them.
NAMED = (
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
    """The rationale argues about another treatment than the disputed one.

    A rationale for physical therapy under a request for acupuncture, or "the ultrasound in question"
    where nerves are to be tested, was pasted from elsewhere: nothing was decided about the item. What
    was tried, what guidelines mention and what is planned later is no error.

    ```diff
    -would achieve what those did not. Therefore, the request for physical therapy for the right
    -shoulder is not medically necessary.
    +would achieve what those did not. Therefore, the request for acupuncture for the right
    +shoulder is not medically necessary.
    ```

    ```findings
    "acupuncture" another treatment than the disputed one
      "Physical therapy for the right shoulder, two times a week for six weeks (12 visits)" the disputed item
    ```
    """

    code = "RAT003"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            own = asked.of(dispute)
            if dispute.rationale is None or own.kind not in NAMED or not _exact(own):
                continue
            for reference in references.of(dispute.rationale):
                if (place := _foreign(reference, own)) and not asked.names_another(
                    dispute.rationale, reference.place, dispute, letter
                ):
                    note = Note(dispute.title.span, "the disputed item")
                    yield Finding(
                        dispute.rationale.place(*place), "another treatment than the disputed one", notes=(note,)
                    )


def _exact(own: Item) -> bool:
    return own.kind in asked.DRUGS or (all(treatment.name for treatment in own.treatments[:1]) and bool(own.treatments))


def _foreign(reference: annotation.Reference, own: Item) -> tuple[int, int] | None:
    prose = reference.sentence.prose
    here = [term for term in mentions.of_treatments(prose) if reference.start <= term.start < reference.end]
    named = [term for term in mentions.of_drugs(prose) if reference.start <= term.start < reference.end]
    if own.kind in asked.DRUGS:
        return (here[0].start, here[0].end) if here and not named else None
    if (
        not here
        or any(own.has_treatment(term.meaning) for term in here)
        or any(own.has_drug(term.meaning) for term in named)
    ):
        return None
    return here[0].start, here[0].end
