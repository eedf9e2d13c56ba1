import re
from collections.abc import Iterable, Iterator

from imrlint.rulekit import (
    Category,
    Dispute,
    Feature,
    Finding,
    Importance,
    Letter,
    Note,
    Pattern,
    Reading,
    Rule,
    annotation,
    knowledge,
    model,
    quote,
)

# What is requested for a part of the body, and must be judged by the chapter on that part.
LOCAL = (
    model.RequestKind.IMAGING,
    model.RequestKind.ELECTRODIAGNOSTIC,
    model.RequestKind.SURGERY,
    model.RequestKind.THERAPY,
    model.RequestKind.CHIROPRACTIC,
    model.RequestKind.INJECTION,
    model.RequestKind.OTHER,
)
# What is in the chapter on the low back for every operation.
AROUND = Pattern(r"\bpre-?\s?op|\bintra-?operative|neuro-?monitoring|\b(?:before|prior to) .*surgery", re.IGNORECASE)
WIDE = frozenset(("spine", "thoracic", "trunk", "arm", "leg"))  # treated along with what a chapter is about
WHOLE_BODY = "Pain (Chronic)"
# What the chapter on pain treats in any part of the body, with its tests.
ANY_PART = Pattern(r"\bCRPS\b|\bRSD\b|complex regional|dystrophy|diagnostic tests", re.IGNORECASE)
ARGUABLE = (Feature.ARGUABLE,)
# Equipment of whatever part of the body, which the Official Disability Guidelines have in the chapter on the knee.
EQUIPMENT = Pattern(r"durable medical equipment", re.IGNORECASE)
NOTE = "the part of the body in the disputed item"


class WrongBodyPartChapter(Rule):
    """The chapter cited is about another part of the body than the disputed item.

    The chapter on the neck has no criteria for the low back: an error. A chapter on a part beside the one in
    dispute, from where the complaint may come, is a warning. Where several chapters are cited, one that fits
    is enough. The thoracic spine may be under the neck or the low back, a part on the border of two regions
    under either, nerve tests of a limb under the spine, and equipment under the chapter in which the Official
    Disability Guidelines have it. For an item without a part of the body, a chapter of the MTUS is a warning where
    neither the summary nor a title names its part.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Shoulder Complaints 2004, Section(s): Physical
    -Methods.
    +MAXIMUS guideline: Decision based on MTUS Knee Complaints 2004, Section(s): Physical
    +Methods.
    ```

    ```findings
    "Knee Complaints" not the part of the body in dispute: "Knee Complaints" here, "shoulder" in the disputed item
      "shoulder" the part of the body in the disputed item
    ```
    """

    code = "CIT003"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            requested = _find_regions(dispute)
            if requested and dispute.request.kind in LOCAL:
                part = next(part for part in dispute.request.disputed.body_parts if part.value in requested)
                for clause in dispute.clauses:
                    cited = [each for each in reading.citations if each.clause is clause]
                    yield from _find_wrong(cited, requested, part)
                    if dispute.request.kind is model.RequestKind.IMAGING:
                        yield from _find_general(cited, part, letter)
            else:
                own = [each for each in reading.citations if each.dispute is dispute and each.citation.mtus]
                yield from _find_foreign(own, reading.background.regions)


def _find_regions(dispute: Dispute) -> frozenset[str]:
    """The regions of the item; nerve tests of a hand or foot are tests of the limb, from the spine down."""
    regions = annotation.regions_of(dispute)
    for field in dispute.request.disputed.body_parts:
        regions = regions.union(*(term.meaning.borders for term in knowledge.anatomy.find(field.raw)))
    if dispute.request.kind is model.RequestKind.ELECTRODIAGNOSTIC:
        regions |= {"arm"} if regions & {"shoulder", "elbow", "wrist and hand"} else frozenset()
        regions |= {"leg"} if regions & {"hip", "knee", "ankle and foot"} else frozenset()
    if "trigger point injection" in dispute.request.subjects or AROUND.search(dispute.title.raw):
        return frozenset()  # trigger points have no chapter
    return regions


def _find_wrong(
    cited: Iterable[annotation.Cited], requested: frozenset[str], part: model.Field[str]
) -> Iterator[Finding]:
    """The chapters that a clause cites of a work, where none of them fits."""
    note = Note(part.span, NOTE)
    for work in _group_by_work(cited):
        if any(_fits(each, requested) for each in work):
            continue
        for each in work:
            chapter = each.citation.chapters[0] if each.citation.chapters else each.citation.name
            message = f"not the part of the body in dispute: {quote(chapter.raw)} here, {quote(part.raw)} in the disputed item"
            own = each.regions - WIDE or each.regions
            near = any(knowledge.anatomy.are_near(one, other) for one in own for other in requested)
            yield Finding(chapter.span, message, notes=(note,), evidence=ARGUABLE if near else ())


def _find_foreign(cited: Iterable[annotation.Cited], named: frozenset[str]) -> Iterator[Finding]:
    """The chapters of the MTUS on a part of the body that neither the summary nor a title names."""
    for each in cited:
        regions = each.regions
        if regions and not any(knowledge.anatomy.are_near(one, other) for one in regions for other in named):
            chapter = each.citation.chapters[0] if each.citation.chapters else each.citation.name
            message = f"{quote(chapter.raw)} here, but the letter has no complaint of this part of the body"
            note = Note(each.dispute.title.span, "the disputed item")
            yield Finding(chapter.span, message, notes=(note,), evidence=ARGUABLE)


def _group_by_work(cited: Iterable[annotation.Cited]) -> Iterable[list[annotation.Cited]]:
    """The citations with a region, those of the MTUS apart from those of each other work."""
    works: dict[str, list[annotation.Cited]] = {}
    for each in cited:
        if each.regions:
            works.setdefault("MTUS" if each.citation.mtus else str(each.citation.document), []).append(each)
    return works.values()


def _fits(cited: annotation.Cited, requested: frozenset[str]) -> bool:
    """Whether a chapter is about the region of the item, or about such items whatever the region."""
    if any(EQUIPMENT.search(each.raw) for each in cited.citation.sections):
        return True
    kind = cited.dispute.request.kind.value
    return bool(cited.regions & requested) or any(
        kind in chapter.kinds or not chapter.regions for chapter in cited.chapters
    )


def _find_general(cited: Iterable[annotation.Cited], part: model.Field[str], letter: Letter) -> Iterator[Finding]:
    """Imaging of one part, for which only the chapter on pain in general is cited, with no entry on treatment."""
    known = [each for each in cited if each.document]
    if any(each.regions for each in known):
        return
    for each in known:
        for chapter in each.citation.chapters:
            entry = letter.source[each.citation.span]
            is_imaging = not ANY_PART.search(entry) and not knowledge.subjects.find(entry)
            if chapter.value == WHOLE_BODY and is_imaging:
                message = (
                    f"the chapter {quote(chapter.raw)} does not cover imaging; the chapter on {quote(part.raw)} does"
                )
                yield Finding(chapter.span, message, notes=(Note(part.span, NOTE),), evidence=ARGUABLE)
