import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Prose, Reading, Rule, Safety

UNSAID = ("a noun",)  # what is missing can be told in kind only

REQUEST = re.compile(
    r"\b[Tt]he (?:retrospective |current )?request (?:(?:a|an|the|repeat|additional|continued|further|custom"
    r"|one|two|three|four|six|eight|ten|twelve|\d+|left|right|bilateral|lumbar|cervical|thoracic) ){0,3}$"
)


class MissingWord(Rule):
    """A small word is missing in a group of words that does not go without it: "MRI the lumbar spine".

    ```diff
    -The treating physician asked for orphenadrine, an MRI of the lumbar spine
    +The treating physician asked for orphenadrine, an MRI the lumbar spine
    ```

    ```findings
    "the" "of the" is meant here, it seems
      fix (suggested): write of the
    ```
    """

    code = "LAN013"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for slip in (slip for slip in grammar.slips(letter) if slip.kind == "missing"):
            span = slip.prose.place(slip.start, slip.end)
            if slip.right in UNSAID:
                yield Finding(span, f"{slip.right} is missing between these words")
            else:
                fix = Fix(f"write {slip.right}", (Edit(span, slip.right),), Safety.SUGGESTED)
                yield Finding(span, f'"{slip.right}" is meant here, it seems', fix=fix)
        for dispute in letter.disputes:
            for start, end in _requests(dispute.rationale) if dispute.rationale else ():
                span = dispute.rationale.place(start, end) if dispute.rationale else dispute.span
                yield Finding(span, '"for" is missing behind this')


def _requests(rationale: Prose) -> Iterator[tuple[int, int]]:
    """Where a drug or a treatment follows "the request" without "for"."""
    named = [term.start for term in mentions.of_drugs(rationale)]
    for start in (*named, *(term.start for term in mentions.of_treatments(rationale))):
        before = REQUEST.search(rationale.text, max(start - 40, 0), start)
        if before:
            yield before.start(), before.end() - 1
