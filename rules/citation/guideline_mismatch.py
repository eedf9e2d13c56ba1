from collections.abc import Iterator
from typing import NamedTuple

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
    Letter,
    Note,
    Reading,
    Rule,
    Trait,
    knowledge,
    model,
    quote,
)


class GuidelineMismatch(Rule):
    """The claims administrator and MAXIMUS cite different guidelines, sections or pages.

    In more than half of all items the two sides cite differently, and both may be right: physical
    therapy for a knee is in the chapter on the knee, in the guideline on physical medicine, and, after
    an operation, in the postsurgical guideline. The reviewer need not follow the claims administrator,
    who may also cite nothing, or only works outside the MTUS. A difference alone is therefore one note a
    letter, at the first item, with the others: it shows a reader where to look. Two names of one section,
    treatment or drug are no difference. A mistake on either side has a rule of its own: a
    guideline that cannot be about the item (`off-topic-guideline`), a chapter on another part of the body
    (`wrong-body-part-chapter`), a page that does not exist (`page-outside-document`,
    `page-outside-section`), an edition not in force (`superseded-guideline`).

    If your house compares every item, make it a warning: write `severity = "warning"` under
    `[rules.guideline-mismatch]` in `imrlint.toml`. Each difference must then be settled before the
    check passes.

    ```diff
    -Claims Administrator guideline: Decision based on MTUS Shoulder Complaints 2004,
    -Section(s): Physical Methods.
    +Claims Administrator guideline: Decision based on MTUS Chronic Pain Medical Treatment 2016,
    +Section(s): Physical medicine treatment.
    ```

    ```findings
    "Shoulder Complaints 2004, Section(s): Physical Methods" MAXIMUS cites ACOEM chapter 9, Shoulder Complaints; the claims administrator cites Chronic Pain Medical Treatment Guidelines 2016
      "Chronic Pain Medical Treatment 2016, Section(s): Physical medicine treatment" what the claims administrator cites
    ```
    """

    code = "CIT001"
    category = Category.SUSPECT
    importance = Importance.MEDIUM
    traits = frozenset({Trait.MOOT_ONCE_MAILED})
    often_right = "the two sides cite differently in more than half of all items, usually for good reason"

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        found = [
            (dispute, difference)
            for dispute in letter.disputes
            if dispute.claims and dispute.reviewer and dispute.claims.citations and dispute.reviewer.citations
            if (difference := _find_difference(dispute.claims, dispute.reviewer))
        ]
        if found:
            (_, first), *others = found
            notes = [Note(first.theirs.span, "what the claims administrator cites")]
            notes += [
                Note(each.ours.span, f"{quote(dispute.title.raw)}: {_describe(each)}") for dispute, each in others
            ]
            more = {0: "", 1: "; one more item differs"}.get(len(others), f"; {len(others)} more items differ")
            yield Finding(first.ours.span, _describe(first) + more, notes=tuple(notes))


class Difference(NamedTuple):
    """What differs first, "guideline", "section" or "page", in a citation of each side."""

    what: str
    theirs: model.Citation
    ours: model.Citation


def _find_difference(claims: model.Clause, reviewer: model.Clause) -> Difference | None:
    theirs, ours = claims.citations, reviewer.citations
    if not any(_identify(one) == _identify(other) for one in theirs for other in ours):
        return Difference("guideline", theirs[0], ours[0])
    for mine in ours:
        for other in theirs:
            if _identify(mine) != _identify(other):
                continue
            if mine.pages and other.pages and not _overlap(mine, other):
                return Difference("page", other, mine)
            if mine.sections and other.sections and not _share_section(mine, other):
                return Difference("section", other, mine)
    return None


def _describe(difference: Difference) -> str:
    """What each side cites, in words."""
    what, theirs, ours = difference
    return f"MAXIMUS cites {_name(ours, what)}; the claims administrator cites {_name(theirs, what)}"


def _overlap(one: model.Citation, other: model.Citation) -> bool:
    """Whether two lists or ranges of pages have a page in common."""
    ours, theirs = ([page.value or 0 for page in citation.pages] for citation in (one, other))
    return min(ours) <= max(theirs) and min(theirs) <= max(ours)


def _identify(citation: model.Citation) -> str:
    """The key of the guideline, or its name where the tables do not know it."""
    return citation.document or (citation.name.value or "").casefold()


def _share_section(one: model.Citation, other: model.Citation) -> bool:
    """Whether two citations name one section, be it by other names of the same thing (MRI, magnetic resonance imaging)."""
    return any(_is_same(mine, theirs) for mine in one.sections for theirs in other.sections)


def _is_same(mine: model.Field[str], theirs: model.Field[str]) -> bool:
    """Whether two names of sections are one, or name one treatment, test or drug."""
    ours, others = (" ".join((each.value or each.raw).casefold().split()) for each in (mine, theirs))
    return ours == others or bool(_list_things(ours) & _list_things(others))


def _list_things(name: str) -> set[object]:
    """The treatments, tests and drugs that the name of a section names, and its subjects."""
    found = knowledge.vocabulary.find(name)
    things = {term.meaning for term in found if not isinstance(term.meaning, knowledge.anatomy.Part)}
    return {*things, *knowledge.subjects.find(name)}


def _name(citation: model.Citation, what: str) -> str:
    """The guideline, the sections or the pages of a citation, in the words of a message."""
    if what == "page":
        pages = quote(", ".join(str(page.value) for page in citation.pages))
        return f"pages {pages}" if len(citation.pages) > 1 else f"page {pages}"
    if what == "section":
        sections = quote(", ".join(section.raw for section in citation.sections))
        return f"the sections {sections}" if len(citation.sections) > 1 else f"the section {sections}"
    return knowledge.guidelines.name_of(citation.document) if citation.document else quote(citation.name.raw)
