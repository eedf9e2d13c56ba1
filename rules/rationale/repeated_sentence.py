import re
from collections.abc import Iterator
from itertools import pairwise

from imrlint.rulekit import (
    Category,
    Edit,
    Finding,
    Fix,
    Importance,
    Letter,
    Note,
    Passage,
    Place,
    Reading,
    Rule,
    Safety,
)

SHORTEST = 5  # words; "Medical necessity is not met." may well be said twice
CONCLUDING = re.compile(r"(?:Therefore|Thus|Hence|As such|Consequently|Accordingly|In conclusion),")
WORD = re.compile(r"\w+")


class RepeatedSentence(Rule):
    """The same sentence twice in one rationale, or two sentences running that conclude alike.

    A passage was pasted twice, or a sentence was rewritten and its first version left standing. A
    summary may say the same of several parts of the body, and is not judged.

    ```diff
    -The worker has had six visits with little relief, and no record says why twelve more
    +A few visits of therapy are supported by the MTUS to teach exercises, then done at home.
    +The worker has had six visits with little relief, and no record says why twelve more
    ```

    ```findings
    "A few visits of therapy are supported by the MTUS to teach exercises, then done at home." the same sentence twice
      "A few visits of therapy are supported by the MTUS to teach exercises, then done at home." the same before
      fix (suggested): leave it once
    ```
    """

    code = "RAT002"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            if item.rationale:
                yield from _repeated_sentences(item.rationale)
                yield from _repeated_conclusions(item.rationale)


def _repeated_sentences(rationale: Passage) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], Place] = {}
    for sentence in rationale.prose.sentences:
        words = tuple(WORD.findall(sentence.text.casefold()))
        if len(words) < SHORTEST:
            continue
        if words in seen:
            fix = Fix("leave it once", (Edit(sentence.span, ""),), Safety.SUGGESTED)
            note = Note(seen[words].span, "the same before")
            yield Finding(sentence.span, "the same sentence twice", notes=(note,), fix=fix)
        seen.setdefault(words, sentence)


def _repeated_conclusions(rationale: Passage) -> Iterator[Finding]:
    for before, sentence in pairwise(rationale.prose.sentences):
        first, second = CONCLUDING.match(before.text), CONCLUDING.match(sentence.text)
        if first and second and first.group() == second.group():
            note = Note(before.part(*first.span()).span, "the conclusion before it")
            yield Finding(
                sentence.part(*second.span()).span, "a second conclusion right behind the first", notes=(note,)
            )
