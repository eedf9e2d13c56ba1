"""How the injury came about, in the words of the summary: after "when a ladder slid", "the ladder" means the injury."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
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
    r"\b(?:when|while|(?:by|from|in) (?=[a-z]{3,}ing\b)|caused by|arose from|came from|result of"
    r"|mechanism of (?:the )?injury"
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


def find_mechanism(summary: Words, events: Iterable[Event], injured: date | None) -> frozenset[str]:
    """The lemmas of the nouns and verbs by which a summary tells how the injury came about.

    A sentence with the day of the injury tells it, too, where the words do not say what else happened on that day:
    "Slipped on ice 01-04-2017".
    """
    days = [
        event
        for event in events
        if event.place.prose is summary.prose
        and (event.role is Role.INJURY or (event.role is Role.UNKNOWN and event.day == injured))
    ]
    found: set[str] = set()
    for number, sentence in enumerate(summary.sentences):
        own = [event for event in days if sentence.place.holds(event.place.start)]
        follows = number > 0 and any(summary.sentences[number - 1].place.holds(day.place.start) for day in days)
        if not (own or follows):
            continue
        if story := _STORY.search(sentence.text):
            found.update(list_lemmas(summary, sentence.place.part(story.end(), len(sentence.text))))
        elif any(event.role is Role.UNKNOWN for event in own):
            found.update(list_lemmas(summary, sentence.place))
    return frozenset(found)


def list_lemmas(passage: Words, place: Place) -> Iterator[str]:
    """The lemmas of the nouns and verbs in a place, body parts left out."""
    parts = [part.place for part in passage.parts_in(place)]
    at = passage.tokens.index_at(place.start)
    for token in passage.tokens[at : passage.tokens.index_at(place.end)]:
        known = any(part.holds(token.place.start) for part in parts)
        if len(token.text) >= _SHORTEST and token.tag in _TOLD and not known:
            yield token.lemma
