"""What a prose says of clinical concepts: which are affirmed and which denied, where in the body."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from imrlint.knowledge import concepts
from imrlint.knowledge.concepts import Concept
from imrlint.model import Prose, Sentence
from imrlint.reading import mentions, polarity
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
    """What a record says for concepts, and against them."""
    lowered = prose.text.lower()
    found = []
    for sentence in prose.sentences if len(lowered) == len(prose.text) else ():
        if _REVIEW.search(lowered, sentence.start, sentence.end):
            continue
        for concept in concepts.concepts():
            against = []
            for match in concept.absence.finditer(lowered, sentence.start, sentence.end) if concept.absence else ():
                against.append(match.span())
                found.append(_statement(prose, sentence, *match.span(), concept, Polarity.DENIED))
            for match in concept.evidence.finditer(lowered, sentence.start, sentence.end):
                if not any(start < match.end() and match.start() < end for start, end in against):
                    said = polarity.of(sentence, *match.span())
                    found.append(_statement(prose, sentence, *match.span(), concept, said))
    return tuple(found)


def named(sentence: Sentence) -> list[Statement]:
    """The concepts that a sentence of a rationale names, affirmed or denied."""
    prose = sentence.prose
    lowered = prose.text.lower()
    found: list[Statement] = []
    for concept in concepts.concepts() if len(lowered) == len(prose.text) else ():
        if concept.absence is not None and not concept.limbs:
            for match in concept.absence.finditer(lowered, sentence.start, sentence.end):
                found.append(_statement(prose, sentence, *match.span(), concept, Polarity.DENIED))
        taken = [(each.start, each.end) for each in found if each.concept is concept]
        for match in concept.named.finditer(lowered, sentence.start, sentence.end):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                found.append(_statement(prose, sentence, *match.span(), concept, polarity.of(sentence, *match.span())))
    return sorted(found, key=lambda each: each.start)


def _statement(prose: Prose, sentence: Sentence, start: int, end: int, concept: Concept, said: Polarity) -> Statement:
    first, last = max(start - _NEAR, sentence.start), min(end + _NEAR, sentence.end)
    regions = {term.meaning.region for term in mentions.of_parts(prose) if first <= term.start < last}
    return Statement(prose, sentence, start, end, concept, said, frozenset(regions))
