import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Edit,
    Finding,
    Fix,
    Importance,
    Letter,
    Passage,
    Place,
    Reading,
    Rule,
    Safety,
    annotation,
)

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
        for passage in reading.written:
            for slip in passage.phrase_slips:
                if slip.kind == "missing":
                    yield _report_slip(slip)
        for item in reading.items:
            for request in _find_requests(item.rationale) if item.rationale else ():
                yield Finding(request.span, '"for" is missing behind this')


def _report_slip(slip: annotation.PhraseSlip) -> Finding:
    span = slip.place.span
    if slip.right in UNSAID:
        return Finding(span, f"{slip.right} is missing between these words")
    fix = Fix(f"write {slip.right}", (Edit(span, slip.right),), Safety.SUGGESTED)
    return Finding(span, f'"{slip.right}" is meant here, it seems', fix=fix)


def _find_requests(rationale: Passage) -> Iterator[Place]:
    """Where "the request" is followed by a drug or a treatment without "for"."""
    for mention in (*rationale.drugs, *rationale.treatments):
        start = mention.place.start
        before = REQUEST.search(rationale.text, max(start - 40, 0), start)
        if before:
            yield rationale.place(before.start(), before.end() - 1)
