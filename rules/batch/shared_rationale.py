import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from imrlint.rulekit import (
    BatchFinding,
    BatchRule,
    Category,
    Clue,
    Finding,
    Importance,
    Letter,
    Passage,
    Pattern,
    Reading,
    Sentence,
    hash_words,
)

SHORTEST = 9  # words; a shorter sentence is the same by chance
PAST_WEIGHT = 1000  # so that at least one of the sentences must speak of the past
CITED = re.compile(r"\((?:[A-Z][\w-]+,? )+\d{4}\)|\b(?:intended goal|e\.g\.)")
FEWEST = 25  # words in the sentences on the case that two letters share
# A sentence in more letters than this is a set phrase of the house.
COMMON = 0.03  # of the letters
FEWEST_COMMON = 3  # letters, in a small run
# Words for the past of one worker; guidelines use the present tense.
PAST = Pattern(
    r"\b(?:was|were|had|did|has been|has had|have been|reported|complained|\d{1,2}[/-]\d{1,2})\b", re.IGNORECASE
)


class SharedRationale(BatchRule):
    """The letters of two workers have a passage on the case in common, word for word.

    The facts of one worker do not fit another: the passage was copied. Guideline text, conclusions and
    set phrases, which are found in many letters, are ignored.

    ```diff
    -Case Number:          CM17-9900001
    +Case Number:          CM17-9900002
    ```

    ```findings
    "A supply of sixty tablets goes well beyond such a course, and the records describe no spasm that it would treat." this passage on the case is word for word the same in another worker's letter
    ```
    """

    code = "BAT002"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def gather(self, letter: Letter, reading: Reading) -> Iterator[Clue]:
        case = letter.header.case_number
        mark = hash_words(case.raw if case else letter.source.name)
        seen = set()
        for sentence in (each for item in reading.items if item.rationale for each in _reasons(item.rationale)):
            words = sentence.text.casefold().split()
            key = hash_words(" ".join(words))
            if len(words) >= SHORTEST and key not in seen:
                seen.add(key)
                past = PAST_WEIGHT if PAST.search(sentence.text) else 0
                yield Clue(key, sentence.place.span, len(words) + past, mark)

    def compare(self, shared: Iterable[Sequence[Clue]], letters: int, /) -> Iterator[BatchFinding]:
        limit = max(FEWEST_COMMON, letters * COMMON)
        weights: Counter[tuple[int, int]] = Counter()
        clues_of: dict[tuple[int, int], Clue] = {}
        for clues in shared:
            if len(clues) > limit:
                continue
            first, *others = clues
            for clue in others:
                if clue.mark != first.mark:
                    pair = (clue.letter, first.letter)
                    weights[pair] += clue.weight
                    clues_of.setdefault(pair, clue)
        reported = set()
        for pair, weight in weights.most_common():
            letter, other = pair
            if weight >= FEWEST + PAST_WEIGHT and letter not in reported:
                reported.add(letter)
                message = "this passage on the case is word for word the same in another worker's letter"
                yield BatchFinding(letter, other, Finding(clues_of[pair].span, message))


def _reasons(rationale: Passage) -> Iterator[Sentence]:
    """The sentences that state facts of the case in the letter's own words and are no conclusions."""
    deciding = {verdict.place.sentence for verdict in rationale.verdicts}
    for sentence in rationale.case_sentences:
        is_cited = sentence.speaks_for_guideline or CITED.search(sentence.text)
        if not is_cited and sentence.states_fact and sentence.place not in deciding:
            yield sentence
