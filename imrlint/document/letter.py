"""The parts of a determination letter as immutable data, each with its span."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Generic, NamedTuple, TypeVar

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.once import cached_property

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Field(Generic[T_co]):
    """A printed value: `raw` is its text, `value` its meaning, None where the text cannot be interpreted."""

    raw: str
    span: Span
    value: T_co | None


class Generation(Enum):
    """The format of a letter, which decides the parts that it must have."""

    NOTICE = "notice of determination (2013)"
    PROFESSIONAL = "medical professional review (2013)"
    NUMBERED = "numbered decisions (2013/14)"
    PLAIN = "determination (2014 on, cover not kept)"
    COVER = "determination with cover page"


class SectionKind(Enum):
    """The titled sections of all generations. The value is the correct title."""

    HOW = "HOW THE IMR FINAL DETERMINATION WAS MADE"
    SUMMARY = "CLINICAL CASE SUMMARY"
    ISSUES = "IMR ISSUES, DECISIONS AND RATIONALES"
    NUMBERED_ISSUES = "IMR DECISION(S) AND RATIONALE(S)"
    DOCUMENTS = "DOCUMENTS REVIEWED"
    NOTICE = "Notice of Independent Medical Review Determination"
    NOTICE_DECISION = "INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE"
    NOTICE_QUALIFICATIONS = "Medical Qualifications of the Expert Reviewer"
    NOTICE_SUMMARY = "Case Summary"
    NOTICE_DOCUMENTS = "Documents Reviewed for Determination"
    PROFESSIONAL = "MEDICAL PROFESSIONAL REVIEW"
    ISSUE = "ISSUE AT DISPUTE"
    RELIED_UPON = "MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL REVIEWER AND WHY"
    WHY_NOT = "RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS NOT MEDICALLY NECESSARY"
    QUALIFICATIONS = "MEDICAL REVIEWER QUALIFICATIONS"


@dataclass(frozen=True, slots=True)
class Section:
    span: Span
    title: Field[SectionKind]
    prose: Prose | None

    @property
    def kind(self) -> SectionKind:
        assert self.title.value is not None
        return self.title.value


class LabelledDate(NamedTuple):
    """A date of the cover, and a name for its label."""

    label: str
    field: Field[date]


@dataclass(frozen=True, slots=True)
class Header:
    """The cover page: the values printed beside its labels, None for a label that is missing."""

    case_number: Field[str] | None = None
    priority: Field[str] | None = None
    assigned: Field[date] | None = None
    decided: Field[date] | None = None
    injury: Field[date] | None = None
    denied: Field[date] | None = None
    received: Field[date] | None = None

    def dates(self) -> Iterator[LabelledDate]:
        """Each date that has its label on the cover."""
        for label, field in (
            ("date of injury", self.injury),
            ("UR denial date", self.denied),
            ("application date", self.received),
            ("date assigned", self.assigned),
            ("decision date", self.decided),
        ):
            if field is not None:
                yield LabelledDate(label, field)

    def __bool__(self) -> bool:
        return any(getattr(self, slot) is not None for slot in self.__slots__)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """The reviewer's states of licensure and specialties. `credentials` is where the letter gives them."""

    states: tuple[Field[str], ...] = ()
    specialties: tuple[Field[str], ...] = ()
    credentials: Span | None = None


class Decision(Enum):
    """The outcome for the denial by utilization review."""

    UPHELD = "Upheld"
    OVERTURNED = "Overturned"


class ClauseKind(Enum):
    CLAIMS = "Claims Administrator guideline"
    REVIEWER = "MAXIMUS guideline"
    RATIONALE = "Decision rationale"


@dataclass(frozen=True, slots=True)
class Citation:
    """One guideline that a clause cites.

    `document` is the key of the guideline in the knowledge tables, None for a source that they do not
    have (then `name` is the free Non-MTUS text). The value of a chapter or section is its name in the
    tables, None where they do not have it. `number` is the number of a chapter that is cited by number.
    """

    span: Span
    name: Field[str]
    document: str | None = None
    year: Field[int] | None = None
    edition: Field[int] | None = None
    number: Field[int] | None = None
    chapters: tuple[Field[str], ...] = ()
    sections: tuple[Field[str], ...] = ()
    pages: tuple[Field[int], ...] = ()
    mtus: bool = True


@dataclass(frozen=True, slots=True)
class Clause:
    """A labelled part of a dispute. `prose` is None where nothing follows the label.

    `cites_nothing` is true where the clause states that it cites no guideline. `stray` is text that
    follows the paragraph of a guideline clause and cites nothing.
    """

    kind: ClauseKind
    span: Span
    label: Field[str]
    prose: Prose | None
    citations: tuple[Citation, ...] = ()
    cites_nothing: bool = False
    stray: Prose | None = None


class RequestKind(Enum):
    DRUG = "drug"
    COMPOUND = "compound"
    INJECTION = "injection"
    THERAPY = "therapy"
    ACUPUNCTURE = "acupuncture"
    CHIROPRACTIC = "chiropractic"
    IMAGING = "imaging"
    ELECTRODIAGNOSTIC = "electrodiagnostic"
    LABORATORY = "laboratory"
    SURGERY = "surgery"
    ASSOCIATED = "associated service"
    DEVICE = "device"
    SUPPLY = "supply"
    CONSULTATION = "consultation"
    PROGRAMME = "programme"
    HOME_CARE = "home care"
    TRANSPORT = "transport"
    OTHER = "other"


class Strength(NamedTuple):
    """One amount for each ingredient, in `unit`: "mg", "mcg", "%", "meq", "units" or "g"."""

    amounts: tuple[float, ...]
    unit: str


class Side(Enum):
    LEFT = "left"
    RIGHT = "right"
    BOTH = "bilateral"


