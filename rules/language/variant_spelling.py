import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Hit, Importance, Letter, Note, Passage, Reading, Rule, quote

# First parts of compounds that are written as one word, with a hyphen, or as two words; with their second parts.
SECONDS = {
    "post": "injections?|operative(?:ly)?|surgical(?:ly)?|op|traumatic",
    "pre": "operative(?:ly)?|surgical(?:ly)?|op",
    "non": "certified|industrial|surgical|operative",
    "intra": "articular|operative(?:ly)?",
    "anti": "inflammatory|inflammatories",
    "follow": "ups?",
    "work": "ups?",
    "check": "ups?",
}
COMPOUNDS = {
    first: re.compile(rf"[{first[0]}{first[0].upper()}]{first[1:]}(?P<joint>[- ]?)(?P<second>{seconds})\b")
    for first, seconds in SECONDS.items()
}


class VariantSpelling(Rule):
    """One compound spelled in two ways in a letter: post-injection here, postinjection there.

    Either may be right; a letter should keep to one.

    ```diff
    -A supply of sixty tablets goes well beyond such a course
    +In the preoperative and the pre-operative phase a supply of sixty tablets goes well beyond such a course
    ```

    ```findings
    "pre-operative" spelled "pre-operative" here, "preoperative" before
      "preoperative" spelled this way before
    ```
    """

    code = "LAN017"
    category = Category.STYLE
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        written = sorted(reading.written, key=lambda passage: passage.prose.span)
        for first, pattern in COMPOUNDS.items():
            if any(first in passage.tokens.distinct for passage in written):  # else it is one word everywhere
                yield from _find_variants(written, pattern)


def _find_variants(written: list[Passage], pattern: re.Pattern[str]) -> Iterator[Finding]:
    latest: dict[str, Hit] = {}  # by the second part of the compound
    for hit in (hit for passage in written for hit in passage.find(pattern)):
        before = latest.setdefault(hit.group("second"), hit)
        if before.group("joint") != hit.group("joint"):
            note = Note(before.span, "spelled this way before")
            yield Finding(hit.span, f"spelled {quote(hit.text)} here, {quote(before.text)} before", notes=(note,))
            latest[hit.group("second")] = hit
