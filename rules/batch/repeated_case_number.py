import re
from collections.abc import Iterable, Iterator, Sequence

from imrlint.rulekit import BatchRule, Category, Clue, Finding, Importance, Letter, Reading, hash_words

WORD = re.compile(r"\w+")
FORM = re.compile(r"(?:-reviewed)?\.\w{1,8}$")  # draft.docx, draft.pdf and draft-reviewed.docx are one letter


class RepeatedCaseNumber(BatchRule):
    """One case number stands on two different letters.

    A case has one determination. Two letters under one number mean that one of them will be filed with
    the wrong worker. The same letter twice (a copy in another folder, a PDF beside it) is no error.

    ```diff
    -She takes naproxen.
    +She takes ibuprofen.
    ```

    ```findings
    "CM17-9900001" the case number of another letter, too
    ```
    """

    code = "BAT001"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def gather(self, letter: Letter, reading: Reading) -> Iterator[Clue]:
        case = letter.header.case_number
        if case is not None and case.value:
            # A Word draft and the PDF printed from it part words and order cells in ways of their own.
            words = " ".join(sorted(WORD.findall(letter.source.text)))
            file = hash_words(FORM.sub("", letter.source.name))
            yield Clue(hash_words(case.value), case.span, file, hash_words(words))

    def compare(self, shared: Iterable[Sequence[Clue]], _letters: int, /) -> Iterator[tuple[int, int, Finding]]:
        for first, *others in shared:
            for clue in others:
                if clue.mark != first.mark and clue.weight != first.weight:
                    yield clue.letter, first.letter, Finding(clue.span, "the case number of another letter, too")
