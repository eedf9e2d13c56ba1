import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Clause, Edit, Finding, Fix, Importance, Letter, Reading, Rule, Safety, Span, model

STRAY = re.compile(
    r"(?P<sign>[<>] ?)|Page\(s\)[ ]?: ?(?P<letter>[a-z] )(?=\d)"
    r"|(?P<word>\b(?:Section\(s\)|Page\(s\))[ ]?:? )(?=(?:Section|Page)\(s\))"
    r"|(?P<mark>[,;] ?)(?=[,;.](?: |$))",
    re.IGNORECASE,
)
SAID = {
    "sign": "a stray sign in a citation",
    "letter": "a stray letter before the page",
    "word": "a label with nothing behind it",
    "mark": "a stray mark in a citation",
}
# A paragraph of the regulations on medical treatment (8 CCR 9792) has one letter, or a small Roman number.
PARAGRAPH = re.compile(r"97[0-9]{2}\.[0-9]+(?:\.[0-9]+)?\((?P<letters>[a-z]{2,4})\)")
ROMAN = re.compile(r"x{0,2}(?:ix|iv|v?i{1,3}|v|x)")
SOURCE = "Official Disability Guidelines (ODG) "


class CitationDebris(Rule):
    """Something was left over or left out when the citation was typed.

    A stray sign, a letter before the page number, a label twice, a chapter without the name of the
    work that it belongs to, or a paragraph of a regulation that cannot be.

    ```diff of typed
    -MAXIMUS guideline: Decision was based on MTUS Chronic Pain Treatment Guidelines Lidoderm
    -Page(s): 56.
    +MAXIMUS guideline: Decision based on MTUS Chronic Pain Treatment Guidelines < Lidoderm
    +Page(s): 56.
    ```

    ```findings
    "<" a stray sign in a citation
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
                    yield from _left_over(clause)
                    yield from _left_out(clause)
        for prose in letter.prose:
            for hit in prose.find(PARAGRAPH):
                if not ROMAN.fullmatch(hit.group("letters")):
                    yield Finding(hit.place_of("letters").span, "no paragraph of a regulation is numbered so")


def _left_over(clause: Clause) -> Iterator[Finding]:
    if clause.prose is None:
        return
    for hit in clause.prose.find(STRAY):
        name = str(hit.match.lastgroup)
        fix = Fix("take it out", (Edit(hit.place_of(name).span, ""),), Safety.SAFE)
        seen = hit.place_of(name).span
        width = len(hit.group(name).rstrip())
        yield Finding(Span(seen.start, seen.start + width), SAID[name], fix=fix)


def _left_out(clause: Clause) -> Iterator[Finding]:
    for citation in clause.citations:
        if citation.document is None and citation.chapters:
            place = citation.chapters[0].span
            fix = Fix(f"write {SOURCE}before it", (Edit(Span(place.start, place.start), SOURCE),))
            yield Finding(place, "a chapter without the name of the work it stands in", fix=fix)
