import re
from collections.abc import Iterator
from typing import NamedTuple

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Passage,
    Pattern,
    Place,
    Reading,
    Rule,
    Sentence,
    annotation,
    knowledge,
    quote,
)

# Words by which a sentence lists what a guideline wants, or speaks of what may be.
LISTS = Pattern(
    r"\b(?:criteria|criterion|guidelines?|indications?|recommend\w*|when|if|may|patients)\b|\(\d\)", re.IGNORECASE
)
DENIAL = Pattern(rf"\b(?:{knowledge.wordings.any_of('negation')}|lack|absence|not)\b", re.IGNORECASE)
# Words by which a sentence tells what was found or done, and not what something is for.
TELLS = Pattern(
    rf"\b(?:this|here|was|were|had|has|have|did|{knowledge.wordings.any_of('record', 'result')})\b", re.IGNORECASE
)
LONGEST = 90  # characters that are quoted


class Conflict(NamedTuple):
    """Words of a rationale, and earlier ones of it that say the opposite."""

    message: str
    here: Place
    there: Place


class ContradictsItself(Rule):
    """The rationale denies what another of its sentences states.

    "Six visits of therapy brought relief … no physical therapy has been tried": one of the two was copied from another
    letter, or has a "not" too much, and the reader cannot tell which. Only sentences that state facts of the case are
    compared: a list of criteria states none. A claim that is narrowed ("no recent therapy") is contradicted only by
    words that say the same.

    ```diff
    -point to a specific nerve root and treatment has not helped. This worker has weakness of the left
    +point to a specific nerve root and treatment has not helped. There is no documentation of weakness of the left
    +great toe. This worker has weakness of the left
    ```

    ```findings
    "no documentation of weakness" denied here, stated in another sentence: "no documentation of weakness" here, "This worker has weakness of the left great toe and loss of sensation over the left foot …" there
      "weakness" the other sentence
    ```
    """

    code = "RAT019"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            for message, here, there in _find_conflicts(item, item.rationale) if item.rationale else ():
                values = f"{quote(here.text, LONGEST)} here, {quote(there.sentence.text, LONGEST)} there"
                yield Finding(
                    here.span,
                    f"{message}: {values}",
                    notes=(Note(there.span, "the other sentence"),),
                    evidence=(Feature.ARGUABLE,),
                )


def _find_conflicts(item: Item, rationale: Passage) -> Iterator[Conflict]:
    for claim, record in annotation.find_false_absences(item, rationale, rationale):
        is_denied = DENIAL.search(claim.place.text) is not None
        if is_denied and _states_fact(rationale, record.place) and claim.place.sentence != record.place.sentence:
            yield Conflict("denied here, stated in another sentence", claim.place, record.place)
    events = [each for each in rationale.treatment_events if _states_fact(rationale, each.place)]
    for event in events:
        other = next((each for each in events if each.done and each.treatment == event.treatment), None)
        if not event.done and other is not None and other.place.sentence != event.place.sentence:
            yield Conflict("not done here, done in another sentence", event.place, other.place)


def _states_fact(rationale: Passage, place: Place) -> bool:
    """Whether the sentence of a place states a fact of the case in the reviewer's own words."""
    sentence: Sentence = rationale.sentence_of(place)
    of_case = sentence.is_of_case and sentence.states_fact and not rationale.is_quoted(place.start)
    of_case = of_case and TELLS.search(sentence.text) is not None
    return of_case and not (
        sentence.is_opioid_notice
        or sentence.speaks_for_guideline
        or sentence.names_guideline
        or sentence.is_general
        or LISTS.search(sentence.text)
    )
