from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, Trait, model


class MissingRationale(Rule):
    """A disputed item without reasons.

    The determination must say why: it has to cite the worker's condition, and findings that are tied to
    the standard of medical necessity (Labor Code 4610.6(e)).

    ```diff
    -Decision rationale: A few visits of therapy are supported by the MTUS to teach exercises, then
    -done at home. The worker has had six visits with little relief, and no record says why twelve more
    -would achieve what those did not. Therefore, the request for physical therapy for the right
    -shoulder is not medically necessary.
    +Decision rationale:
    ```

    ```findings
    "Physical therapy for the right shoulder, two times a week for six weeks (12 visits)" this item has no rationale
    ```
    """

    code = "STR010"
    category = Category.OMISSION
    importance = Importance.HIGH
    traits = frozenset({Trait.UNFINISHED})

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.missing(model.ClauseKind.RATIONALE):
            yield Finding(dispute.title.span, "this item has no rationale")
