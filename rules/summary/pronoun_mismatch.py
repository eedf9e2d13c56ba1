from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule


class PronounMismatch(Rule):
    """A "he" in a letter about a woman, or the reverse.

    The passage may come from another worker's letter, and the reader cannot know what else of it does.
    Providers, spouses and authors who are named in the sentence, or in the one before it, may be meant
    and are left alone. Where the stated sex itself changes within the letter, that is reported.

    ```diff
    -great toe and loss of sensation over the left foot, which point to the fifth lumbar root, and six
    -visits of therapy brought little relief.
    +great toe and loss of sensation over the left foot, which point to the fifth lumbar root. He had six
    +visits of therapy with little relief.
    ```

    ```findings
    "He" the worker is female
      "female" stated here
    ```
    """

    code = "SUM002"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        told = persons.stated(letter)
        if not told:
            return
        first = told[0]
        note = Note(first.prose.place(first.start, first.end), "stated here")
        for other in told[1:]:
            if other.sex is not first.sex:
                yield Finding(
                    other.prose.place(other.start, other.end),
                    f"the worker is {first.sex.value} elsewhere",
                    notes=(note,),
                )
        if any(other.sex is not first.sex for other in told):
            return
        used = persons.pronouns(letter)
        wrong = [each for each in used if each.sex is not first.sex and persons.of_worker(each)]
        if len(wrong) > 3 and len(wrong) == len(used):
            note = Note(wrong[0].prose.place(wrong[0].start, wrong[0].end), "so throughout")
            yield Finding(
                first.prose.place(first.start, first.end), "every pronoun of the letter says otherwise", notes=(note,)
            )
            return
        for each in wrong:
            yield Finding(each.prose.place(each.start, each.end), f"the worker is {first.sex.value}", notes=(note,))
