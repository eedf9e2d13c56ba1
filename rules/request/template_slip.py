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
    knowledge,
    quote,
)

REMAINING = Pattern(
    r"\bremaining IMR eligible portion of the original request\b(?:(?! is:?$| are:?$).)*$", re.IGNORECASE
)
ENDED = Pattern(r"\b(?:is|are):?\s*$", re.IGNORECASE)
REFILL = Pattern(rf"\b(?:[2-9]|1\d|(?!one\b)(?:{knowledge.numbers.COUNT_WORDS})) (?P<wrong>refill)\b", re.IGNORECASE)
# "the lumbar without contrast": an adjective without its noun.
ALONE = Pattern(
    r"\b(?:of|for|to) (?:the )?(?:[a-z]+(?: [a-z]+)?(?:, (?:and )?| and | & |/)(?:the )?)?(?P<part>lumbar|cervical|thoracic|lumbosacral)(?= ?(?:$|[.;:]| with\b"
    rf"| without\b| was\b| were\b| is\b| x ?\d| times\b|, ?\d|, (?:{knowledge.numbers.COUNT_WORDS})\b| and (?:upper"
    r"|lower|left|right"
    r"|bilateral)\b))",
    re.IGNORECASE,
)
NO_LABS = Pattern(
    r"\b(?P<lead>labs?(?: to include)?):? (?P<test>EKG|ECG|electrocardiogram|chest x-?ray|x-?rays?|MRI|CT)\b",
    re.IGNORECASE,
)
TO_NOUN = Pattern(
    rf"\b{knowledge.wordings.any_of('provider', 'clinician')} to (?P<wrong>evaluation|consultation|treatment"
    r"|assessment)\b",
    re.IGNORECASE,
)
VERBS = {"evaluation": "evaluate", "consultation": "consult", "treatment": "treat", "assessment": "assess"}


class TemplateSlip(Rule):
    """A slip in the set sentences of which a title is made.

    "The remaining … portion of the original request, …" without its "is", "with 3 refill", "MRI of the
    lumbar without contrast", an EKG among the labs. The title says what was decided on, and is printed
    on every notice that follows.

    ```diff
    -MRI of the lumbar spine without contrast: Overturned
    +MRI of the lumbar without contrast: Overturned
    ```

    ```findings
    "lumbar" a noun is missing after "lumbar": spine or region
    ```
    """

    code = "REQ013"
    category = Category.MALFORMED
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for title in reading.titles:
            for hit in title.find(REMAINING):
                if not ENDED.search(title.text):
                    end = title.prose.span.end
                    edit = Edit(Span(end, end), " is")
                    fix = Fix('write "is" at its end', (edit,), Safety.SAFE)
                    yield Finding(
                        hit.span, '"is" is missing at the end of the sentence on the remaining portion', fix=fix
                    )
            for hit in title.find(REFILL):
                fix = Fix("write refills", (Edit(hit.place_of("wrong").span, "refills"),), Safety.SAFE)
                yield Finding(hit.span, f'did you mean "{hit.text}s"?', fix=fix)
            for hit in list(title.find(ALONE))[:1]:
                part = hit.place_of("part")
                yield Finding(part.span, f"a noun is missing after {quote(part.text)}: spine or region")
            for hit in title.find(NO_LABS):
                yield Finding(hit.span, f"{quote(hit.group('test'))} is not a laboratory test")
            for hit in title.find(TO_NOUN):
                right = VERBS[hit.group("wrong").casefold()]
                fix = Fix(f"write {right}", (Edit(hit.place_of("wrong").span, right),), Safety.SUGGESTED)
                yield Finding(hit.place_of("wrong").span, f'did you mean "{right}"?', fix=fix)
