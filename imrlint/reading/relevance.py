"""Whether what a clause cites can be about what was asked for: by subject, and by region of the body."""

from __future__ import annotations

from collections.abc import Iterator

from imrlint.document.letter import Citation, Dispute, Request, RequestKind
from imrlint.knowledge.guidelines import contents, subjects
from imrlint.knowledge.guidelines import documents as guidelines
from imrlint.knowledge.guidelines.contents import Chapter, Section

# Kinds whose subjects are sure enough to judge a guideline by. A consultation, a supply or an
# associated service is rightly judged under the treatment that it serves.
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
# Kinds that stand for themselves only when the title names nothing more exact.
_VAGUE = (RequestKind.THERAPY, RequestKind.LABORATORY, RequestKind.DEVICE)


def subjects_of(request: Request) -> frozenset[str]:
    """Every subject under which the request may be judged; empty where it cannot be told."""
    if request.kind not in _JUDGED or (request.kind in _VAGUE and request.subjects == {request.kind.value}):
        return frozenset()
    return frozenset[str]().union(*map(subjects.also, request.subjects))


def about(cited: frozenset[str], asked: frozenset[str]) -> bool:
    """Whether something on the subjects `cited` can be about the subjects `asked`."""
    return not cited or not asked or "any" in cited or bool(cited & asked)


def sections(citation: Citation) -> tuple[Section, ...]:
    """The sections of a citation that are known."""
    if citation.document is None:
        return ()
    named = (contents.named(citation.document, field.value) for field in citation.sections if field.value)
    return tuple(section for section in named if section)


def on_subject(document: str, asked: frozenset[str]) -> Iterator[Section]:
    """The sections of a document that are about one of the subjects, not about everything."""
    for section in contents.sections(document):
        if section.subjects & asked and "any" not in section.subjects:
            yield section


def regions_of(dispute: Dispute) -> frozenset[str]:
    """The regions that the disputed portion names; of "cervical spine" only the neck."""
    named = frozenset(part.value for part in dispute.request.disputed.body_parts if part.value)
    return named - {"spine"} if named & {"neck", "thoracic", "low back"} else named


def chapters(citation: Citation) -> tuple[Chapter, ...]:
    """The chapters that a citation of a large work names."""
    if citation.document is None:
        return ()
    named = (contents.chapter(citation.document, field.value) for field in citation.chapters if field.value)
    return tuple(chapter for chapter in named if chapter)


def regions_cited(citation: Citation) -> frozenset[str]:
    """The regions that a citation is about; empty for one that serves the whole body."""
    if citation.document is None:
        return frozenset()
    own = guidelines.documents()[citation.document].regions
    return own.union(*(chapter.regions for chapter in chapters(citation)))


def serves(citation: Citation, dispute: Dispute) -> bool:
    """Whether what is cited is about the very item: its subject or its region, not everything at large."""
    if citation.document is None:
        return False
    asked = subjects_of(dispute.request)
    if regions := regions_cited(citation):
        return bool(regions & regions_of(dispute))
    own = guidelines.documents()[citation.document].subjects.union(*(s.subjects for s in sections(citation)))
    return bool(own & asked)
