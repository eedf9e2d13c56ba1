"""What is known of one running text of a letter: each annotation is made when it is first wanted, and kept."""

from __future__ import annotations

from functools import cached_property

from imrlint.document.prose import Place, Prose
from imrlint.knowledge.medicine.anatomy import Part
from imrlint.knowledge.medicine.drugs import Drug
from imrlint.knowledge.medicine.treatments import Treatment
from imrlint.reading import (
    amounts,
    assertions,
    dates,
    entities,
    persons,
    phrases,
    quotes,
    references,
    repeats,
    sites,
    treatment_events,
    verdicts,
)
from imrlint.reading.amounts import Amount
from imrlint.reading.assertions import Assertion
from imrlint.reading.dates import DateMention
from imrlint.reading.entities import Entities, Mention
from imrlint.reading.persons import SexMention
from imrlint.reading.phrases import PhraseSlip
from imrlint.reading.polarity import Polarity
from imrlint.reading.references import Reference
from imrlint.reading.repeats import Repeat
from imrlint.reading.sentences import Sentence
from imrlint.reading.sites import Site
from imrlint.reading.tokens import Tokens
from imrlint.reading.treatment_events import TreatmentEvent
from imrlint.reading.verdicts import Verdict


class Passage:
    """A prose with its annotations. All places are places of `prose`."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose

    @property
    def text(self) -> str:
        """The folded text, in which places are counted."""
        return self.prose.text

    def place(self, start: int, end: int) -> Place:
        """Characters `start` up to `end` of `text`."""
        return Place(self.prose, start, end)

    # ---- Words and sentences

    @cached_property
    def tokens(self) -> Tokens:
        """Its words, in order."""
        return Tokens(self.prose)

    @cached_property
    def quotations(self) -> tuple[Place, ...]:
        """What stands in quotation marks."""
        return quotes.find_quotations(self.prose)

    def is_quoted(self, at: int) -> bool:
        """Whether character `at` stands in quotation marks."""
        return any(each.start <= at < each.end for each in self.quotations)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences, in order, each with what it speaks of."""
        return tuple(Sentence(place, self.quotations) for place in self.prose.sentences)

    def sentence_at(self, at: int) -> Sentence:
        """The sentence in which character `at` stands. Raises IndexError when the text is blank."""
        return self.sentences[self.prose.number_at(at)]

    def sentence_of(self, place: Place) -> Sentence:
        """The sentence in which a place begins."""
        return self.sentence_at(place.start)

    def judge_polarity(self, place: Place) -> Polarity:
        """Whether the words at a place are affirmed, denied or only thought of."""
        return self.sentence_of(place).judge_polarity(place)

    @cached_property
    def case_sentences(self) -> tuple[Sentence, ...]:
        """The sentences on the case itself."""
        return tuple(each for each in self.sentences if each.is_of_case and not each.is_opioid_notice)

    @cached_property
    def repeats(self) -> tuple[Repeat, ...]:
        """Groups of words that stand twice in a row."""
        return repeats.find_repeats(self.tokens)

    @cached_property
    def phrase_slips(self) -> tuple[PhraseSlip, ...]:
        """Groups of words that the tables know to be wrong."""
        return tuple(phrases.find_phrase_slips(self.prose, self.tokens, self.is_quoted))

    # ---- What it names

    @cached_property
    def _entities(self) -> Entities:
        return entities.find_entities(self.prose)

    @property
    def drugs(self) -> tuple[Mention[Drug], ...]:
        return self._entities.drugs

    @property
    def treatments(self) -> tuple[Mention[Treatment], ...]:
        """Treatments and tests that have a name of their own."""
        return self._entities.treatments

    @property
    def parts(self) -> tuple[Mention[Part], ...]:
        """Parts of the body."""
        return self._entities.parts

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """Parts of the body, each with its side where one is named."""
        return sites.find_sites(self.prose, self.parts)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Numbers of visits, injections, tablets."""
        return tuple(amounts.find_amounts(self.prose))

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        return dates.find_dates(self.prose)

    @cached_property
    def stated_sex(self) -> tuple[SexMention, ...]:
        """Where it says whether the worker is a man or a woman."""
        return tuple(persons.find_stated_sex(self.prose, self.is_quoted))

    @cached_property
    def pronouns(self) -> tuple[SexMention, ...]:
        """Every "he" and "she", whoever is meant."""
        return tuple(persons.find_pronouns(self.prose))

    # ---- What it says

    @cached_property
    def assertions(self) -> tuple[Assertion, ...]:
        """What it records for clinical concepts and against them."""
        return assertions.find_assertions(self, self.parts)

    @cached_property
    def named_concepts(self) -> tuple[Assertion, ...]:
        """The clinical concepts that it names, affirmed or denied."""
        return assertions.find_named(self, self.parts)

    @cached_property
    def treatment_events(self) -> tuple[TreatmentEvent, ...]:
        """Treatments and studies that are said to be done, or not done."""
        return tuple(treatment_events.find_treatment_events(self.treatments, self.sentence_of))

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The words that decide whether something is medically necessary."""
        return verdicts.find_verdicts(self.sentences)

    @cached_property
    def conclusion(self) -> Verdict | None:
        """The verdict that decides."""
        return verdicts.find_conclusion(self.verdicts)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Where it speaks of the very thing that was asked for."""
        return references.find_references(self.sentences, self.conclusion)
