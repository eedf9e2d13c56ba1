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
    who may also cite nothing, or only works outside the MTUS. A difference alone is therefore a note: it
    shows a reader where to look. A mistake on either side has a rule of its own and is an error: a
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
        for dispute in letter.disputes:
            claims, reviewer = dispute.claims, dispute.reviewer
            if not (claims and reviewer and claims.citations and reviewer.citations):
                continue
            difference = _find_difference(claims, reviewer)
            if difference:
                what, theirs, ours = difference
                message = f"MAXIMUS cites {_name(ours, what)}; the claims administrator cites {_name(theirs, what)}"
                yield Finding(ours.span, message, notes=(Note(theirs.span, "what the claims administrator cites"),))


class Difference(NamedTuple):
    """What differs first, "guideline", "section" or "page", in a citation of each side."""

    what: str
    theirs: model.Citation
    ours: model.Citation


def _find_difference(claims: model.Clause, reviewer: model.Clause) -> Difference | None:
    theirs, ours = claims.citations, reviewer.citations
    if not {_identify(c) for c in theirs} & {_identify(c) for c in ours}:
        return Difference("guideline", theirs[0], ours[0])
    for mine in ours:
        for other in theirs:
            if _identify(mine) != _identify(other):
                continue
            if mine.pages and other.pages and not _overlap(mine, other):
                return Difference("page", other, mine)
            if mine.sections and other.sections and not _sections(mine) & _sections(other):
                return Difference("section", other, mine)
    return None


def _overlap(one: model.Citation, other: model.Citation) -> bool:
    """Whether two lists or ranges of pages have a page in common."""
    ours, theirs = ([page.value or 0 for page in citation.pages] for citation in (one, other))
    return min(ours) <= max(theirs) and min(theirs) <= max(ours)


def _identify(citation: model.Citation) -> str:
    """The key of the guideline, or its name where the tables do not know it."""
    return citation.document or (citation.name.value or "").casefold()


def _sections(citation: model.Citation) -> set[str]:
    return {" ".join((section.value or section.raw).casefold().split()) for section in citation.sections}


def _name(citation: model.Citation, what: str) -> str:
    """The guideline, the sections or the pages of a citation, in the words of a message."""
    if what == "page":
        pages = quote(", ".join(str(page.value) for page in citation.pages))
        return f"pages {pages}" if len(citation.pages) > 1 else f"page {pages}"
    if what == "section":
        sections = quote(", ".join(section.raw for section in citation.sections))
        return f"the sections {sections}" if len(citation.sections) > 1 else f"the section {sections}"
    return knowledge.guidelines.name_of(citation.document) if citation.document else quote(citation.name.raw)
