import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Prose, Reading, Rule

GUIDELINE = re.compile(
    r"\b(?:mtus|acoem|odg|guidelines?|cpmtg|medicare|fda|chapter|uptodate|criteria|recommend\w*)\b", re.IGNORECASE
)
SENTENCE = re.compile(r"(?<=[.;]) ")
FEWEST = 4  # words; shorter ones are terms in quotation marks, not quotations
ALIKE = 75  # of 100: below it the words are of a record that the summary does not quote


class MisquotedRecord(Rule):
    """Words in quotation marks, said to be the record's, differ from what the summary quotes.

    A quotation is a promise that these are the very words. Where the summary has the same sentence in
    other words, one of the two was changed on the way.

    ```diff
    -visits of therapy brought little relief. Therefore
    +visits of therapy brought little relief. The records state that "she described aching in the left
    +shoulder and low back pain that spreads to the left calf." Therefore
    ```

    ```findings
    "left" other words than the summary has
      "she described aching in the right shoulder and low back pain that spreads to the left calf." the summary has these words
    ```
    """

    code = "RAT013"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        summary = letter.summary
        if summary is None:
            return
        for dispute in letter.disputes:
            if dispute.rationale:
                for start, end in _quoted(dispute.rationale):
                    yield from _differs(dispute.rationale, start, end, summary)


def _quoted(rationale: Prose) -> Iterator[tuple[int, int]]:
    """Each sentence in quotation marks that is not a guideline's."""
    for start, end in quotes.of(rationale):
        lead = rationale.text[max(start - 160, 0) : start]
        lead = lead[max(lead.rfind(". "), 0) :]
        if GUIDELINE.search(lead):
            continue
        at = start + 1
        for part in SENTENCE.split(rationale.text[start + 1 : end - 1]):
            if len(part.split()) >= FEWEST:
                yield at, at + len(part)
            at += len(part) + 1


def _differs(rationale: Prose, start: int, end: int, summary: Prose) -> Iterator[Finding]:
    said = rationale.text[start:end].rstrip(" .,;")
    place = similarity.nearest(said, summary.text)
    if place is not None and ALIKE <= place.score < 100:
        difference = similarity.difference(said, summary.text[place.start : place.end])
        if difference:
            a, b = difference
            note = Note(summary.place(place.start, place.end), "the summary has these words")
            yield Finding(rationale.place(start + a, start + b), "other words than the summary has", notes=(note,))
