from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Place, Reading, Rule, annotation

FEW = 3  # pronouns; where all of more than these disagree, the stated sex is the slip


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
        stated = reading.stated_sex
        if not stated:
            return
        first = stated[0]
        note = Note(first.place.span, "stated here")
        others = [each for each in stated if each.sex is not first.sex]
        for other in others:
            yield Finding(other.place.span, f"the worker is {first.sex.value} elsewhere", notes=(note,))
        if others:
            return
        pronouns = [pronoun for passage in reading.written for pronoun in passage.pronouns]
        wrong = [each for each in pronouns if each.sex is not first.sex and _is_worker(each.place, reading)]
        if len(wrong) > FEW and len(wrong) == len(pronouns):
            note = Note(wrong[0].place.span, "so throughout")
            yield Finding(first.place.span, "every pronoun of the letter says otherwise", notes=(note,))
            return
        for pronoun in wrong:
            yield Finding(pronoun.place.span, f"the worker is {first.sex.value}", notes=(note,))


def _is_worker(pronoun: Place, reading: Reading) -> bool:
    quoted = reading.passage(pronoun.prose).is_quoted(pronoun.start)
    return not quoted and annotation.can_only_be_worker(pronoun)
