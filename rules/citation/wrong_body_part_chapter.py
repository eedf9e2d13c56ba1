import re
from collections.abc import Iterable, Iterator

from imrlint.rulekit import (
    Category,
    Clause,
    Dispute,
    Finding,
    Importance,
    Letter,
    Note,
    Reading,
    Rule,
    annotation,
    knowledge,
    model,
)

# What is asked for a part of the body, and must be judged by the chapter on that part.
LOCAL = (
    model.RequestKind.IMAGING,
    model.RequestKind.ELECTRODIAGNOSTIC,
    model.RequestKind.SURGERY,
    model.RequestKind.THERAPY,
    model.RequestKind.CHIROPRACTIC,
    model.RequestKind.INJECTION,
    model.RequestKind.OTHER,
)
# What is filed under the low back for every operation, and trigger points, which have no chapter.
AROUND = re.compile(r"\bpre-?\s?op|\bintra-?operative|neuro-?monitoring|\b(?:before|prior to) .*surgery", re.IGNORECASE)
WHOLE_BODY = "Pain (Chronic)"


class WrongBodyPartChapter(Rule):
    """A chapter on another part of the body than the disputed item's.

    The chapter on the low back has no criteria for a knee. Where several chapters are cited, one
    that fits is enough; the thoracic spine is treated under the neck and under the low back, nerve
    tests of a limb under the spine, and equipment where the Official Disability Guidelines file it.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Shoulder Complaints 2004, Section(s): Physical
    -Methods.
    +MAXIMUS guideline: Decision based on MTUS Knee Complaints 2004, Section(s): Physical
    +Methods.
    ```

    ```findings
    "Knee Complaints" a chapter on another part of the body than the disputed item's
      "shoulder" the part of the body that the item is for
    ```
    """

    code = "CIT003"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            asked = _asked(dispute)
            if asked and dispute.request.kind in LOCAL:
                for clause in dispute.clauses:
                    yield from _wrong(clause, dispute, asked)


def _asked(dispute: Dispute) -> frozenset[str]:
    """The regions of the item; nerve tests of a hand or foot are tests of the limb, from the spine down."""
    asked = annotation.regions_of(dispute)
    if dispute.request.kind is model.RequestKind.ELECTRODIAGNOSTIC:
        asked |= {"arm"} if asked & {"shoulder", "elbow", "wrist and hand"} else frozenset()
        asked |= {"leg"} if asked & {"hip", "knee", "ankle and foot"} else frozenset()
    if "trigger point injection" in dispute.request.subjects or AROUND.search(dispute.title.raw):
        return frozenset()
    return asked


def _wrong(clause: Clause, dispute: Dispute, asked: frozenset[str]) -> Iterator[Finding]:
    part = next(part for part in dispute.request.disputed.body_parts if part.value in asked)
    note = Note(part.span, "the part of the body that the item is for")
    for works in _works(clause):
        if any(_fits(citation, dispute, asked) for citation in works):
            continue
        for citation in works:
            place = citation.chapters[0] if citation.chapters else citation.name
            yield Finding(place.span, "a chapter on another part of the body than the disputed item's", notes=(note,))
    if dispute.request.kind is model.RequestKind.IMAGING:
        yield from _unlocated(clause, note)


def _works(clause: Clause) -> Iterator[list[model.Citation]]:
    """The citations with a region, those of the MTUS apart from those of each other work."""
    works: dict[str, list[model.Citation]] = {}
    for citation in clause.citations:
        if annotation.regions_cited(citation):
            works.setdefault("MTUS" if citation.mtus else str(citation.document), []).append(citation)
    yield from works.values()


def _fits(citation: model.Citation, dispute: Dispute, asked: frozenset[str]) -> bool:
    kind = dispute.request.kind.value
    return bool(annotation.regions_cited(citation) & asked) or any(
        kind in chapter.kinds or not chapter.regions for chapter in annotation.chapters_of(citation)
    )


def _unlocated(clause: Clause, note: Note) -> Iterator[Finding]:
    """Imaging of one part, for which only the chapter on pain at large is cited."""
    cited: Iterable[model.Citation] = [c for c in clause.citations if c.document in knowledge.guidelines.documents()]
    if any(annotation.regions_cited(citation) for citation in cited):
        return
    for citation in cited:
        for chapter in citation.chapters:
            if chapter.value == WHOLE_BODY:
                yield Finding(
                    chapter.span,
                    "the chapter on pain holds no imaging; each part of the body has its own",
                    notes=(note,),
                )
