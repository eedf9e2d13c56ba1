import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Clause, ClauseKind, Finding, Letter, Rule, Span

# A guideline clause is one paragraph; what follows a blank line in it belongs to something else.
PARAGRAPH = re.compile(r"\n[^\S\n]*\n[^\S\n]*\n|\n[^\S\n]*\n")
ENDED = re.compile(r"[.!?][\"”’)]*\s*$")


class StrayText(Rule):
    """Prose in an item that belongs to none of its clauses.

    Text between a title and its first clause, or after the sentence of a guideline clause, is
    usually a passage that was pasted into the wrong place.

    ```diff
    -MRI of the lumbar spine without contrast: Overturned
    +MRI of the lumbar spine without contrast: Overturned
    +
    +The records were received late and in two parts.
    ```

    ```findings
    "The records were received late and in two parts." this text belongs to no clause of the item
    ```
    """

    code = "STR014"
    category = Category.SUSPECT

    def check(self, letter: Letter) -> Iterator[Finding]:
        for dispute in letter.disputes:
            if dispute.stray is not None:
                yield Finding(dispute.stray.span, "this text belongs to no clause of the item")
            for clause in dispute.clauses:
                if clause.kind is not ClauseKind.RATIONALE:
                    yield from self._after(clause)

    @staticmethod
    def _after(clause: Clause) -> Iterator[Finding]:
        """What follows the paragraph of a guideline clause and is no citation."""
        if clause.prose is None:
            return
        raw = clause.prose.raw
        for gap in PARAGRAPH.finditer(raw):
            rest = raw[gap.end() :].strip()
            if ENDED.search(raw[: gap.start()]) and not re.match(
                r"Decision based|The \w+ (?:Reviewer|Administrator)", rest
            ):
                start = clause.prose.span.end - len(raw[gap.end() :].lstrip())
                yield Finding(Span(start, clause.prose.span.end), "this text belongs to no clause of the item")
                return
