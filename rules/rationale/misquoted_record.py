import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Letter,
    Note,
    Passage,
    Place,
    Reading,
    Rule,
    annotation,
    knowledge,
    quote,
)

SENTENCE = re.compile(r"(?<=[.;]) ")
ALTERED = re.compile(r"\.\.|…|[\[\]]|\bsic\b")  # words left out, or put in by the writer
DATE = re.compile(r"\b\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?\b")
# Words that no retelling may change.
FACT = re.compile(
    rf"\b(?:left|right|bilateral|both|\d+(?:[./]\d+)?|{knowledge.wordings.any_of('negation')})\b", re.IGNORECASE
)
LONG = 8  # words; in shorter ones, another number may be that of another visit
FEWEST = 4  # words; shorter ones are terms in quotation marks, not quotations
EXACT = 100
LEAST_SCORE = 75  # of 100; below it, the words come from a record that the summary does not quote


class MisquotedRecord(Rule):
    """A quotation from the records differs in a few words from the same sentence in the summary.

    Quotation marks promise the exact words. Where the summary quotes the sentence in other words, has the rest
    of the quotation word for word, or tells it with another side or number, one of the two was changed in
    copying; where it only tells it in other
    words, that is a note. Only what the letter says is from the records is compared: guidelines, utilization
    review, the names of items and what is of another date have words of their own.

    ```diff
    -visits of therapy brought little relief. Therefore
    +visits of therapy brought little relief. The records state that "she described aching in the left
    +shoulder and low back pain that spreads to the left calf." Therefore
    ```

    ```findings
    "left" the quotation differs from the summary: "left" here, "right" in the summary
      "she described aching in the right shoulder and low back pain that spreads to the left calf." the sentence in the summary
    ```
    """

    code = "RAT013"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        summary = reading.summary
        if summary is None:
            return
        for item in reading.items:
            for quotation in item.rationale.quotations if item.rationale else ():
                assert item.rationale is not None
                if item.rationale.find_quote_source(quotation) is annotation.QuoteSource.RECORD:
                    yield from _compare_sentences(list(_split(quotation)), summary)


def _split(quotation: Place) -> Iterator[Place]:
    """Each sentence of a quotation, without those into which something was put."""
    at = 1
    for sentence in SENTENCE.split(quotation.text[1:-1]):
        if len(sentence.split()) >= FEWEST and not ALTERED.search(sentence):
            yield quotation.part(at, at + len(sentence))
        at += len(sentence) + 1


def _compare_sentences(sentences: list[Place], summary: Passage) -> Iterator[Finding]:
    """Findings in one quotation; where the summary has one of its sentences word for word, it was copied from there."""
    nearest = [(sentence, summary.find_nearest(sentence.text.rstrip(" .,;"))) for sentence in sentences]
    is_copied = any(found is not None and found.score == EXACT for _, found in nearest)
    for sentence, found in nearest:
        yield from _compare(sentence, found, summary, is_copied=is_copied)


def _compare(
    quoted: Place, nearest: annotation.Likeness | None, summary: Passage, *, is_copied: bool
) -> Iterator[Finding]:
    """A finding where the summary has the same words but for a few."""
    words = quoted.text.rstrip(" .,;")
    if nearest is None or not LEAST_SCORE <= nearest.score < EXACT or _has_other_date(quoted, nearest.place):
        return
    if difference := annotation.find_difference(words, nearest.place.text):
        here = quoted.part(*difference)
        opposite = annotation.find_difference(nearest.place.text, words)
        there = nearest.place.part(*opposite) if opposite else nearest.place
        is_quoted = is_copied or summary.is_quoted(nearest.place.start)
        is_certain = is_quoted or (_is_other_fact(here, there) and len(words.split()) >= LONG)
        values = f"{quote(here.text)} here, {quote(there.text)} in the summary"
        yield Finding(
            here.span,
            f"the quotation differs from the summary: {values}",
            notes=(Note(nearest.place.span, "the sentence in the summary"),),
            evidence=() if is_certain else (Feature.ARGUABLE,),
        )


def _is_other_fact(here: Place, there: Place) -> bool:
    """Whether two places differ in one word, which is a side or a number."""
    return bool(FACT.fullmatch(here.text) and FACT.fullmatch(there.text))


def _has_other_date(quoted: Place, there: Place) -> bool:
    """Whether the sentences of two places have dates, and none in common."""
    ours, theirs = (set(DATE.findall(place.sentence.text)) for place in (quoted, there))
    return bool(ours and theirs and not ours & theirs)
