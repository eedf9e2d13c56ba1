"""What is understood of one letter. Each annotation is made when it is first wanted, and is gone with the letter."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from imrlint.document.letter import Dispute, Letter, Portion, SectionKind
from imrlint.document.prose import Place, Prose
from imrlint.document.text import Span
from imrlint.reading import citation_formats, citations, identifiers, items, spelling, timeline
from imrlint.reading.citation_formats import CitationFormat
from imrlint.reading.citations import Cited
from imrlint.reading.dates import DateMention
from imrlint.reading.identifiers import Identifier
from imrlint.reading.items import Item, Visits
from imrlint.reading.passage import Passage
from imrlint.reading.persons import SexMention
from imrlint.reading.spelling import Misspelling
from imrlint.reading.timeline import Event, InjuryDate, Role

_TEMPLATE = (SectionKind.HOW, SectionKind.NOTICE_QUALIFICATIONS, SectionKind.DOCUMENTS)


class Reading:
    """A letter with everything that is understood of it.

    Passages hold what is known of one running text; what concerns the letter as a whole is here.
    """

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self._passages: dict[Prose, Passage] = {}

    def passage(self, prose: Prose) -> Passage:
        """What is known of one running text of the letter."""
        if prose not in self._passages:
            self._passages[prose] = Passage(prose)
        return self._passages[prose]

    # ---- The running texts

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All running text of the letter: sections, clauses, stray and loose text, in order; no titles."""
        return tuple(self.passage(prose) for prose in self.letter.prose)

    @cached_property
    def titles(self) -> tuple[Passage, ...]:
        """The title of each item."""
        return tuple(self.passage(Prose(self.letter.source, each.title.span)) for each in self.letter.disputes)

    @cached_property
    def written(self) -> tuple[Passage, ...]:
        """All text that somebody wrote for this letter, without the template: running text, then titles."""
        template = [section.span for section in self.letter.sections if section.kind in _TEMPLATE]
        running = (each for each in self.passages if not any(span.covers(each.prose.span) for span in template))
        return (*running, *self.titles)

    @cached_property
    def summary(self) -> Passage | None:
        """The clinical case summary."""
        prose = self.letter.summary
        return self.passage(prose) if prose else None

    # ---- The disputed items

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The disputed items, each with its profile and its rationale."""
        return tuple(self._build_item(dispute, title) for dispute, title in self._titled())

    def item(self, dispute: Dispute) -> Item:
        """The profile of one item."""
        return self.items[self.letter.disputes.index(dispute)]

    def find_other_item(self, place: Place, item: Item) -> Item | None:
        """The other item that words of the rationale of an item name instead of it."""
        return items.find_other_item(place, item, self.items)

    def count_visits(self, portion: Portion) -> Visits | None:
        """The visits that the words of a portion of a title come to; None where they give no number."""
        return items.count_visits(portion)

    def _titled(self) -> Iterator[tuple[Dispute, Passage]]:
        return zip(self.letter.disputes, self.titles, strict=True)

    def _build_item(self, dispute: Dispute, title: Passage) -> Item:
        portions = (self.passage(Prose(self.letter.source, each.span)) for each in dispute.request.portions)
        rationale = self.passage(dispute.rationale) if dispute.rationale else None
        return items.build_item(dispute, title, tuple(portions), rationale)

    @cached_property
    def citations(self) -> tuple[Cited, ...]:
        """Everything that the clauses of the items cite."""
        return tuple(citations.find_citations(self.letter.disputes))

    @cached_property
    def citation_format(self) -> CitationFormat:
        """In which form the letter cites guidelines."""
        return citation_formats.recognise_format(self.letter)

    # ---- The letter as a whole

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """Every date in the running text, in order."""
        return tuple(mention for each in self.passages for mention in each.dates)

    @cached_property
    def timeline(self) -> tuple[Event, ...]:
        """Every date that can be read, with what it is the date of, in order."""
        return tuple(timeline.build_timeline(self.dates))

    @cached_property
    def injury(self) -> InjuryDate | None:
        """When the injury happened, by the cover or else by the first date of injury in the running text."""
        return timeline.find_injury_date(self.letter.header, self.timeline)

    def events(self, *roles: Role) -> Iterator[Event]:
        """The dates of the timeline that have one of the roles."""
        return (event for event in self.timeline if event.role in roles)

    @cached_property
    def stated_sex(self) -> tuple[SexMention, ...]:
        """Where the letter says whether the worker is a man or a woman."""
        return tuple(mention for each in self.written for mention in each.stated_sex)

    @cached_property
    def misspellings(self) -> tuple[Misspelling, ...]:
        """Words in no list that are nearly a known one."""
        return tuple(spelling.find_misspellings(self.letter, self.written))

    @cached_property
    def identifiers(self) -> tuple[Identifier, ...]:
        """All that identifies a person."""
        return tuple(identifiers.find_identifiers(self.letter))

    @cached_property
    def secrets(self) -> tuple[Span, ...]:
        """Where words stand that identify a person, each name wherever it stands: no output prints them."""
        return tuple(identifiers.find_secrets(self.letter, self.identifiers))
