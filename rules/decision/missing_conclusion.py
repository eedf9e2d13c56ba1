import re
from collections.abc import Iterable, Iterator

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Letter,
    Note,
    Passage,
    Reading,
    Rule,
    Trait,
    annotation,
    quote,
)

# Words with which a reviewer judges: any sentence that has one may be a conclusion.
JUDGING = re.compile(
    r"\b(?:should|must|can(?:not)?|could|would|may|might|ought|need(?:s|ed)?|I|my|we|our)\b|\b(?:reviewer|opinion)\b"
)
CONCLUDING = 2  # sentences at the end
ENDS = tuple('.?!)"”')


class MissingConclusion(Rule):
    """The rationale does not say whether the item is medically necessary.

    Medical necessity is the one question that the review answers (Labor Code 4610.6(c)); reasons
    without a conclusion leave the reader to guess. A conclusion by reference ("so is this request"), or
    in other words, is enough. Where the last sentences speak of medical necessity and leave it open, or judge in
    words that are not known ("the study should go ahead"), the finding is a note, elsewhere a warning.

    ```diff
    -Therefore, the request for physical therapy for the right
    -shoulder is not medically necessary.
    ```

    ```findings
    "The worker has had six visits with little relief, and no record says why twelve more would achieve what those did not." the rationale does not say whether "Physical therapy for the right shoulder, two times a week …" is medically necessary
      "Physical therapy for the right shoulder, two times a week for six weeks (12 visits)" the disputed item
    ```
    """

    code = "DEC002"
    category = Category.OMISSION
    importance = Importance.HIGH
    traits = frozenset({Trait.UNFINISHED})

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            rationale = item.rationale
            if rationale is None or not rationale.sentences or rationale.verdicts:
                continue
            if rationale.text.rstrip()[-1:] not in ENDS:
                continue  # a letter that breaks off, which another rule reports
            if _argues_at_end(rationale, reading.find_arguments(item)):
                continue  # a conclusion in other words: "the denial stands"
            message = f"the rationale does not say whether {quote(item.title.text)} is medically necessary"
            note = Note(item.dispute.title.span, "the disputed item")
            yield Finding(
                rationale.sentences[-1].place.span,
                message,
                notes=(note,),
                evidence=(Feature.OFTEN_RIGHT if _may_conclude(rationale) else Feature.ARGUABLE,),
            )


def _argues_at_end(rationale: Passage, arguments: Iterable[annotation.Argument]) -> bool:
    """Whether one of the last sentences argues for the request or against it."""
    begin = rationale.sentences[-CONCLUDING:][0].place.start
    return any(each.is_certain and each.place.start >= begin for each in arguments)


def _may_conclude(rationale: Passage) -> bool:
    """Whether the last sentences may be a conclusion in words that are not known."""
    last = rationale.sentences[-CONCLUDING:]
    return rationale.names_necessity() or any(JUDGING.search(sentence.text) for sentence in last)
