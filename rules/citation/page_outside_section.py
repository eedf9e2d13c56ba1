from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Letter,
    Note,
    Reading,
    Rule,
    annotation,
    knowledge,
    quote,
)

NEAR = 2  # pages by which a section may run into another one without a heading
GENERAL = 10  # the first pages of the chronic pain guidelines are an introduction to all of them


class PageOutsideSection(Rule):
    """The page cited covers neither the section cited nor the disputed item.

    A reader who looks up the page finds another subject. A section may begin or end a page earlier or
    later, and a page is right when any section named, or any section on the item, is on it. It is a warning
    where the page is only two away, and in the chapters of ACOEM, whose sections the tables know less well.

    ```diff of typed
    -MAXIMUS guideline: Decision was based on MTUS Chronic Pain Treatment Guidelines Lidoderm
    -Page(s): 56.
    +MAXIMUS guideline: Decision based on MTUS Chronic Pain Treatment Guidelines Lidoderm
    +Page(s): 98.
    ```

    ```findings
    "98" "Lidoderm" is on pages 56 and 57, not on "98"
      "Lidoderm" the section cited
    ```
    """

    code = "CIT004"
    category = Category.CONTRADICTION
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for cited in reading.citations:
            if cited.citation.mtus and cited.document:
                yield from _find_outside(cited, cited.document)


def _find_outside(cited: annotation.Cited, document: knowledge.guidelines.Document) -> Iterator[Finding]:
    """The pages cited that hold neither a section named nor one on the item."""
    sections = cited.citation.sections
    matches = [knowledge.contents.match_section(document.key, " ".join(field.raw.split())) for field in sections]
    named = [m.section for m in matches if m and m.likeness is not knowledge.contents.Likeness.PART and m.section.pages]
    if not named or len(named) < len(matches):
        return
    requested = annotation.subjects_of(cited.dispute.request)
    subjects = requested.union(*(section.subjects for section in named)) - {"any", "any drug"} - document.subjects
    related = [section for section in annotation.sections_on(document.key, subjects) if section.pages]
    pages = sorted({section.pages for section in (*named, *related) if section.pages})
    note = Note(sections[0].span, "the section cited")
    for page in cited.citation.pages:
        number = page.value or 0
        general = document.key == "CPMTG2009" and number <= GENERAL
        inside = document.pages is None or document.pages.first <= number <= document.pages.last
        if inside and not general and not any(first - 1 <= number <= last + 1 for first, last in pages):
            message = f"{quote(sections[0].raw)} is on {_name_pages(named[0].pages)}, not on {quote(page.raw)}"
            is_near = any(first - NEAR <= number <= last + NEAR for first, last in pages)
            evidence = (Feature.ARGUABLE,) if is_near or document.key != "CPMTG2009" else ()
            yield Finding(page.span, message, notes=(note,), evidence=evidence)


def _name_pages(pages: knowledge.guidelines.Pages | None) -> str:
    """The first and the last page of a section, in words."""
    first, last = pages or (0, 0)
    if first == last:
        return f"page {first}"
    return f"pages {first} and {last}" if last == first + 1 else f"pages {first} to {last}"
