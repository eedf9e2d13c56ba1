import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from imrlint.rulekit import BatchRule, Category, Clue, Finding, Letter, conclusions, fingerprint, recitals

SHORTEST = 9  # words; a shorter sentence is the same by chance
PAST_WEIGHT = 1000  # so that one sentence at least must tell of the past
CITED = re.compile(r"\((?:[A-Z][\w-]+,? )+\d{4}\)|\b(?:intended goal|e\.g\.)")
FEWEST = 25  # words that two letters share, in sentences on the case
COMMON = 0.03  # of the letters: a sentence in more of them is a set phrase of the house
FEW = 3


# What only the past of one worker can say; guidelines speak in the present.
PAST = re.compile(
    r"\b(?:was|were|had|did|has been|has had|have been|reported|complained|\d{1,2}[/-]\d{1,2})\b", re.IGNORECASE
)


class SharedRationale(BatchRule):
    """A passage on the case stands word for word in the letters of two workers.

    Facts of one worker do not fit another. Guideline text, conclusions and the set phrases of a house,
    which stand in many letters, are left aside; what is left was copied.

    ```diff
    -Case Number:          CM17-9900001
    +Case Number:          CM17-9900002
    ```

    ```findings
    "A supply of sixty tablets goes well beyond such a course, and the records describe no spasm that it would treat." a passage that stands word for word in another worker's letter
    ```
    """

    code = "BAT002"
    category = Category.SUSPECT

    def gather(self, letter: Letter) -> Iterator[Clue]:
        case = letter.header.case_number
        mark = fingerprint.hash_words(case.raw if case else letter.source.name)
        seen = set()
        for dispute in letter.disputes:
            rationale = dispute.rationale
            decides = {verdict.sentence for verdict in conclusions.verdicts(rationale)} if rationale else set()
            for sentence in recitals.own(rationale) if rationale else ():
                words = sentence.text.casefold().split()
                key = fingerprint.hash_words(" ".join(words))
                cited = recitals.names_guideline(sentence) or CITED.search(sentence.text)
                if (
                    not cited
                    and len(words) >= SHORTEST
                    and sentence not in decides
                    and recitals.tells(sentence)
                    and key not in seen
                ):
                    seen.add(key)
                    past = PAST_WEIGHT if PAST.search(sentence.text) else 0
                    yield Clue(key, sentence.span, len(words) + past, mark)

    def compare(self, shared: Iterable[Sequence[Clue]], letters: int, /) -> Iterator[tuple[int, int, Finding]]:
        limit = max(FEW, letters * COMMON)
        words: Counter[tuple[int, int]] = Counter()
        place: dict[tuple[int, int], Clue] = {}
        for clues in shared:
            if len(clues) > limit:
                continue
            first, *others = clues
            for clue in others:
                if clue.mark != first.mark:
                    pair = (clue.letter, first.letter)
                    words[pair] += clue.weight
                    place.setdefault(pair, clue)
        told = set()
        for pair, weight in words.most_common():
            if weight >= FEWEST + PAST_WEIGHT and pair[0] not in told:
                told.add(pair[0])
                yield *pair, Finding(place[pair].span, "a passage that stands word for word in another worker's letter")
