"""What the clauses of a letter cite, and whether a citation can be about what was requested."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imrlint.document.letter import Citation, Clause, Dispute, Request, RequestKind
from imrlint.knowledge.guidelines import contents, subjects
from imrlint.knowledge.guidelines import documents as guidelines
from imrlint.knowledge.guidelines.contents import Chapter, Section
from imrlint.knowledge.guidelines.documents import Document
from imrlint.once import cached_property

# Kinds whose subjects are exact enough to judge a citation by. A consultation, a supply or an
# associated service may rightly cite the guideline on the treatment that it belongs to.
_JUDGED = (
    RequestKind.DRUG,
    RequestKind.COMPOUND,
    RequestKind.INJECTION,
    RequestKind.THERAPY,
    RequestKind.ACUPUNCTURE,
    RequestKind.CHIROPRACTIC,
    RequestKind.IMAGING,
    RequestKind.ELECTRODIAGNOSTIC,
    RequestKind.LABORATORY,
    RequestKind.DEVICE,
    RequestKind.SURGERY,
)
# Kinds that are too vague to judge a citation by, unless the title names something more exact.
_VAGUE = (RequestKind.THERAPY, RequestKind.LABORATORY, RequestKind.DEVICE)


@dataclass(frozen=True, eq=False)
class Cited:
    """One guideline that a clause of an item cites, with what the tables have on it."""

    dispute: Dispute
    clause: Clause
    citation: Citation

    @property
    def is_reviewers(self) -> bool:
        """Whether the reviewer cites it: whether it is in the MAXIMUS guideline clause of the item."""
        return self.clause is self.dispute.reviewer

    @property
    def document(self) -> Document | None:
        """The guideline in the tables; None where they do not have it."""
        return guidelines.documents()[self.citation.document] if self.citation.document else None

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections that it names, as far as the tables have them."""
        return sections_of(self.citation)

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters of a large work that it names, as far as the tables have them."""
        return chapters_of(self.citation)

    @cached_property
    def regions(self) -> frozenset[str]:
        """The regions of the body that it is about; empty where it covers the whole body."""
        return regions_cited(self.citation)


def find_citations(disputes: tuple[Dispute, ...]) -> Iterator[Cited]:
    """Everything that the clauses of the items cite, in order."""
    for dispute in disputes:
        for clause in dispute.clauses:
            for citation in clause.citations:
                yield Cited(dispute, clause, citation)


def subjects_of(request: Request) -> frozenset[str]:
    """The subjects under which the request may be judged; empty where they are not known.

    Besides those of its kind they are those of all that it names: a drug for a pump, an injection under imaging.
    """
    if request.kind not in _JUDGED or (request.kind in _VAGUE and request.subjects == {request.kind.value}):
        return frozenset()
    named = frozenset[str]().union(*(subjects.find(portion.text) for portion in request.portions))
    return frozenset[str]().union(*map(subjects.list_related, request.subjects | named))


def can_be_about(cited: frozenset[str], requested: frozenset[str]) -> bool:
    """Whether the subjects `cited` and `requested` have one in common; true where either is unknown."""
    return not cited or not requested or "any" in cited or bool(cited & requested)


def sections_of(citation: Citation) -> tuple[Section, ...]:
    """The sections that a citation names, as far as the tables have them."""
    if citation.document is None:
        return ()
    named = (contents.find_section(citation.document, field.value) for field in citation.sections if field.value)
    return tuple(section for section in named if section)


def sections_on(document: str, requested: frozenset[str]) -> Iterator[Section]:
    """The sections of a document on one of the subjects, without sections on every subject."""
    for section in contents.sections(document):
        if section.subjects & requested and "any" not in section.subjects:
            yield section


def regions_of(dispute: Dispute) -> frozenset[str]:
    """The regions that the disputed portion names; for "cervical spine" only the neck."""
    named = frozenset(part.value for part in dispute.request.disputed.body_parts if part.value)
    return named - {"spine"} if named & {"neck", "thoracic", "low back"} else named


def chapters_of(citation: Citation) -> tuple[Chapter, ...]:
    """The chapters of a large work that a citation names, as far as the tables have them."""
    if citation.document is None:
        return ()
    named = (contents.find_chapter(citation.document, field.value) for field in citation.chapters if field.value)
    return tuple(chapter for chapter in named if chapter)


def regions_cited(citation: Citation) -> frozenset[str]:
    """The regions that a citation is about; empty where it covers the whole body."""
    if citation.document is None:
        return frozenset()
    own = guidelines.documents()[citation.document].regions
    return own.union(*(chapter.regions for chapter in chapters_of(citation)))


def serves(citation: Citation, dispute: Dispute) -> bool:
    """Whether a citation is about the item in particular, by region or else by subject."""
    if citation.document is None:
        return False
    if regions := regions_cited(citation):
        return bool(regions & regions_of(dispute))
    own = guidelines.documents()[citation.document].subjects.union(*(s.subjects for s in sections_of(citation)))
    return bool(own & subjects_of(dispute.request))
