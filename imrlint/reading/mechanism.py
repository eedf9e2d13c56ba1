"""How the injury came about, in the words of the summary: after "when a ladder slid", "the ladder" means the injury."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place, Prose
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine.anatomy import Part
from imrlint.reading.entities import Mention
from imrlint.reading.morphology import Tag
from imrlint.reading.sentences import Sentence
from imrlint.reading.timeline import Event, Role
from imrlint.reading.tokens import Tokens

# The words that begin the story of an injury, in the sentence of its date or in the next.
_STORY = Pattern(
    r"\b(?:when|while|caused by|arose from|came from|result of|mechanism of (?:the )?injury"
    rf"(?: is| was)?(?: (?:detailed|described|documented) as)?)\b|^{any_of('pronoun')} (?=\w+(?:ed|t|ell|id|it|ung) )",
    re.IGNORECASE,
)
_SHORTEST = 4  # letters of a word that tells something
_TOLD = (Tag.NOUN, Tag.VERB)


class Words(Protocol):
    """A prose with its words, and the parts of the body that it names."""

    @property
    def prose(self) -> Prose: ...

    @property
    def tokens(self) -> Tokens: ...

    @property
    def sentences(self) -> Sequence[Sentence]: ...

    def parts_in(self, place: Place) -> Sequence[Mention[Part]]: ...


def find_mechanism(summary: Words, events: Iterable[Event]) -> frozenset[str]:
    """The lemmas of the nouns and verbs by which a summary tells how the injury came about."""
    days = [event.place for event in events if event.role is Role.INJURY and event.place.prose is summary.prose]
    found: set[str] = set()
    for number, sentence in enumerate(summary.sentences):
        holds_day = any(sentence.place.holds(day.start) for day in days)
        follows = number > 0 and any(summary.sentences[number - 1].place.holds(day.start) for day in days)
        if holds_day or follows:
            story = _STORY.search(sentence.text)
            if story:
                found.update(list_lemmas(summary, sentence.place.part(story.end(), len(sentence.text))))
    return frozenset(found)


def list_lemmas(passage: Words, place: Place) -> Iterator[str]:
    """The lemmas of the nouns and verbs in a place, body parts left out."""
    parts = [part.place for part in passage.parts_in(place)]
    at = passage.tokens.index_at(place.start)
    for token in passage.tokens[at : passage.tokens.index_at(place.end)]:
        known = any(part.holds(token.place.start) for part in parts)
        if len(token.text) >= _SHORTEST and token.tag in _TOLD and not known:
            yield token.lemma
