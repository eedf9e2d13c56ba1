from collections.abc import Iterable, Iterator, Sequence

from imrlint.rulekit import BatchRule, Category, Clue, Decision, Finding, Letter, fingerprint, persons


class OppositeDecisions(BatchRule):
    """The same item of the same worker is upheld in one letter and overturned in another.

    A worker is known again by the date of injury and the sex, an item by the words of its title. Two
    reviewers may rightly decide two requests differently; a reader should know that they did.

    ```diff
    -Case Number:          CM17-9900001
    +Case Number:          CM17-9900002

    -MRI of the lumbar spine without contrast: Overturned
    +MRI of the lumbar spine without contrast: Upheld
    ```

    ```findings
    "Upheld" the same item was decided otherwise in another letter
    ```
    """

    code = "BAT003"
    category = Category.SUSPECT
    often_right = "a second request may rightly be decided otherwise"

    def gather(self, letter: Letter) -> Iterator[Clue]:
        injury = letter.header.injury
        sex = persons.stated(letter)
        for dispute in letter.disputes:
            if (
                injury is None
                or injury.value is None
                or not sex
                or dispute.decision is None
                or dispute.decision.value is None
            ):
                continue
            title = " ".join((dispute.title.value or "").casefold().split())
            key = fingerprint.hash_words(f"{injury.value} {sex[0].sex.value} {title}")
            yield Clue(key, dispute.decision.span, mark=int(dispute.decision.value is Decision.UPHELD))

    def compare(self, shared: Iterable[Sequence[Clue]], _letters: int, /) -> Iterator[tuple[int, int, Finding]]:
        for first, *others in shared:
            for clue in others:
                if clue.letter != first.letter and clue.mark != first.mark:
                    yield (
                        clue.letter,
                        first.letter,
                        Finding(clue.span, "the same item was decided otherwise in another letter"),
                    )
