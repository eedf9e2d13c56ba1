import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
    Item,
    Letter,
    Passage,
    Pattern,
    Reading,
    Rule,
    Sentence,
    annotation,
    knowledge,
    model,
)

DEPENDENT = (model.RequestKind.ASSOCIATED, model.RequestKind.CONSULTATION, model.RequestKind.LABORATORY)
REASON = Pattern(
    rf"\b(?:(?!as (?!the\b)){knowledge.wordings.any_of('reason')}|without|in the absence|lack)\b(?! the above)",
    re.IGNORECASE,
)
# Words and numbers that two texts about one case have in common, and two texts about one subject seldom.
WORD = re.compile(r"\d+(?:[./]\d+)+|\d\d+|[a-z]{5,}")
PAIR = re.compile(r"(?=\b([a-z]{5,} [a-z]{4,})\b)")
FEWEST_SHARED = 2
# A state of the worker in the present tense; a guideline makes it a condition.
STATE = Pattern(
    r"\b(?:is|are) (?:\w+ly )?(?:normal|abnormal|intact|unremarkable|negative|positive|present|absent)\b", re.I
)
# What a study of the worker shows, and when things happened.
EVENT = re.compile(
    rf"\b(?:MRI|CT|EMG|NCV|X-rays?|radiographs?|scan|study|ultrasound) (?:{knowledge.wordings.any_of('result')})\b"
    r"|\bthe \w+ item\b|\b(?:in|on|from) the chart\b"
    r"|\b[Tt]he (?:\w+ )?diagnos[ei]s (?:is|are|remains?)\b"
    rf"|\b[Ss]ame (?:(?:{knowledge.function_words.alternatives('reasoning noun')}) )?(?:holds|applies|goes"
    r")\b"
    r"|\b[Tt]his (?:operation|surgery|procedure|repair|injury|fracture)\b"
    r"|\b[Tt]he (?:injury|accident|operation|surgery|procedure) (?:occurred|happened|took place|was (?:in|on|performed))\b"
)
LIMIT = r"(?:exceed\w*|beyond|within|more than|less than|fewer than|twice|double|below|above)"
# The numbers of the request, held against those of a guideline.
COMPARED = Pattern(
    rf"(?=.*\b{LIMIT}\b)"
    rf"(?=.*\b(?:{knowledge.wordings.any_of('wanted')}|rental|supply|disputed)\b)(?=.*(?:\d|\b(?:visits|sessions)\b))",
    re.IGNORECASE,
)
# A number behind which its limit stands: "eight visits are more than".
NUMBER = Pattern(rf"\b(?P<number>\d+|{knowledge.numbers.COUNT_WORDS})\b[^.;]*\b{LIMIT}\b", re.IGNORECASE)
CONDITION = Pattern(rf"\b{knowledge.wordings.any_of('condition')}\b", re.IGNORECASE)
OUTCOMES = ("treatment benefit",)  # terms that guidelines deny, too
RESEARCH = Pattern(rf"\b(?:{knowledge.function_words.alternatives('research word')}|patients)\b", re.IGNORECASE)
# Around a finding that is spoken of as known: "the diagnosis is a", "the healed", and "is", "has", "remains" behind it.
KNOWN_BEFORE = re.compile(r"(?:^|[.;:,] |\band )[Tt]h(?:e|is) (?:[\w-]+ ){0,2}$")
STATE_BEHIND = re.compile(r"s? (?:[\w-]+ ){0,2}?(?:is|are|has|have|does|do|remains?) (?!considered|defined|classified)")
SHORTEST = 40  # words; a shorter rationale may refer to another one


