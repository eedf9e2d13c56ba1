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
    quote,
)

SHORTEST = 5  # words; a shorter sentence may rightly come twice
CONCLUDING = re.compile(r"(?:Therefore|Thus|Hence|As such|Consequently|Accordingly|In conclusion),")
FEWEST, LAST = 4, 2  # sentences of a rationale that has two verdicts, and those at its end
# A whole sentence that decides: "The request is not medically necessary.", at the beginning of a rationale.
VERDICT = re.compile(r"The request(?:ed)?\b[^.;]*\bis (?P<verdict>(?:not )?medically necessary)[^.;,]{0,60}\.?$")
WORD = re.compile(r"\w+")


class RepeatedSentence(Rule):
    """A rationale has a sentence twice, the same verdict first and last, or two conclusions in a row.

    A passage was pasted twice, or a sentence was rewritten and its first version was not deleted. A
    summary may repeat a sentence for several parts of the body, so it is not checked.

    ```diff
    -The worker has had six visits with little relief, and no record says why twelve more
    +A few visits of therapy are supported by the MTUS to teach exercises, then done at home.
    +The worker has had six visits with little relief, and no record says why twelve more
    ```

    ```findings
    "A few visits of therapy are supported by the MTUS to teach exercises, then done at home." repeats an earlier sentence word for word
      "A few visits of therapy are supported by the MTUS to teach exercises, then done at home." the sentence for the first time
      fix (suggested): delete the repetition
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
                yield from _repeated_verdict(item.rationale)


def _repeated_sentences(rationale: Passage) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], Place] = {}
    for sentence in rationale.prose.sentences:
        words = tuple(WORD.findall(sentence.text.casefold()))
        if len(words) < SHORTEST:
            continue
        if words in seen:
            fix = Fix("delete the repetition", (Edit(sentence.span, ""),), Safety.SUGGESTED)
            note = Note(seen[words].span, "the sentence for the first time")
            yield Finding(sentence.span, "repeats an earlier sentence word for word", notes=(note,), fix=fix)
        seen.setdefault(words, sentence)


def _repeated_conclusions(rationale: Passage) -> Iterator[Finding]:
    for before, sentence in pairwise(rationale.prose.sentences):
        first, second = CONCLUDING.match(before.text), CONCLUDING.match(sentence.text)
        if first and second and first.group() == second.group():
            message = f"two sentences in a row begin with {quote(second.group())}"
            note = Note(before.part(*first.span()).span, "the sentence before it")
            yield Finding(sentence.part(*second.span()).span, message, notes=(note,))


def _repeated_verdict(rationale: Passage) -> Iterator[Finding]:
    """The verdict that a rationale begins with, where its last sentences have the same one."""
    sentences, last = rationale.sentences, rationale.conclusion
    if len(sentences) < FEWEST or last is None or last.place.start < sentences[-LAST].place.start:
        return
    first = VERDICT.match(sentences[0].text)
    if first and (first["verdict"][:3].lower() != "not") == last.necessary:
        place = sentences[0].place
        fix = Fix("delete the sentence", (Edit(place.span, ""),), Safety.SUGGESTED)
        note = Note(last.place.span, "the verdict again")
        yield Finding(place.span, "the rationale begins and ends with the same verdict", notes=(note,), fix=fix)
