from collections.abc import Iterable, Iterator, Sequence

from imrlint.rulekit import (
    BatchFinding,
    BatchRule,
    Category,
    Clue,
    Finding,
    Importance,
    Letter,
    Reading,
    hash_words,
    model,
)


class OppositeDecisions(BatchRule):
    """The denial of the same item for the same worker is upheld in one letter and overturned in another.

    Workers are recognized by the date of injury and the sex, items by the words of their titles. Two
    reviewers may rightly decide two requests differently, but the reader should know that they did.

    ```diff
    -Case Number:          CM17-9900001
    +Case Number:          CM17-9900002

    -MRI of the lumbar spine without contrast: Overturned
    +MRI of the lumbar spine without contrast: Upheld
    ```

    ```findings
    "Upheld" the denial of the same item is upheld here and overturned in another letter
    ```
    """

    code = "BAT003"
    category = Category.SUSPECT
    importance = Importance.HIGH
    often_right = "a second request may rightly be decided otherwise"

    def gather(self, letter: Letter, reading: Reading) -> Iterator[Clue]:
        injury = letter.header.injury
        sex = reading.stated_sex[0].sex if reading.stated_sex else None
        if injury is None or injury.value is None or sex is None:
            return
        for dispute in letter.disputes:
            if dispute.decision is None or dispute.decision.value is None:
                continue
            title = " ".join((dispute.title.value or "").casefold().split())
            key = hash_words(f"{injury.value} {sex.value} {title}")
            yield Clue(key, dispute.decision.span, mark=int(dispute.decision.value is model.Decision.UPHELD))

    def compare(self, shared: Iterable[Sequence[Clue]], _letters: int, /) -> Iterator[BatchFinding]:
        for first, *others in shared:
            for clue in others:
                if clue.letter != first.letter and clue.mark != first.mark:
                    here, there = ("upheld", "overturned") if clue.mark else ("overturned", "upheld")
                    message = f"the denial of the same item is {here} here and {there} in another letter"
                    yield BatchFinding(clue.letter, first.letter, Finding(clue.span, message))
