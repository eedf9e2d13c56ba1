"""Sentences with their annotations: kind, quotations, and polarity of their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from imrlint.document.prose import Place
from imrlint.once import cached_property
from imrlint.reading import polarity, predication, quotes, sentence_kinds, syntax
from imrlint.reading.sentence_kinds import SentenceKind
from imrlint.reading.stance import Polarity
from imrlint.reading.syntax import Word


class Claim(NamedTuple):
    """What a predicate says, and the place of its words with those of its verb phrase."""

    place: Place
    polarity: Polarity


class Sentence:
    """One sentence of a prose."""

    def __init__(
        self, place: Place, quotations: Sequence[Place], recites: Callable[[Place], bool] = lambda _: False
    ) -> None:
        """A sentence at a place. `quotations` are those of the prose, in order.

        `recites` tells whether many letters of the house have the sentence.
        """
        self.place = place
        self._recites = recites
        self.quotations = quotes.select_quotations(quotations, place)
        self._polarities: dict[tuple[int, int], Polarity] = {}

    @property
    def text(self) -> str:
        return self.place.text

    @cached_property
    def lower(self) -> str:
        """Its text in lower case, of the same length."""
        return self.place.lower

    def is_quoted(self, at: int) -> bool:
        """Whether character `at` of the folded text of the prose is part of a quotation."""
        return quotes.is_quoted(at, self.quotations)

    @cached_property
    def kind(self) -> SentenceKind:
        """What it is about. A quoted sentence has the words of a guideline or a record.

        What many letters of the house have, and states no fact of a case, is recited.
        """
        kind = sentence_kinds.classify_sentence(self.place, quoted=self._is_quotation)
        if kind is SentenceKind.UNKNOWN and not self.states_fact and self._recites(self.place):
            return SentenceKind.GUIDELINE
        return kind

    @property
    def score(self) -> float:
        """The balance of words on the case and of guidelines, from -1 (only guidelines) to 1 (only the case)."""
        return sentence_kinds.score_sentence(self.place, quoted=self._is_quotation)

    @property
    def is_of_case(self) -> bool:
        """Whether it is known to be on the case."""
        return self.kind is SentenceKind.CASE

    @cached_property
    def states_fact(self) -> bool:
        """Whether it states a fact of the case, and does not begin with a quotation."""
        return not self.is_quoted(self.place.start) and sentence_kinds.states_fact(self.place)

    @cached_property
    def speaks_for_guideline(self) -> bool:
        """Whether it reports what a guideline says, even where it is on the case."""
        return sentence_kinds.speaks_for_guideline(self.place)

    @cached_property
    def names_guideline(self) -> bool:
        """Whether it names a guideline, or has words of one, whatever else it says."""
        return sentence_kinds.names_guideline(self.place)

    @cached_property
    def is_general(self) -> bool:
        """Whether it speaks of patients in general, or of what should be done for them."""
        return sentence_kinds.is_general(self.place)

    def is_general_at(self, place: Place) -> bool:
        """Whether its main clause with a place speaks of patients in general."""
        return self.is_general and sentence_kinds.is_general(self.place, place.start - self.place.start)

    @cached_property
    def is_opioid_notice(self) -> bool:
        """Whether it belongs to the notice that every decision on opioids must contain."""
        return sentence_kinds.is_opioid_notice(self.place)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words and punctuation marks in lower case, with what they say of their complements."""
        return syntax.read_words(self.lower)

    def judge_polarity(self, place: Place) -> Polarity:
        """Whether the words at a place of the sentence are affirmed, denied, or only considered."""
        bounds = place.start - self.place.start, place.end - self.place.start
        if bounds not in self._polarities:
            self._polarities[bounds] = polarity.judge_polarity(self.lower, *bounds, self.words)
        return self._polarities[bounds]

    def is_asserted(self, place: Place) -> bool:
        """Whether the words at a place, where they are affirmed, are themselves what the sentence asserts."""
        return polarity.is_asserted(place.start - self.place.start, self.words)

    def read_claim(self, place: Place) -> Claim:
        """What the verb or the adjective at the beginning of a place claims in the reviewer's own voice."""
        at = syntax.find_word(self.words, place.start - self.place.start)
        said = predication.read_predication(self.words, at, self.lower, is_verb=True)
        begin = min(self.place.start + self.words[said.first].start, place.start)
        return Claim(Place(place.prose, begin, place.end), said.polarity)

    @property
    def _is_quotation(self) -> bool:
        return self.is_quoted((self.place.start + self.place.end) // 2)
