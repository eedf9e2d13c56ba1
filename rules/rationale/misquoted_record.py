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
# Words that no paraphrase may change.
FACT = re.compile(
    rf"\b(?:left|right|bilateral|both|\d+(?:[./]\d+)?|{knowledge.wordings.any_of('negation')})\b", re.IGNORECASE
)
FEWEST = 4  # words; shorter ones are terms in quotation marks, not quotations
LEAST_SCORE = 75  # of 100; below it, the words come from a record that the summary does not quote


class MisquotedRecord(Rule):
    """A quotation from the records differs in a few words from the same sentence in the summary.

    Quotation marks promise the exact words. Where the summary quotes the sentence in other words, or tells
    it with another side or number, one of the two was changed in copying; where it only tells it in other
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
            for sentence in _quoted_sentences(item.rationale) if item.rationale else ():
                yield from _compare(sentence, summary)


def _quoted_sentences(rationale: Passage) -> Iterator[Place]:
    """Each sentence in quotation marks that the rationale says is from the records."""
    for quotation in rationale.quotations:
        if rationale.find_quote_source(quotation) is not annotation.QuoteSource.RECORD:
            continue
        at = 1
        for sentence in SENTENCE.split(quotation.text[1:-1]):
            if len(sentence.split()) >= FEWEST and not ALTERED.search(sentence):
                yield quotation.part(at, at + len(sentence))
            at += len(sentence) + 1


def _compare(quoted: Place, summary: Passage) -> Iterator[Finding]:
    """A finding where the summary has the same words but for a few."""
    words = quoted.text.rstrip(" .,;")
    nearest = summary.find_nearest(words)
    if nearest is None or not LEAST_SCORE <= nearest.score < 100 or _has_other_date(quoted, nearest.place):
        return
    if difference := annotation.find_difference(words, nearest.place.text):
        here = quoted.part(*difference)
        opposite = annotation.find_difference(nearest.place.text, words)
        there = nearest.place.part(*opposite) if opposite else nearest.place
        is_certain = summary.is_quoted(nearest.place.start) or _list_facts(here) != _list_facts(there)
        values = f"{quote(here.text)} here, {quote(there.text)} in the summary"
        yield Finding(
            here.span,
            f"the quotation differs from the summary: {values}",
            notes=(Note(nearest.place.span, "the sentence in the summary"),),
            evidence=() if is_certain else (Feature.ARGUABLE,),
        )


def _list_facts(place: Place) -> list[str]:
    """The sides, numbers and negations of some words."""
    return sorted(match.group().casefold() for match in FACT.finditer(place.text))


def _has_other_date(quoted: Place, there: Place) -> bool:
    """Whether the sentences of two places have dates, and none in common."""
    ours, theirs = (set(DATE.findall(place.sentence.text)) for place in (quoted, there))
    return bool(ours and theirs and not ours & theirs)
