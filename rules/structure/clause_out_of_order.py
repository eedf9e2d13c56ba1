from collections.abc import Iterator
from itertools import pairwise

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, model

ORDER = (model.ClauseKind.CLAIMS, model.ClauseKind.REVIEWER, model.ClauseKind.RATIONALE)


class ClauseOutOfOrder(Rule):
    """The clauses of an item are not in the order Claims Administrator, MAXIMUS, rationale.

    The order never varies in letters as they are mailed; where it does, clauses were pasted and may
    belong to another item.

    ```diff
    -Claims Administrator guideline: Decision based on MTUS Low Back Complaints 2004,
    +MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004,
    -MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004, Section(s):
    +Claims Administrator guideline: Decision based on MTUS Low Back Complaints 2004, Section(s):
    ```

    ```findings
    "Claims Administrator guideline:" out of order: Claims Administrator guideline after MAXIMUS guideline
      "MAXIMUS guideline:" the clause that should follow
    ```
    """

    code = "STR011"
    category = Category.MALFORMED
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            for before, after in pairwise(dispute.clauses):
                if ORDER.index(after.kind) < ORDER.index(before.kind):
                    yield Finding(
                        after.label.span,
                        f"out of order: {after.kind.value} after {before.kind.value}",
                        notes=(Note(before.label.span, "the clause that should follow"),),
                    )
