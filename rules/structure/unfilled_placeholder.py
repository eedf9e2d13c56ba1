import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Pattern, Reading, Rule, Span, Trait, model, quote

PLACEHOLDER = Pattern(
    r"\[(?:insert|enter|add|type|select|date|name|body part|drug|fill)\b[^\]\n]{0,60}\]|<(?:name|date|insert|drug|number|body part)[^>\n]{0,40}>"
    r"|\b[Xx]{4,}\b|_{3,}|\ba\(n\)|\b(?:his/her(?! decision)|he/she|him/her)\b|\b(?:TBD|TODO|lorem ipsum)\b|\?{3,}",
    re.IGNORECASE,
)
# Every placeholder has one of these; most texts have none, and need no slower search.
SIGNS = ("[", "<", "___", "???", "a(n)", "/her", "/she", "XXXX", "xxxx", "TBD", "TODO", "orem ipsum")
# The errors of fields that lost what they refer to.
FIELD_ERROR = re.compile(
    r"\bError! [A-Z][^.!?\n]{0,80}[.!?]?|!Syntax Error\b|!Unexpected End of Formula\b"
    r"|#(?:REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)".replace(" ", r"\s")
)
ERROR_MARKS = ("!", "#NAME?")
# The paragraph on the reviewer says he/she by design.
TEMPLATE = (model.SectionKind.HOW, model.SectionKind.NOTICE_QUALIFICATIONS, model.SectionKind.QUALIFICATIONS)


class UnfilledPlaceholder(Rule):
    """A placeholder of the template was not filled in, or a field of the word processor has no value.

    It shows that nobody read the letter before it was sent, and what belongs there is missing: a blank such as
    "[insert date]", what Word prints in an empty field ("Click or tap here to enter text."), the name of a field of a
    mail merge (<<Name>>), the error of a field that refers to nothing ("Error! Reference source not found.").

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
    traits = frozenset({Trait.BLANKS})

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        reported: list[Span] = []
        for span in (*reading.blanks, *find_placeholders(letter, reading)):
            if not any(span.start < other.end and other.start < span.end for other in reported):
                reported.append(span)
                yield Finding(span, f"placeholder {quote(letter.source[span])} was not filled in")
        text = letter.source.text
        if any(mark in text for mark in ERROR_MARKS):
            for match in FIELD_ERROR.finditer(text):
                yield Finding(Span(*match.span()), f"{quote(match.group())} in place of the value of a field")


def find_placeholders(letter: Letter, reading: Reading) -> Iterator[Span]:
    """The places of the template's own blanks in what was written."""
    template = [section.span for section in letter.sections if section.kind in TEMPLATE]
    suspects = [
        passage
        for passage in reading.passages
        if any(sign in passage.text for sign in SIGNS) and not any(span.covers(passage.prose.span) for span in template)
    ]
    for passage in (*suspects, *reading.titles):
        yield from (hit.span for hit in passage.find(PLACEHOLDER))
