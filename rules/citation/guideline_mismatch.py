from collections.abc import Iterator

from imrlint.rulekit import Category, Clause, Finding, Importance, Letter, Note, Reading, Rule, knowledge, model


class GuidelineMismatch(Rule):
    """The claims administrator and MAXIMUS rest on different guidelines, sections or pages.

    In more than half of all items the two sides cite differently, and both may be right: physical
    therapy for a knee stands in the chapter on the knee, in the guideline on physical medicine, and
    after an operation in the postsurgical guideline. The reviewer need not follow the claims
    administrator, who may also cite nothing, or only works outside the MTUS. A difference alone is
    therefore a note: it shows a reader where to look. A mistake on either side has a rule of its
    own and is an error: a guideline that cannot be about the item (`off-topic-guideline`), a chapter
    on another part of the body (`wrong-body-part-chapter`), a page that is not there
    (`page-outside-document`, `page-outside-section`), an edition not in force
    (`superseded-guideline`).

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
    "Shoulder Complaints 2004, Section(s): Physical Methods" MAXIMUS cites another guideline than the claims administrator, namely ACOEM chapter 9, Shoulder Complaints
      "Chronic Pain Medical Treatment 2016, Section(s): Physical medicine treatment" the claims administrator cites Chronic Pain Medical Treatment Guidelines 2016
    ```
    """

    code = "CIT001"
    category = Category.SUSPECT
    importance = Importance.MEDIUM
    often_right = "the two sides cite differently in more than half of all items, usually for good reason"

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            claims, reviewer = dispute.claims, dispute.reviewer
            if not (claims and reviewer and claims.citations and reviewer.citations):
                continue
            difference = _difference(claims, reviewer)
            if difference is None:
                continue
            what, theirs, ours = difference
            yield Finding(
                ours.span,
                f"MAXIMUS cites another {what} than the claims administrator, namely {_named(ours, what)}",
                notes=(Note(theirs.span, f"the claims administrator cites {_named(theirs, what)}"),),
            )


def _difference(claims: Clause, reviewer: Clause) -> tuple[str, model.Citation, model.Citation] | None:
    """Where the two sides part first: at documents, at sections, at pages."""
    theirs, ours = claims.citations, reviewer.citations
    if not {_document(c) for c in theirs} & {_document(c) for c in ours}:
        return "guideline", theirs[0], ours[0]
    for mine in ours:
        for other in theirs:
            if _document(mine) != _document(other):
                continue
            if mine.pages and other.pages and not _overlap(mine, other):
                return "page", other, mine
            if mine.sections and other.sections and not _sections(mine) & _sections(other):
                return "section", other, mine
    return None


def _overlap(one: model.Citation, other: model.Citation) -> bool:
    """Whether two lists or ranges of pages meet."""
    ours, theirs = ([page.value or 0 for page in citation.pages] for citation in (one, other))
    return min(ours) <= max(theirs) and min(theirs) <= max(ours)


def _document(citation: model.Citation) -> str:
    return citation.document or (citation.name.value or "").casefold()


def _sections(citation: model.Citation) -> set[str]:
    return {" ".join((section.value or section.raw).casefold().split()) for section in citation.sections}


def _named(citation: model.Citation, what: str) -> str:
    if what == "page":
        return ", ".join(str(page.value) for page in citation.pages)
    if what == "section":
        return ", ".join(f'"{" ".join(section.raw.split())}"' for section in citation.sections)
    return knowledge.guidelines.name(citation.document) if citation.document else f'"{citation.name.value}"'
