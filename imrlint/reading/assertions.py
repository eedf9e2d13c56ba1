"""What a prose says of clinical concepts: which are affirmed and which denied, where in the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from imrlint.document.prose import Prose, Sentence
from imrlint.knowledge.medicine import concepts
from imrlint.knowledge.medicine.concepts import Concept
from imrlint.reading import entities, polarity
from imrlint.reading.polarity import Polarity


class Statement(NamedTuple):
    """Characters `start` up to `end` of the folded text of a prose say something of a concept.

    `regions` are the parts of the body that the same words, or those close by, name.
    """

    prose: Prose
    sentence: Sentence
    start: int
    end: int
    concept: Concept
    polarity: Polarity
    regions: frozenset[str]


# What utilization review found is its own reason, not the record's.
_REVIEW = re.compile(
    r"\butili[sz]ation review|\bnon-?certif|\bdenied (?:due|because|as)|\bdenial\b|\bprior (?:review"
    r"|determination)|\bnot certified"
)
_NEAR = 45  # characters on either side


@lru_cache(maxsize=64)
def evidence(prose: Prose) -> tuple[Statement, ...]:
    """What a record says for concepts, and against them; what utilization review found is left out."""
    found: list[Statement] = []
    for sentence, said in _possible(prose):
        text = sentence.text.lower()
        if not _REVIEW.search(text):
            for concept in said:
                found += _of(sentence, text, concept, concept.evidence, concept.absence)
    return tuple(found)


@lru_cache(maxsize=64)
def named(prose: Prose) -> tuple[Statement, ...]:
    """The concepts that a rationale names, affirmed or denied, in order."""
    found: list[Statement] = []
    for sentence, said in _possible(prose):
        text = sentence.text.lower()
        for concept in said:
            # That the strength is normal denies no loss of sensation: a wide concept is denied by its name only.
            found += _of(sentence, text, concept, concept.named, None if concept.limbs else concept.absence)
    return tuple(sorted(found, key=lambda each: each.start))


def _possible(prose: Prose) -> Iterator[tuple[Sentence, list[Concept]]]:
    """The sentences that may say something of concepts, with these."""
    lowered = prose.text.lower()
    if len(lowered) != len(prose.text):  # a few foreign letters are longer in lower case
        return
    said: dict[int, dict[str, Concept]] = {}
    for concept, at in concepts.possible(lowered):
        said.setdefault(prose.number_at(at), {})[concept.name] = concept
    for number in sorted(said):
        yield prose.sentences[number], list(said[number].values())


def _of(
    sentence: Sentence, text: str, concept: Concept, pattern: re.Pattern[str], absence: re.Pattern[str] | None
) -> Iterator[Statement]:
    """What a sentence says of a concept: `absence` are words that deny it of themselves ("full range of motion")."""
    denied = [match.span() for match in absence.finditer(text)] if absence else []
    for start, end in denied:
        yield _statement(sentence, start, end, concept, Polarity.DENIED)
    for match in pattern.finditer(text):
        start, end = match.span()
        if not any(a < end and start < b for a, b in denied):
            said = polarity.of(sentence, sentence.start + start, sentence.start + end)
            yield _statement(sentence, start, end, concept, said)


def _statement(sentence: Sentence, start: int, end: int, concept: Concept, said: Polarity) -> Statement:
    prose, start, end = sentence.prose, sentence.start + start, sentence.start + end
    first, last = max(start - _NEAR, sentence.start), min(end + _NEAR, sentence.end)
    regions = {term.meaning.region for term in entities.of_parts(prose) if first <= term.start < last}
    return Statement(prose, sentence, start, end, concept, said, frozenset(regions))
