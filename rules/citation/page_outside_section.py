from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, annotation, knowledge, model

GENERAL = 10  # the first pages of the chronic pain guidelines are an introduction that serves everything


class PageOutsideSection(Rule):
    """A page on which the guideline says nothing about the cited section, nor about the disputed item.

    A reader who looks up the page finds another subject. Pages are given a page of tolerance at
    either end, and a page is right when any section named, or any section on the item, is on it.

    ```diff of typed
    -MAXIMUS guideline: Decision was based on MTUS Chronic Pain Treatment Guidelines Lidoderm
    -Page(s): 56.
    +MAXIMUS guideline: Decision based on MTUS Chronic Pain Treatment Guidelines Lidoderm
    +Page(s): 98.
    ```

    ```findings
    "98" "Lidoderm" stands on pages 56 and 57
      "Lidoderm" the section cited
    ```
    """

    code = "CIT004"
    category = Category.CONTRADICTION
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            asked = annotation.subjects_of(dispute.request)
            for clause in dispute.clauses:
                for citation in clause.citations:
                    if citation.mtus and citation.document:
                        yield from _outside(citation, citation.document, asked)


def _outside(citation: model.Citation, document: str, asked: frozenset[str]) -> Iterator[Finding]:
    matches = [knowledge.contents.match(document, " ".join(field.raw.split())) for field in citation.sections]
    named = [m.section for m in matches if m and m.likeness is not knowledge.contents.Likeness.PART and m.section.pages]
    if not named or len(named) < len(matches):
        return
    book = knowledge.guidelines.documents()[document].pages
    subjects = asked.union(*(section.subjects for section in named)) - {"any", "any drug"}
    related = [section for section in annotation.sections_on(document, subjects) if section.pages]
    pages = sorted({section.pages for section in (*named, *related) if section.pages})
    for page in citation.pages:
        number = page.value or 0
        general = document == "CPMTG2009" and number <= GENERAL
        inside = book is None or book[0] <= number <= book[1]
        if general or not inside or any(first - 1 <= number <= last + 1 for first, last in pages):
            continue
        section = citation.sections[0]
        yield Finding(
            page.span,
            f'"{" ".join(section.raw.split())}" stands on {_pages(named[0].pages)}',
            notes=(Note(section.span, "the section cited"),),
        )


def _pages(pages: tuple[int, int] | None) -> str:
    first, last = pages or (0, 0)
    if first == last:
        return f"page {first}"
    return f"pages {first} and {last}" if last == first + 1 else f"pages {first} to {last}"
