import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, model, quote

# Each statement that is required, the words that show an attempt at it, and the words that make it.
STATEMENTS = (
    (
        "no affiliation with the employer, employee, providers or claims administrator",
        re.compile(r"\baffiliation\b[^.]*", re.IGNORECASE),
        re.compile(
            r"\b(?:no|not have any)\b(?: \w+)? affiliations? with (?=[^.]*\bemployer\b)(?=[^.]*\bemployee\b)"
            r"(?=[^.]*\bproviders?\b)(?=[^.]*\bclaims administrator\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "active clinical practice for more than five years",
        re.compile(r"\bclinical practice for\b[^.]*?\byears\b|\b(?:five|\d+) years\b", re.IGNORECASE),
        re.compile(r"(?:active )?clinical practice for (?:more than|over) (?:five|5)(?: \(5\))? years", re.IGNORECASE),
    ),
    (
        "at least 24 hours a week in active practice",
        re.compile(r"\b\w+ hours (?:a|per) week[^.]*", re.IGNORECASE),
        re.compile(
            r"at least (?:24|twenty[- ]four)(?: \(24\))? hours (?:a|per|each) week in active (?:clinical )?practice",
            re.IGNORECASE,
        ),
    ),
)


class MissingIndependenceStatement(Rule):
    """A statement on the reviewer's independence or practice is missing or was altered.

    The reviewer may have no material affiliation with those involved (Labor Code 139.5(c)(2)), and the
    letter states more than five years of clinical practice, at least 24 hours a week.

    ```diff
    -working at least 24 hours a
    -week in active practice.
    +working at least 42 hours a
    +week in active practice.
    ```

    ```findings
    "42 hours a week in active practice" "42 hours a week in active practice" here, required: at least 24 hours a week in active practice
    ```
    """

    code = "REV005"
    category = Category.OMISSION
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        section = letter.qualifications
        if section is None or section.prose is None or letter.generation is model.Generation.PROFESSIONAL:
            return
        for statement, attempt, right in STATEMENTS:
            if right.search(section.prose.text):
                continue
            altered = next(section.prose.find(attempt), None)
            if altered:
                yield Finding(altered.span, f"{quote(altered.text)} here, required: {statement}")
            else:
                yield Finding(section.title.span, f"statement missing: {statement}")