class NoCaseFacts(Rule):
    """A rationale has guideline text and a conclusion, but no fact of the case.

    The reviewer must say how the guideline applies to this worker (Labor Code 4610.6(d)). Without a fact
    of the case, the same words would fit any worker. A sentence that has several particular words or a
    number in common with the summary is about the case, and so is one that holds the request against a limit, says
    what is absent or was not done, or names a side of the body.

    ```diff
    -Decision rationale: A few visits of therapy are supported by the MTUS to teach exercises, then
    -done at home. The worker has had six visits with little relief, and no record says why twelve more
    -would achieve what those did not.
    +Decision rationale: A few visits of therapy are supported by the MTUS to teach exercises, then
    +done at home. Active therapy is recommended over passive modalities, which are of limited use.
    +Exercise restores strength and motion, and guidelines allow ten visits over eight weeks.
    +Education in posture and lifting is an essential component of a course of therapy.
    ```

    ```findings
    "Therefore, the request for physical therapy for the right shoulder is not medically necessary." the rationale reaches this conclusion without a fact of the case
    ```
    """

    code = "RAT010"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        told = _read_words(reading.summary.lower) if reading.summary and reading.items else frozenset()
        for item in reading.items:
            rationale = item.rationale
            if rationale is None or item.kind in DEPENDENT or len(rationale.text.split()) < SHORTEST:
                continue
            if rationale.conclusion is None:
                continue
            conclusion = rationale.conclusion.place.sentence
            reasons = [s for s in rationale.sentences if not s.is_opioid_notice and s.place != conclusion]
            known = told - _read_words(item.title.lower)  # words, numbers and pairs of words
            if REASON.search(conclusion.text) or any(_tells_of_case(sentence, known, item) for sentence in reasons):
                continue
            if _find_descriptions(rationale).isdisjoint(sentence.place.start for sentence in reasons):
                yield Finding(conclusion.span, "the rationale reaches this conclusion without a fact of the case")


def _find_descriptions(rationale: Passage) -> frozenset[int]:
    """Where the sentences begin that describe the worker: what is absent or was not done, and findings as known ones.

    A side is of the worker, too: guidelines have no left and right.
    """
    known = [each.place for each in rationale.absences if each.term.name not in OUTCOMES]
    known += [each.sided for each in rationale.sites if each.side and each.sided != each.place]
    known += [each.place for each in rationale.records if _is_known_finding(each)]
    described = (rationale.sentence_of(place) for place in known)
    return frozenset(
        sentence.place.start
        for sentence in described
        if not (
            sentence.kind is annotation.SentenceKind.GUIDELINE
            or sentence.is_general
            or sentence.quotations
            or CONDITION.search(sentence.text)
            or RESEARCH.search(sentence.text)
        )
    )


def _is_known_finding(record: annotation.Record) -> bool:
    """Whether a record is of a finding that the sentence speaks of as known: "the scar is still firm"."""
    if record.term.kind is not annotation.TermKind.FINDING:
        return False
    text, start, end = record.place.prose.text, record.place.start, record.place.end
    return bool(KNOWN_BEFORE.search(text[max(start - 40, 0) : start]) and STATE_BEHIND.match(text, end))


def _read_words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text)) | frozenset(PAIR.findall(text))


def _holds_against_limit(sentence: Sentence, item: Item) -> bool:
    """Whether a sentence holds the very number of the request against a limit."""
    if sentence.kind is annotation.SentenceKind.GUIDELINE or CONDITION.search(sentence.text):
        return False
    return any(knowledge.numbers.value(match["number"]) in item.numbers for match in NUMBER.finditer(sentence.text))


def _tells_of_case(sentence: Sentence, known: frozenset[str], item: Item) -> bool:
    """Whether a sentence states a fact of the case, in any words."""
    if sentence.states_fact:
        return True
    if sentence.speaks_for_guideline or sentence.quotations:
        return False
    if EVENT.search(sentence.text) or COMPARED.match(sentence.text) or _holds_against_limit(sentence, item):
        return True
    if STATE.search(sentence.text) and not CONDITION.search(sentence.text):
        return True
    particular = [word for word in known & _read_words(sentence.lower) if _is_particular(word)]
    return len(particular) >= FEWEST_SHARED or any(word[0].isdigit() for word in particular)


def _is_particular(word: str) -> bool:
    """Whether a word, a number or a pair of words is seldom used in another case."""
    return word[0].isdigit() or " " in word or not knowledge.lexicon.is_common(word)
