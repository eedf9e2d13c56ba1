import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, model, quote

PLACEHOLDER = re.compile(
    r"\[(?:insert|enter|add|type|select|date|name|body part|drug|fill)\b[^\]\n]{0,60}\]|<(?:name|date|insert|drug|number|body part)[^>\n]{0,40}>"
    r"|\b[Xx]{4,}\b|_{3,}|\ba\(n\)|\b(?:his/her(?! decision)|he/she|him/her)\b|\b(?:TBD|TODO|lorem ipsum)\b|\?{3,}",
    re.IGNORECASE,
)
# Every placeholder has one of these; most texts have none, and need no slower search.
SIGNS = ("[", "<", "___", "???", "a(n)", "/her", "/she", "XXXX", "xxxx", "TBD", "TODO", "orem ipsum")
# The paragraph on the reviewer says he/she by design.
TEMPLATE = (model.SectionKind.HOW, model.SectionKind.NOTICE_QUALIFICATIONS, model.SectionKind.QUALIFICATIONS)


class UnfilledPlaceholder(Rule):
    """A placeholder of the template was not filled in.

    It shows that nobody read the letter before it was sent, and what belongs there is missing.

    ```diff
    -The injured worker is a 47 year old female who
    +The injured worker is a(n) 47 year old female who
    ```

    ```findings
    "a(n)" placeholder "a(n)" was not filled in
    ```
    """

    code = "STR015"
    category = Category.MALFORMED
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        template = [section.span for section in letter.sections if section.kind in TEMPLATE]
        suspects = [
            passage
            for passage in reading.passages
            if any(sign in passage.text for sign in SIGNS)
            and not any(span.covers(passage.prose.span) for span in template)
        ]
        for passage in (*suspects, *reading.titles):
            for hit in passage.find(PLACEHOLDER):
                yield Finding(hit.span, f"placeholder {quote(hit.text)} was not filled in")
