"""The annotations of one letter, each computed on first use and kept as long as the Reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imrlint.document.letter import ClauseKind, Dispute, Letter, Portion, SectionKind
from imrlint.document.prose import Place, Prose
from imrlint.document.text import Span
from imrlint.once import cached_property
from imrlint.reading import (
    arguments,
    asides,
    blanks,
    citation_formats,
    citations,
    doubts,
    identifiers,
    items,
    lone_sides,
    mechanism,
    mentions,
    miscalculations,
    spelling,
    strays,
    timeline,
)
from imrlint.reading.account import Account
from imrlint.reading.arguments import Argument
from imrlint.reading.asides import HiddenIdentifier
from imrlint.reading.background import Background
from imrlint.reading.citation_formats import CitationFormat
from imrlint.reading.citations import Cited
from imrlint.reading.dates import DateMention
from imrlint.reading.departures import Departure, find_departures
from imrlint.reading.doubts import Doubter, WordDoubt
from imrlint.reading.figures import Figures
from imrlint.reading.house_citations import UnusualCitation, find_unusual_citations
from imrlint.reading.house_spelling import OtherSpelling, find_other_spellings
from imrlint.reading.house_usage import weigh_doubts
from imrlint.reading.identifiers import Identifier, Kind
from imrlint.reading.items import Item, Visits
from imrlint.reading.lone_sides import LoneSide
from imrlint.reading.miscalculations import Miscalculation
from imrlint.reading.passage import Passage
from imrlint.reading.persons import SexMention
from imrlint.reading.recitals import list_recited
from imrlint.reading.spelling import Misspelling
from imrlint.reading.strays import Stray
from imrlint.reading.timeline import Event, InjuryDate, Role
from imrlint.reading.wording import Wording, read_wordings

if TYPE_CHECKING:
    from imrlint.memory.recall import Memory

_TEMPLATE = (SectionKind.HOW, SectionKind.NOTICE_QUALIFICATIONS, SectionKind.DOCUMENTS)


class Reading:
    """A letter with its annotations.

    A `Passage` has the annotations of one running text, the Reading those of the letter as a whole.
    """

    def __init__(self, letter: Letter, doubter: Doubter | None = None, memory: Memory | None = None) -> None:
        """The Reading of a letter. Without a `doubter` no word of it is doubted, without a `memory` of the house none
        of its sentences is compared with those of other letters.
        """
        self.letter = letter
        self.doubter = doubter
        self.memory = memory
        self._passages: dict[Span, Passage] = {}
        self._portions: dict[Span, tuple[Portion, ...]] = {}
        self._strays: dict[Item, tuple[Stray, ...]] = {}

    def passage(self, prose: Prose) -> Passage:
        """The passage of one running text of the letter, the same for every prose of the same span."""
        if prose.span not in self._passages:
            self._passages[prose.span] = Passage(prose, self.recites)
        return self._passages[prose.span]

    # ---- The running texts

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All running text of the letter in order: sections, clauses, stray and loose text, but no titles of items."""
        return tuple(self.passage(prose) for prose in self.letter.prose)

    @cached_property
    def titles(self) -> tuple[Passage, ...]:
        """The title of each item, in order."""
        return tuple(self.passage(Prose(self.letter.source, each.title.span)) for each in self.letter.disputes)

    @cached_property
    def written(self) -> tuple[Passage, ...]:
        """All text written for this letter rather than taken from the template: running text, then titles."""
        template = [section.span for section in self.letter.sections if section.kind in _TEMPLATE]
        running = (each for each in self.passages if not any(span.covers(each.prose.span) for span in template))
        return (*running, *self.titles)

    @property
    def is_telegraphic(self) -> bool:
        """Whether the summary is telegraphic, and so the way in which the author of the letter writes."""
        return self.summary is not None and self.summary.is_telegraphic

    @cached_property
    def composed(self) -> tuple[Passage, ...]:
        """The text that somebody composed for this letter: `written` without titles and without clauses on
        guidelines.
        """
        clauses = (clause for dispute in self.letter.disputes for clause in dispute.clauses)
        cited = {clause.span for clause in clauses if clause.kind is not ClauseKind.RATIONALE}
        titles = {title.prose.span for title in self.titles}
        return tuple(
            each
            for each in self.written
            if each.prose.span not in titles and not any(span.covers(each.prose.span) for span in cited)
        )

    @cached_property
    def summary(self) -> Passage | None:
        """The clinical case summary, None where the letter has none."""
        prose = self.letter.summary
        return self.passage(prose) if prose else None

    # ---- The disputed items

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The disputed items in order, each with its profile and its rationale."""
        return tuple(self._build_item(dispute, title) for dispute, title in self._titled())

    def item(self, dispute: Dispute) -> Item:
        """The profile of one item. Raises `ValueError` for an item of another letter."""
        return self.items[self.letter.disputes.index(dispute)]

    def find_other_item(self, place: Place, item: Item) -> Item | None:
        """The item that words of the rationale of `item` name instead of `item`; None where they name no other item."""
        return items.find_other_item(place, item, self.items)

    @cached_property
    def told(self) -> tuple[Passage, ...]:
        """The texts that tell the case: the summary, and the titles of the items."""
        return ((self.summary,) if self.summary else ()) + self.titles

    def find_strays(self, item: Item) -> tuple[Stray, ...]:
        """What the rationale of an item names and nothing else in the letter does, or another way where it is told."""
        if item not in self._strays:
            self._strays[item] = tuple(strays.find_strays(item, self.account))
        return self._strays[item]

    @cached_property
    def account(self) -> Account:
        """What the texts of the letter tell of the case, against which the rationales are held."""
        return Account(self.written, self.told)

    def find_miscalculations(self, passage: Passage) -> Iterator[Miscalculation]:
        """The numbers that one of the passages works out and that do not follow from the figures of the letter."""
        item = next((each for each in self.items if each.rationale is passage), None)
        figures = Figures(passage, item, self.passages, self.written, self.told)
        return miscalculations.find_miscalculations(figures)

    @cached_property
    def lone_sides(self) -> tuple[LoneSide, ...]:
        """Sides in the summary and the titles that no other place has, where others have the other side."""
        rationales = [each.rationale for each in self.items if each.rationale]
        return tuple(lone_sides.find_lone_sides(self.told, rationales)) if self.summary else ()

    def find_arguments(self, item: Item) -> tuple[Argument, ...]:
        """What the rationale of an item says for or against it, besides its verdicts, in order."""
        rationale = item.rationale
        if rationale is None:
            return ()
        found = arguments.find_arguments(rationale.sentences, item.names)
        decided = [verdict.place for verdict in rationale.verdicts]
        return tuple(each for each in found if not any(each.place.overlaps(place) for place in decided))

    def count_visits(self, portion: Portion) -> Visits | None:
        """The visits that a portion of a title requests; None where it gives no number."""
        return items.count_visits(portion)

    def find_mentions(self, item: Item) -> Iterator[Place]:
        """The words of the summary and of the rationales that speak of what an item requests."""
        rationales = (each.rationale for each in self.items)
        return mentions.find_mentions(item, filter(None, (self.summary, *rationales)))

    def find_dosing(self, item: Item) -> Iterator[Place]:
        """The sentences on the dose of the disputed drug in its rationale that do not name it."""
        return mentions.find_dosing(item)

    def read_portions(self, place: Place) -> tuple[Portion, ...]:
        """The strengths, numbers, frequencies … in a place of the running text, read as a title is."""
        from imrlint.parser.request import read_portions  # a broken installation has no grammars, and says so later

        if place.span not in self._portions:
            self._portions[place.span] = read_portions(Prose(self.letter.source, place.span))
        return self._portions[place.span]

    def _titled(self) -> Iterator[tuple[Dispute, Passage]]:
        return zip(self.letter.disputes, self.titles, strict=True)

    def _build_item(self, dispute: Dispute, title: Passage) -> Item:
        portions = (self.passage(Prose(self.letter.source, each.span)) for each in dispute.request.portions)
        rationale = self.passage(dispute.rationale) if dispute.rationale else None
        return items.build_item(dispute, title, tuple(portions), rationale)

    @cached_property
    def citations(self) -> tuple[Cited, ...]:
        """Everything that the clauses of the items cite, in order."""
        return tuple(citations.find_citations(self.letter.disputes))

    @cached_property
    def citation_format(self) -> CitationFormat:
        """The format in which the letter cites guidelines."""
        return citation_formats.recognise_format(self.letter)

    # ---- The letter as a whole

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """The dates in the running text, in order."""
        return tuple(mention for each in self.passages for mention in each.dates)

    @cached_property
    def timeline(self) -> tuple[Event, ...]:
        """The valid dates in the running text, in order, each with what happened on it."""
        return tuple(timeline.build_timeline(self.dates))

    @cached_property
    def injury(self) -> InjuryDate | None:
        """The date of injury: that of the cover, or else the first in the running text; None without a valid one."""
        return timeline.find_injury_date(self.letter.header, self.timeline)

    @cached_property
    def background(self) -> Background:
        """What the letter has on the worker apart from criteria."""
        rationales = [each.rationale for each in self.items if each.rationale is not None]
        told = tuple(
            record
            for rationale in rationales
            for record in rationale.records
            if (sentence := rationale.sentence_of(record.place)).is_of_case and not sentence.speaks_for_guideline
        )
        denied = self.letter.header.denied
        return Background(self.summary, self.titles, told, self.injury, denied.value if denied else None, self.timeline)

    @cached_property
    def mechanism(self) -> frozenset[str]:
        """The lemmas of the words by which the summary tells how the injury came about."""
        if self.summary is None:
            return frozenset()
        return mechanism.find_mechanism(self.summary, self.timeline, self.injury.day if self.injury else None)

    def events(self, *roles: Role) -> Iterator[Event]:
        """The events of the timeline that have one of the roles."""
        return (event for event in self.timeline if event.role in roles)

    @cached_property
    def stated_sex(self) -> tuple[SexMention, ...]:
        """Where the letter states the worker's sex."""
        return tuple(mention for each in self.written for mention in each.stated_sex)

    @cached_property
    def misspellings(self) -> tuple[Misspelling, ...]:
        """Unknown words that are nearly a known one, or two known ones written together; no names of persons."""
        texts = dict.fromkeys((*self.passages, *self.titles))  # the words of the template may be mistyped too
        names = [each.span for each in self.identifiers if each.kind in (Kind.NAME, Kind.REVIEWER)]
        found = spelling.find_misspellings(self.letter, tuple(texts))
        return tuple(each for each in found if not any(name.covers(each.token.place.span) for name in names))

    @cached_property
    def doubts(self) -> tuple[WordDoubt, ...]:
        """Words of the running text that a trained reader doubts, in order; none that other annotations find wrong."""
        if self.doubter is None:
            return ()
        running = self.composed
        left_out = [each.span for each in self.identifiers]
        left_out += self.letter.source.unsure
        left_out += self._sentences_with_blanks()
        left_out += [each.token.place.span for each in self.misspellings]
        for passage in running:
            left_out += [slip.place.span for slip in passage.phrase_slips]
            left_out += [place.span for repeat in passage.repeats for place in (repeat.once, repeat.again)]
        found = tuple(doubts.find_doubts(running, self.doubter, left_out))
        return tuple(weigh_doubts(found, self.wordings, self.memory)) if self.memory else found

    @cached_property
    def wordings(self) -> tuple[Wording, ...]:
        """The sentences of the composed text in order, with what varies masked."""
        return tuple(each for passage in self.composed for each in read_wordings(passage, self.secrets))

    @cached_property
    def _recited(self) -> frozenset[Span]:
        """The sentences that many letters of the house have word for word, apart from numbers."""
        return frozenset(list_recited(self.wordings, self.memory)) if self.memory else frozenset()

    def recites(self, sentence: Place) -> bool:
        """Whether many letters of the house have a sentence word for word, apart from numbers."""
        return self.memory is not None and sentence.span in self._recited

    @cached_property
    def departures(self) -> tuple[Departure, ...]:
        """Where sentences depart from what the house has in many letters, in order; none without a memory, and none
        at words that other annotations find wrong.
        """
        if self.memory is None:
            return ()
        wrong = [each.token.place.span for each in self.misspellings]
        wrong += [repeat.again.span for passage in self.composed for repeat in passage.repeats]
        found = sorted(find_departures(self.wordings, self.memory), key=lambda each: each.place.span)
        return tuple(each for each in found if not any(each.place.span.covers(span) for span in wrong))

    @cached_property
    def other_spellings(self) -> tuple[OtherSpelling, ...]:
        """The words that the house spells another way, in order; none without a memory."""
        return tuple(find_other_spellings(self.wordings, self.memory)) if self.memory else ()

    @cached_property
    def unusual_citations(self) -> tuple[UnusualCitation, ...]:
        """What a reviewer cites that the house never cites for such an item, in order; none without a memory."""
        if self.memory is None:
            return ()
        cited = [(each, self.item(each.dispute)) for each in self.citations]
        return tuple(find_unusual_citations(cited, self.memory))

    def _sentences_with_blanks(self) -> Iterator[Span]:
        """The sentences in which somebody was to write, which are none before."""
        for passage in self.composed if self.blanks else ():
            spans = (sentence.place.span for sentence in passage.sentences)
            yield from (span for span in spans if any(span.overlaps(blank) for blank in self.blanks))

    @cached_property
    def blanks(self) -> tuple[Span, ...]:
        """The places where somebody was to write and did not, as the file or its words tell."""
        return blanks.find_blanks(self.letter.source)

    @cached_property
    def identifiers(self) -> tuple[Identifier, ...]:
        """Words that identify a person."""
        return tuple(identifiers.find_identifiers(self.letter))

    @cached_property
    def hidden_identifiers(self) -> tuple[HiddenIdentifier, ...]:
        """Words that identify a person and are not in the letter's text, but in properties, comments or notes."""
        return tuple(asides.find_hidden_identifiers(self.letter.source.asides))

    @cached_property
    def secrets(self) -> tuple[Span, ...]:
        """The spans that every output masks: the identifiers, and further occurrences of the names among them."""
        return tuple(identifiers.find_secrets(self.letter, self.identifiers))
