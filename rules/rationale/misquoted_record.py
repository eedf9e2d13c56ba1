import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
    Letter,
    Note,
    Passage,
    Place,
    Reading,
    Rule,
    annotation,
    knowledge,
    quote,
)

GUIDELINE = re.compile(
    rf"\b(?:{knowledge.wordings.any_of('guideline', 'authority')}|criteria|recommend\w*)\b", re.IGNORECASE
)
SENTENCE = re.compile(r"(?<=[.;]) ")
FEWEST = 4  # words; shorter ones are terms in quotation marks, not quotations
LEAST_SCORE = 75  # of 100; below it, the words come from a record that the summary does not quote


class MisquotedRecord(Rule):
    """A quotation from the records differs in a few words from the same sentence in the summary.

    Quotation marks promise the exact words. Where the summary has the sentence in other words, one of
    the two was changed in copying.

    ```diff
    -visits of therapy brought little relief. Therefore
    +visits of therapy brought little relief. The records state that "she described aching in the left
    +shoulder and low back pain that spreads to the left calf." Therefore
    ```

    ```findings
    "left" the quotation differs from the summary: "left" here, "right" in the summary
      "she described aching in the right shoulder and low back pain that spreads to the left calf." the sentence in the summary
    ```
    """

    code = "RAT013"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        summary = reading.summary
        if summary is None:
            return
        for item in reading.items:
            for sentence in _quoted_sentences(item.rationale) if item.rationale else ():
                yield from _compare(sentence, summary)


def _quoted_sentences(rationale: Passage) -> Iterator[Place]:
    """Each sentence in quotation marks that is not quoted from a guideline."""
    for quotation in rationale.quotations:
        lead = rationale.text[max(quotation.start - 160, 0) : quotation.start]
        lead = lead[max(lead.rfind(". "), 0) :]
        if GUIDELINE.search(lead):
            continue
        at = 1
        for sentence in SENTENCE.split(quotation.text[1:-1]):
            if len(sentence.split()) >= FEWEST:
                yield quotation.part(at, at + len(sentence))
            at += len(sentence) + 1


def _compare(quoted: Place, summary: Passage) -> Iterator[Finding]:
    """A finding where the summary has the same words but for a few."""
    words = quoted.text.rstrip(" .,;")
    nearest = summary.find_nearest(words)
    if nearest is None or not LEAST_SCORE <= nearest.score < 100:
        return
    if difference := annotation.find_difference(words, nearest.place.text):
        here = quoted.part(*difference)
        opposite = annotation.find_difference(nearest.place.text, words)
        there = nearest.place.part(*opposite) if opposite else nearest.place
        message = f"the quotation differs from the summary: {quote(here.text)} here, {quote(there.text)} in the summary"
        yield Finding(here.span, message, notes=(Note(nearest.place.span, "the sentence in the summary"),))