class Rate(NamedTuple):
    """`least` to `most` times in `days` days, for `weeks` weeks where the same words give a duration."""

    least: float
    most: float
    days: float
    weeks: float | None = None


@dataclass(frozen=True, slots=True)
class Portion:
    """What a title, or one of its sentences, requests; a field is empty where it says nothing.

    `text` has its words on one line. The value of a drug is its name in the knowledge tables, of a
    quantity the number, of a duration the days (the longest of a range), of a level its name in the form
    "L4-L5", of a body part its region.
    """

    span: Span
    text: str
    drugs: tuple[Field[str], ...] = ()
    strengths: tuple[Field[Strength], ...] = ()
    forms: tuple[Field[str], ...] = ()
    quantities: tuple[Field[float], ...] = ()
    refills: tuple[Field[float], ...] = ()
    frequencies: tuple[Field[Rate], ...] = ()
    durations: tuple[Field[float], ...] = ()
    service_dates: tuple[Field[str], ...] = ()
    body_parts: tuple[Field[str], ...] = ()
    levels: tuple[Field[str], ...] = ()
    sides: tuple[Field[Side], ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """What the title of an item requests. A partly approved request also has an original and an authorized portion.

    `subjects` are the subjects of the disputed portion in the terms of guidelines (classes of drugs,
    kinds of treatment), empty where the tables have none.
    """

    kind: RequestKind
    subjects: frozenset[str]
    disputed: Portion
    original: Portion | None = None
    authorized: Portion | None = None
    retrospective: bool = False

    @property
    def portions(self) -> tuple[Portion, ...]:
        return tuple(p for p in (self.original, self.authorized, self.disputed) if p is not None)


@dataclass(frozen=True, slots=True, eq=False)
class Dispute:
    """One disputed item: what was requested, what was decided, and on what grounds.

    `decision` is None where none is printed. `stray` is text between the title and the first clause.
    """

    span: Span
    title: Field[str]
    decision: Field[Decision] | None
    clauses: tuple[Clause, ...]
    request: Request
    stray: Prose | None = None

    def clause(self, kind: ClauseKind) -> Clause | None:
        """The first clause of a kind, None where the item has none."""
        return next((clause for clause in self.clauses if clause.kind is kind), None)

    @property
    def claims(self) -> Clause | None:
        return self.clause(ClauseKind.CLAIMS)

    @property
    def reviewer(self) -> Clause | None:
        return self.clause(ClauseKind.REVIEWER)

    @property
    def rationale(self) -> Prose | None:
        clause = self.clause(ClauseKind.RATIONALE)
        return clause.prose if clause else None


@dataclass(frozen=True, slots=True)
class Announcement:
    """A decision that a notice of 2013 announces before the items themselves."""

    span: Span
    number: int
    title: Field[str]
    decision: Field[Decision]


# Titles that a notice without a determination and reports of other kinds have, too.
_SHARED = frozenset(
    {SectionKind.NOTICE, SectionKind.NOTICE_SUMMARY, SectionKind.DOCUMENTS, SectionKind.NOTICE_DOCUMENTS}
)
# Titles that may stand above the cover.
_BEFORE = frozenset({SectionKind.NOTICE, SectionKind.PROFESSIONAL})


@dataclass(frozen=True, eq=False)
class Letter:
    """A determination letter, its parts in order. `loose` is text that belongs to no section or item."""

    source: Source
    generation: Generation
    header: Header
    sections: tuple[Section, ...]
    reviewer: Reviewer
    disputes: tuple[Dispute, ...]
    announcements: tuple[Announcement, ...] = ()
    loose: tuple[Prose, ...] = ()

    def section(self, *kinds: SectionKind) -> Section | None:
        """The first section of one of the kinds, None where the letter has none."""
        return next((section for section in self.sections if section.kind in kinds), None)

    @cached_property
    def is_determination(self) -> bool:
        """Whether the text has anything of a determination: a title of a section, or a clause of an item."""
        return (
            any(section.kind not in _SHARED for section in self.sections)
            or any(dispute.clauses for dispute in self.disputes)
            or bool(self.announcements)
        )

    @cached_property
    def opening(self) -> Span:
        """Everything before the determination itself: its cover, and a notice or covering letter mailed with it."""
        beginnings = [section.span.start for section in self.sections if section.kind not in _BEFORE]
        beginnings += [dispute.span.start for dispute in self.disputes]
        return Span(0, min(beginnings, default=len(self.source.text)))

    @property
    def qualifications(self) -> Section | None:
        """The section that describes the reviewer in this generation."""
        return self.section(SectionKind.HOW, SectionKind.NOTICE_QUALIFICATIONS, SectionKind.QUALIFICATIONS)

    @property
    def summary(self) -> Prose | None:
        """The clinical case summary, whichever title this generation gives it."""
        section = self.section(SectionKind.SUMMARY, SectionKind.NOTICE_SUMMARY)
        return section.prose if section else None

    def missing(self, kind: ClauseKind) -> Iterator[Dispute]:
        """The items whose clause of a kind is missing or empty.

        An item that a notice only announces, without any clause, is left out.
        """
        for dispute in self.disputes:
            clause = dispute.clause(kind)
            if (clause is None or clause.prose is None) and (dispute.clauses or not self.announcements):
                yield dispute

    @cached_property
    def prose(self) -> tuple[Prose, ...]:
        """All running text in order: sections, clauses, stray and loose text."""
        found = [section.prose for section in self.sections]
        clauses = [clause for dispute in self.disputes for clause in dispute.clauses]
        found += [prose for clause in clauses for prose in (clause.prose, clause.stray)]
        found += [dispute.stray for dispute in self.disputes]
        found += self.loose
        return tuple(sorted((p for p in found if p is not None), key=lambda p: p.span))
