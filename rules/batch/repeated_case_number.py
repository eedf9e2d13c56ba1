import re
from collections.abc import Iterable, Iterator, Sequence

from imrlint.rulekit import BatchFinding, BatchRule, Category, Clue, Finding, Importance, Letter, Reading, hash_words

WORD = re.compile(r"\w+")
FORM = re.compile(r"(?:-reviewed)?\.\w{1,8}$")  # draft.docx, draft.pdf and draft-reviewed.docx are one letter


class RepeatedCaseNumber(BatchRule):
    """Two different letters have the same case number.

    A case has one determination: one of the two letters will be filed with the wrong worker. Two copies
    of one letter (in another folder, or as a PDF) are not reported.

    ```diff
    -She takes naproxen.
    +She takes ibuprofen.
    ```

    ```findings
    "CM17-9900001" the same case number as in another letter
    ```
    """

    code = "BAT001"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def gather(self, letter: Letter, reading: Reading) -> Iterator[Clue]:
        case = letter.header.case_number
        if case is not None and case.value:
            # A Word draft and the PDF printed from it differ in line breaks and in the order of table cells.
            words = " ".join(sorted(WORD.findall(letter.source.text)))
            file = hash_words(FORM.sub("", letter.source.name))
            yield Clue(hash_words(case.value), case.span, file, hash_words(words))

    def compare(self, shared: Iterable[Sequence[Clue]], _letters: int, /) -> Iterator[BatchFinding]:
        for first, *others in shared:
            for clue in others:
                if clue.mark != first.mark and clue.weight != first.weight:
                    finding = Finding(clue.span, "the same case number as in another letter")
                    yield BatchFinding(clue.letter, first.letter, finding)
