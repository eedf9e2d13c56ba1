from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Place, Reading, Rule, annotation, quote

FEW = 3  # pronouns; where all of more than these disagree, the stated sex is the slip


class PronounMismatch(Rule):
    """A pronoun or a stated sex disagrees with the sex of the worker.

    A "he" in a letter about a woman often comes with a passage from another worker's letter, and the
    reader cannot know what else of it does. Where a provider, a spouse or an author is mentioned in the
    sentence or the one before it, nothing is reported: the pronoun may be theirs.

    ```diff
    -great toe and loss of sensation over the left foot, which point to the fifth lumbar root, and six
    -visits of therapy brought little relief.
    +great toe and loss of sensation over the left foot, which point to the fifth lumbar root. He had six
    +visits of therapy with little relief.
    ```

    ```findings
    "He" "He" here, but the worker is "female"
      "female" the stated sex
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
        note = Note(first.place.span, "the stated sex")
        others = [each for each in stated if each.sex is not first.sex]
        for other in others:
            message = f"the worker is {quote(other.place.text)} here, {quote(first.place.text)} elsewhere"
            yield Finding(other.place.span, message, notes=(note,))
        if others:
            return
        pronouns = [pronoun for passage in reading.written for pronoun in passage.pronouns]
        wrong = [each for each in pronouns if each.sex is not first.sex and _is_worker(each.place, reading)]
        if len(wrong) > FEW and len(wrong) == len(pronouns):
            note = Note(wrong[0].place.span, "the first of the pronouns")
            message = f"{quote(first.place.text)} here, but every pronoun is {quote(wrong[0].sex.value)}"
            yield Finding(first.place.span, message, notes=(note,))
            return
        for pronoun in wrong:
            message = f"{quote(pronoun.place.text)} here, but the worker is {quote(first.sex.value)}"
            yield Finding(pronoun.place.span, message, notes=(note,))


def _is_worker(pronoun: Place, reading: Reading) -> bool:
    """Whether a pronoun can only be the worker, in words that are not quoted."""
    quoted = reading.passage(pronoun.prose).is_quoted(pronoun.start)
    return not quoted and annotation.can_only_be_worker(pronoun)
