"""The annotations of one running text of a letter, each computed on first use and kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Hit, Place, Prose
from imrlint.knowledge.language import numbers
from imrlint.knowledge.medicine.anatomy import Part
from imrlint.knowledge.medicine.drugs import Drug
from imrlint.knowledge.medicine.treatments import Treatment
from imrlint.once import cached_property
from imrlint.reading import (
    absences,
    ages,
    amounts,
    calculations,
    comparisons,
    dates,
    durations,
    entities,
    enumerations,
    opioid_doses,
    particulars,
    past_visits,
    periods,
    persons,
    phrases,
    preparations,
    quantities,
    quotes,
    ratings,
    records,
    references,
    repeats,
    responses,
    scopes,
    sign_results,
    similarity,
    sites,
    telegraphic,
    treatment_events,
    verb_groups,
    verdicts,
)
from imrlint.reading.absences import Absence
from imrlint.reading.ages import AgeMention
from imrlint.reading.amounts import Amount
from imrlint.reading.calculations import Calculation, Change
from imrlint.reading.comparisons import Comparison
from imrlint.reading.dates import DateMention
from imrlint.reading.durations import Beginning, Duration
from imrlint.reading.entities import Entities, Mention
from imrlint.reading.enumerations import Enumeration
from imrlint.reading.opioid_doses import MorphineClaim, OpioidDose
from imrlint.reading.particulars import Particular
from imrlint.reading.past_visits import PastVisits
from imrlint.reading.periods import Period
from imrlint.reading.persons import SexMention
from imrlint.reading.phrases import PhraseSlip
from imrlint.reading.preparations import Preparation
from imrlint.reading.quantities import Quantity
from imrlint.reading.quotes import QuoteSource
from imrlint.reading.ratings import Rating
from imrlint.reading.recorded import Recorded
from imrlint.reading.records import Record
from imrlint.reading.references import Reference
from imrlint.reading.repeats import Repeat
from imrlint.reading.responses import Response
from imrlint.reading.scopes import Scope
from imrlint.reading.sentences import Sentence
from imrlint.reading.sign_results import SignResult
from imrlint.reading.similarity import Likeness
from imrlint.reading.sites import Site
from imrlint.reading.stance import Polarity
from imrlint.reading.tokens import Tokens
from imrlint.reading.treatment_events import TreatmentEvent
from imrlint.reading.verdicts import Verdict

_FIGURE = Pattern(rf"\d+(?:\.\d+)?|\b(?:{numbers.COUNT_WORDS})\b", re.IGNORECASE)


class Passage:
    """A prose with its annotations, in the order of the text unless stated otherwise. All places are of `prose`."""

    def __init__(self, prose: Prose, recites: Callable[[Place], bool] = lambda _: False) -> None:
        """`recites` tells whether a sentence is one that many letters of the house have."""
        self.prose = prose
        self._recites = recites

    @property
    def text(self) -> str:
        """The folded text, to which the offsets of places refer."""
        return self.prose.text

    @property
    def lower(self) -> str:
        """`text` in lower case, in which every character has the same place as in `text`."""
        return self.prose.lower

    def place(self, start: int, end: int) -> Place:
        """The place of characters `start` up to `end` of `text`."""
        return Place(self.prose, start, end)

    def find(self, pattern: re.Pattern[str] | Pattern) -> Iterator[Hit]:
        """Each match of a pattern in `text`, in order."""
        return self.prose.find(pattern)

    # ---- Words and sentences

    @cached_property
    def tokens(self) -> Tokens:
        """Its words."""
        return Tokens(self.prose)

    @cached_property
    def quotations(self) -> tuple[Place, ...]:
        """Its quotations, with their quotation marks."""
        return quotes.find_quotations(self.prose)

    def find_quote_source(self, quotation: Place) -> QuoteSource:
        """Whose words one of its quotations repeats."""
        return quotes.find_quote_source(quotation, self.quotations)

    def is_quoted(self, at: int) -> bool:
        """Whether character `at` is part of a quotation."""
        return quotes.is_quoted(at, self.quotations)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences, with their annotations."""
        return tuple(Sentence(place, self.quotations, self._recites) for place in self.prose.sentences)

    @cached_property
    def is_telegraphic(self) -> bool:
        """Whether it is written as notes are, without articles and auxiliaries."""
        return telegraphic.is_telegraphic(self.sentences)

    def sentence_at(self, at: int) -> Sentence:
        """The sentence at character `at`. Raises `IndexError` where the text is blank."""
        return self.sentences[self.prose.number_at(at)]

    def sentence_of(self, place: Place) -> Sentence:
        """The sentence in which a place begins."""
        return self.sentence_at(place.start)

    def judge_polarity(self, place: Place) -> Polarity:
        """Whether the words at a place are affirmed, denied, or only considered."""
        return self.sentence_of(place).judge_polarity(place)

    def sentences_with(self, word: re.Pattern[str] | Pattern) -> tuple[Sentence, ...]:
        """The sentences that have a word, in order: it is looked for in the whole text at once."""
        numbers = dict.fromkeys(self.prose.number_at(hit.place.start) for hit in self.find(word))
        return tuple(self.sentences[number] for number in numbers)

    @cached_property
    def case_sentences(self) -> tuple[Sentence, ...]:
        """The sentences that are known to be on the case, without those of the opioid notice."""
        return tuple(each for each in self.sentences if each.is_of_case and not each.is_opioid_notice)

    @cached_property
    def repeats(self) -> tuple[Repeat, ...]:
        """Groups of words that occur twice in a row."""
        return repeats.find_repeats(self.tokens)

    @cached_property
    def phrase_slips(self) -> tuple[PhraseSlip, ...]:
        """Groups of words that the tables list as wrong, or that grammar rules out, outside quotations, in order."""
        listed = tuple(phrases.find_phrase_slips(self.prose, self.tokens, self.is_quoted))
        ruled_out = (
            slip
            for slip in verb_groups.find_verb_slips(self.prose, self.is_quoted)
            if not any(slip.place.overlaps(each.place) for each in listed)
        )
        return tuple(sorted((*listed, *ruled_out), key=lambda slip: (slip.place.start, slip.place.end)))

    def find_nearest(self, words: str) -> Likeness | None:
        """The place that is nearest to some words, by whole words; None when nothing is near at all."""
        return similarity.find_nearest(words, self.prose)

    # ---- What it names

    @cached_property
    def _entities(self) -> Entities:
        return entities.find_entities(self.prose)

    @property
    def drugs(self) -> tuple[Mention[Drug], ...]:
        return self._entities.drugs

    @cached_property
    def preparations(self) -> tuple[Preparation, ...]:
        """The drugs that have a strength; the parts of a combination are one."""
        return tuple(preparations.find_preparations(self.prose, self.drugs))

    @property
    def treatments(self) -> tuple[Mention[Treatment], ...]:
        """Treatments and tests that have a specific name in the tables."""
        return self._entities.treatments

    @property
    def parts(self) -> tuple[Mention[Part], ...]:
        """Parts of the body."""
        return self._entities.parts

    def drugs_in(self, place: Place) -> Sequence[Mention[Drug]]:
        """The drugs whose names begin within a place."""
        return entities.select_mentions(self.drugs, place.start, place.end)

    def treatments_in(self, place: Place) -> Sequence[Mention[Treatment]]:
        """The treatments and tests whose names begin within a place."""
        return entities.select_mentions(self.treatments, place.start, place.end)

    def parts_in(self, place: Place) -> Sequence[Mention[Part]]:
        """The parts of the body whose names begin within a place."""
        return entities.select_mentions(self.parts, place.start, place.end)

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """Parts of the body, each with its side where one is given."""
        return sites.find_sites(self.prose, self.parts)

    @cached_property
    def particulars(self) -> tuple[Particular, ...]:
        """What it tells apart from others of its kind: levels of the spine, fingers, sides and positions."""
        return tuple(particulars.find_particulars(self))

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Numbers of visits, injections and tablets, those after "#" last."""
        return tuple(amounts.find_amounts(self.prose))

    @cached_property
    def figures(self) -> frozenset[float]:
        """The values of all its numbers, in figures or in words."""
        return frozenset(numbers.value(match.group()) for match in _FIGURE.finditer(self.text))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Numbers with their units, bounds and rates; none that are part of a date."""
        return tuple(quantities.find_quantities(self.prose, [each.place for each in self.dates]))

    def quantities_in(self, place: Place) -> Sequence[Quantity]:
        """The quantities that begin within a place."""
        return quantities.select_quantities(self.quantities, place)

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        return dates.find_dates(self.prose)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Days, months and years that it names."""
        return tuple(periods.find_periods(self.prose, self.dates))

    @cached_property
    def ages(self) -> tuple[AgeMention, ...]:
        """The ages of persons that it gives."""
        return tuple(ages.find_ages(self.prose))

    @cached_property
    def stated_sex(self) -> tuple[SexMention, ...]:
        """Where it states the worker's sex."""
        return tuple(persons.find_stated_sex(self.prose, self.is_quoted))

    @cached_property
    def pronouns(self) -> tuple[SexMention, ...]:
        """Every form of "he" and "she", whoever is meant."""
        return tuple(persons.find_pronouns(self.prose))

    # ---- What it says

    @cached_property
    def beginnings(self) -> tuple[Beginning, ...]:
        """When drugs, treatments and states began or were done."""
        return tuple(durations.find_beginnings(self))

    @cached_property
    def durations(self) -> tuple[Duration, ...]:
        """The lengths of time since a beginning of which it speaks."""
        return tuple(durations.find_durations(self))

    @cached_property
    def calculations(self) -> tuple[Calculation, ...]:
        """The numbers that it works out from others."""
        return tuple(calculations.find_calculations(self.sentences, self.quantities))

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """What it says of numbers that exceed a limit or keep within it."""
        return tuple(comparisons.find_comparisons(self.sentences, self.quantities))

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What it says to have changed from one quantity to another."""
        return tuple(calculations.find_changes(self.quantities))

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """What it says of clinical terms: there or done, absent or not done, or open."""
        return tuple(records.find_records(self))

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """What its sentences on criteria are about."""
        return tuple(scopes.find_scopes(self))

    @cached_property
    def sign_results(self) -> tuple[SignResult, ...]:
        """The signs of the examination that it calls positive or negative."""
        return tuple(sign_results.find_sign_results(self))

    @cached_property
    def ratings(self) -> tuple[Rating, ...]:
        """Values on known scales; those by name first."""
        return tuple(ratings.find_ratings(self.prose))

    @cached_property
    def absences(self) -> tuple[Absence, ...]:
        """Its claims that something is absent, or was not done."""
        return tuple(absences.find_absences(self))

    @cached_property
    def responses(self) -> tuple[Response, ...]:
        """The responses to treatments of which it tells."""
        return tuple(responses.find_responses(self))

    @cached_property
    def recorded(self) -> Recorded:
        """Its records and absences by term: what it tells of the case."""
        return Recorded(self)

    @cached_property
    def treatment_events(self) -> tuple[TreatmentEvent, ...]:
        """Treatments and studies that it says were done, or were not."""
        return tuple(treatment_events.find_treatment_events(self.treatments, self.sentence_of))

    @cached_property
    def past_visits(self) -> tuple[PastVisits, ...]:
        """The numbers of visits that it says took place."""
        return tuple(past_visits.find_past_visits(self))

    @cached_property
    def opioid_doses(self) -> tuple[OpioidDose, ...]:
        """The daily doses of opioids that it gives."""
        return tuple(opioid_doses.find_opioid_doses(self))

    @cached_property
    def morphine_claims(self) -> tuple[MorphineClaim, ...]:
        """The daily doses in morphine that it states for the worker."""
        return tuple(opioid_doses.find_morphine_claims(self))

    @cached_property
    def enumerations(self) -> tuple[Enumeration, ...]:
        """Its lists that are announced with a number."""
        return tuple(enumerations.find_enumerations(self.sentences))

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The words that decide whether something is medically necessary."""
        return verdicts.find_verdicts(self.sentences)

    def names_necessity(self) -> bool:
        """Whether its last sentences speak of medical necessity, however that is meant."""
        return verdicts.names_necessity(self.sentences)

    @cached_property
    def conclusion(self) -> Verdict | None:
        """The verdict that decides, None where it has none."""
        return verdicts.find_conclusion(self.verdicts)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Where it refers to what was requested."""
        return references.find_references(self.sentences, self.conclusion)
