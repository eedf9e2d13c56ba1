"""Assertions of a prose about clinical concepts: which are affirmed, which denied, in which part of the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from imrlint.document.prose import Place, Prose
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine import concepts
from imrlint.knowledge.medicine.anatomy import Part
from imrlint.knowledge.medicine.concepts import Concept
from imrlint.reading import entities
from imrlint.reading.entities import Mention
from imrlint.reading.sentences import Sentence
from imrlint.reading.stance import Polarity


class Sentences(Protocol):
    """A prose with its annotated sentences."""

    @property
    def prose(self) -> Prose: ...

    @property
    def sentences(self) -> Sequence[Sentence]: ...


class Assertion(NamedTuple):
    """Words that affirm or deny a concept.

    `regions` are those of the body parts named within `_NEAR` characters, or that of the only one of the sentence.
    """

    place: Place
    concept: Concept
    polarity: Polarity
    regions: frozenset[str]


# What utilization review found is its own reason, not the record's. What the worker denies is denied without a reason.
_REVIEW = re.compile(
    rf"\b(?:{any_of('utilization review', 'non-certified', 'refusal')}|{any_of('refused')} {any_of('reason')}"
    rf"|{any_of('earlier')} (?:review|determination))\b"
)
_NEAR = 45  # characters on either side


def find_assertions(passage: Sentences, parts: Sequence[Mention[Part]]) -> tuple[Assertion, ...]:
    """What a record says for and against concepts, in order; sentences on utilization review are left out."""
    return tuple(
        assertion
        for sentence, concepts_here in _find_sentences(passage)
        if not _REVIEW.search(sentence.lower)
        for concept in concepts_here
        for assertion in _assert_concept(sentence, concept, concept.evidence, concept.absence, parts)
    )


def find_named(passage: Sentences, parts: Sequence[Mention[Part]]) -> tuple[Assertion, ...]:
    """The concepts that a rationale names, each affirmed or denied, in order."""
    found: list[Assertion] = []
    for sentence, concepts_here in _find_sentences(passage):
        for concept in concepts_here:
            # "Strength is normal" does not deny a loss of sensation: a wide concept is denied by its name only.
            absence = None if concept.limbs else concept.absence
            found += _assert_concept(sentence, concept, concept.named, absence, parts)
    return tuple(sorted(found, key=lambda each: each.place.start))


def _find_sentences(passage: Sentences) -> Iterator[tuple[Sentence, list[Concept]]]:
    """The sentences that may mention concepts, each with these concepts."""
    found: dict[int, dict[str, Concept]] = {}
    for concept, at in concepts.possible(passage.prose.lower):
        found.setdefault(passage.prose.number_at(at), {})[concept.name] = concept
    for number in sorted(found):
        yield passage.sentences[number], list(found[number].values())


def _assert_concept(
    sentence: Sentence,
    concept: Concept,
    pattern: re.Pattern[str],
    absence: re.Pattern[str] | None,
    parts: Sequence[Mention[Part]],
) -> Iterator[Assertion]:
    """What a sentence asserts about a concept. `absence` matches words that alone deny it ("full range of motion")."""
    text = sentence.lower
    denied = [match.span() for match in absence.finditer(text)] if absence else []
    for start, end in denied:
        yield _build_assertion(sentence.place.part(start, end), concept, Polarity.DENIED, parts)
    for match in pattern.finditer(text):
        start, end = match.span()
        if not any(a < end and start < b for a, b in denied):
            place = sentence.place.part(start, end)
            yield _build_assertion(place, concept, sentence.judge_polarity(place), parts)


def _build_assertion(place: Place, concept: Concept, polarity: Polarity, parts: Sequence[Mention[Part]]) -> Assertion:
    sentence = place.sentence
    first, last = max(place.start - _NEAR, sentence.start), min(place.end + _NEAR, sentence.end)
    regions = {part.region for _, part in entities.select_mentions(parts, first, last)}
    if not regions:
        named = {part.region for _, part in entities.select_mentions(parts, sentence.start, sentence.end)}
        regions = named if len(named) == 1 else set()
    return Assertion(place, concept, polarity, frozenset(regions))
