import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, Safety, Span

REMAINING = re.compile(
    r"\bremaining IMR eligible portion of the original request\b(?:(?! is:?$| are:?$).)*$", re.IGNORECASE
)
ENDED = re.compile(r"\b(?:is|are):?\s*$", re.IGNORECASE)
REFILL = re.compile(r"\b(?:[2-9]|1\d|two|three|four|five|six) (?P<wrong>refill)\b", re.IGNORECASE)
# "the lumbar without contrast": an adjective, and nothing that it belongs to.
ALONE = re.compile(
    r"\b(?:of|for|to) (?:the )?(?P<part>lumbar|cervical|thoracic|lumbosacral)(?= ?(?:$|[.;:]| with\b"
    r"| without\b| was\b| were\b| is\b| x ?\d| times\b|, ?\d|, (?:two|three)\b| and (?:upper|lower|left|right"
    r"|bilateral)\b))",
    re.IGNORECASE,
)
NO_LABS = re.compile(
    r"\b(?P<lead>labs?(?: to include)?):? (?P<test>EKG|ECG|electrocardiogram|chest x-?ray|x-?rays?|MRI|CT)\b",
    re.IGNORECASE,
)
TO_NOUN = re.compile(
    r"\b(?:specialist|surgeon|physician|provider) to (?P<wrong>evaluation|consultation|treatment|assessment)\b",
    re.IGNORECASE,
)
VERBS = {"evaluation": "evaluate", "consultation": "consult", "treatment": "treat", "assessment": "assess"}


class TemplateSlip(Rule):
    """A title that does not fit the pattern in which such titles are made.

    Titles are put together from set sentences: "The remaining … portion of the original request, … is"
    without its "is", "with 3 refill", "MRI of the lumbar without contrast", an EKG among the labs. The
    title is what the decision binds on, and is printed on every notice after it.

    ```diff
    -MRI of the lumbar spine without contrast: Overturned
    +MRI of the lumbar without contrast: Overturned
    ```

    ```findings
    "lumbar" the word for the part is missing: spine, region
    ```
    """

    code = "REQ013"
    category = Category.MALFORMED
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for title in reading.titles:
            for hit in title.prose.find(REMAINING):
                if not ENDED.search(title.text):
                    end = title.prose.span.end
                    edit = Edit(Span(end, end), " is")
                    fix = Fix('write "is" at its end', (edit,), Safety.SAFE)
                    yield Finding(hit.span, 'the sentence on the remaining portion lacks its "is"', fix=fix)
            for hit in title.prose.find(REFILL):
                fix = Fix("write refills", (Edit(hit.place_of("wrong").span, "refills"),), Safety.SAFE)
                yield Finding(hit.span, "one refill, several refills", fix=fix)
            for hit in list(title.prose.find(ALONE))[:1]:
                yield Finding(hit.place_of("part").span, "the word for the part is missing: spine, region")
            for hit in title.prose.find(NO_LABS):
                yield Finding(hit.span, "not a laboratory test")
            for hit in title.prose.find(TO_NOUN):
                right = VERBS[hit.group("wrong").casefold()]
                fix = Fix(f"write {right}", (Edit(hit.place_of("wrong").span, right),), Safety.SUGGESTED)
                yield Finding(hit.place_of("wrong").span, f'"{right}" is meant, it seems', fix=fix)
