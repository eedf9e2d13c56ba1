import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Pattern, Reading, Rule, model, quote

NOT_PRESCRIBERS = Pattern(
    r"\b(?:chiropract\w*|acupunctur\w*|psychologist|physical therap\w*|podiatr\w*)\b", re.IGNORECASE
)
PHYSICIANS = Pattern(r"\b(?:medicine|surgery|practice|anesthesiology|neurology|psychiatry|pain)\b", re.IGNORECASE)
BEYOND = frozenset({model.RequestKind.DRUG, model.RequestKind.COMPOUND, model.RequestKind.SURGERY})


class ReviewerScope(Rule):
    """The reviewer of a drug or a surgery is of a profession that neither prescribes nor operates.

    The reviewer must be knowledgeable in the treatment (Labor Code 139.5(d)(4)).

    ```diff
    -Certification(s)/Specialty: Physical Medicine & Rehabilitation, Pain Management
    +Certification(s)/Specialty: Chiropractor
    ```

    ```findings
    "Orphenadrine ER 100mg, one tablet twice daily as needed, #60" a drug in dispute, but the reviewer's specialty is "Chiropractor"
      "Chiropractor" the reviewer's specialty
    ```
    """

    code = "REV008"
    category = Category.SUSPECT
    importance = Importance.HIGH
    often_right = "some reviewers hold a second certification that the letter does not print"

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        specialties = letter.reviewer.specialties
        if not specialties or any(PHYSICIANS.search(each.value or "") for each in specialties):
            return
        if not NOT_PRESCRIBERS.search(specialties[0].value or ""):
            return
        for dispute in letter.disputes:
            kind = dispute.request.kind
            if kind in BEYOND:
                service = "a surgery" if kind is model.RequestKind.SURGERY else "a drug"
                yield Finding(
                    dispute.title.span,
                    f"{service} in dispute, but the reviewer's specialty is {quote(specialties[0].raw)}",
                    notes=(Note(specialties[0].span, "the reviewer's specialty"),),
                )
