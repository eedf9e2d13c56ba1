from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, model


class RepeatedClause(Rule):
    """The same kind of clause twice in one item.

    The title of the next item may be missing between the two, so that two items have become one.

    ```diff
    -Physical therapy for the right shoulder, two times a week for six weeks (12 visits): Upheld
    -
    -Claims Administrator guideline: Decision based on MTUS Shoulder Complaints 2004,
    -Section(s): Physical Methods.
    -
    -MAXIMUS guideline: Decision based on MTUS Shoulder Complaints 2004, Section(s): Physical
    +MAXIMUS guideline: Decision based on MTUS Shoulder Complaints 2004, Section(s): Physical
    ```

    ```findings
    "MAXIMUS guideline:" a second MAXIMUS guideline in one item
      "MAXIMUS guideline:" the first
    "Decision rationale:" a second Decision rationale in one item
      "Decision rationale:" the first
    ```
    """

    code = "STR012"
    category = Category.MALFORMED
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            first: dict[model.ClauseKind, model.Clause] = {}
            for clause in dispute.clauses:
                if clause.kind in first:
                    note = Note(first[clause.kind].label.span, "the first")
                    yield Finding(clause.label.span, f"a second {clause.kind.value} in one item", notes=(note,))
                else:
                    first[clause.kind] = clause
