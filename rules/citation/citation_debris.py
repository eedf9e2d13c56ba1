import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Edit,
    Finding,
    Fix,
    Importance,
    Letter,
    Pattern,
    Reading,
    Rule,
    Safety,
    Span,
    model,
    quote,
)

STRAY = Pattern(
    r"(?P<sign>[<>] ?)|Page\(s\)[ ]?: ?(?P<letter>[a-z] )(?=\d)"
    r"|(?P<word>\b(?:Section\(s\)|Page\(s\))[ ]?:? )(?=(?:Section|Page)\(s\))"
    r"|(?P<mark>[,;] ?)(?=[,;.](?: |$))",
    re.IGNORECASE,
)
WHY = {
    "sign": "is left over in the citation",
    "letter": "is left over before the page number",
    "word": "has nothing after it",
    "mark": "is left over in the citation",
}
# A paragraph of the regulations on medical treatment (8 CCR 9792) has one letter, or a small Roman number.
PARAGRAPH = re.compile(r"97[0-9]{2}\.[0-9]+(?:\.[0-9]+)?\((?P<letters>[a-z]{2,4})\)")
ROMAN = re.compile(r"x{0,2}(?:ix|iv|v?i{1,3}|v|x)")
WORK = "Official Disability Guidelines (ODG) "


class CitationDebris(Rule):
    """Something was left over or left out when the citation was typed.

    A stray sign, a letter before the page number, a label twice, a chapter without the name of its
    work, or a paragraph of a regulation that cannot exist: a reader cannot tell what is cited.

    ```diff of typed
    -MAXIMUS guideline: Decision was based on MTUS Chronic Pain Treatment Guidelines Lidoderm
    -Page(s): 56.
    +MAXIMUS guideline: Decision based on MTUS Chronic Pain Treatment Guidelines < Lidoderm
    +Page(s): 56.
    ```

    ```findings
    "<" "<" is left over in the citation
      fix (safe): take it out
    ```
    """

    code = "CIT009"
    category = Category.MALFORMED
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            for clause in dispute.clauses:
                if clause.kind is not model.ClauseKind.RATIONALE:
                    yield from _find_left_over(clause)
                    yield from _find_left_out(clause)
        for prose in letter.prose:
            for hit in prose.find(PARAGRAPH):
                if not ROMAN.fullmatch(hit.group("letters")):
                    place = hit.place_of("letters")
                    yield Finding(place.span, f"no paragraph of this regulation is numbered {quote(place.text)}")


def _find_left_over(clause: model.Clause) -> Iterator[Finding]:
    """Signs, letters, labels and marks that belong to nothing."""
    for hit in clause.prose.find(STRAY) if clause.prose else ():
        name = str(hit.match.lastgroup)
        span, words = hit.place_of(name).span, hit.group(name).rstrip()
        fix = Fix("take it out", (Edit(span, ""),), Safety.SAFE)
        yield Finding(Span(span.start, span.start + len(words)), f"{quote(words)} {WHY[name]}", fix=fix)


def _find_left_out(clause: model.Clause) -> Iterator[Finding]:
    """Chapters that are cited without the work they belong to."""
    for citation in clause.citations:
        if citation.document is None and citation.chapters:
            chapter = citation.chapters[0]
            fix = Fix(f"write {WORK}before it", (Edit(Span(chapter.span.start, chapter.span.start), WORK),))
            yield Finding(chapter.span, f"the chapter {quote(chapter.raw)} is cited without its work", fix=fix)
