import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Hit, Importance, Letter, Passage, Reading, Rule

MARKS = re.compile(r"[()\[\]“”]")
PAIRS = {")": "(", "]": "[", "”": "“"}
NAMES = {
    "(": "parenthesis", ")": "parenthesis",
    "[": "bracket", "]": "bracket",
    "“": "quotation mark", "”": "quotation mark",
}  # fmt: skip
LISTED = re.compile(r"(?:^|[ .;:(])[\w.]{1,4}$")  # "1)", "b)": a number in a list has one bracket


class UnbalancedDelimiter(Rule):
    """A bracket or quotation mark that is opened and not closed, or closed and not opened.

    Nobody can tell where the aside or the quotation ends, and whose words follow it.

    ```diff
    -A few visits of therapy are supported by the MTUS to teach exercises, then
    +A few visits of therapy (two or three are supported by the MTUS to teach exercises, then
    ```

    ```findings
    "(" parenthesis opened and never closed
    ```
    """

    code = "LAN009"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for passage in reading.written:
            yield from _find_unpaired(passage)


def _find_unpaired(passage: Passage) -> Iterator[Finding]:
    opened: list[Hit] = []
    straight = '"' in passage.text  # the two kinds of quotation marks are often mixed
    for hit in passage.find(MARKS):
        mark, at = hit.text, hit.place.start
        if straight and mark in "“”":
            continue
        if mark in PAIRS.values():
            opened.append(hit)
        elif opened and opened[-1].text == PAIRS[mark]:
            opened.pop()
        elif not (mark == ")" and LISTED.search(passage.text[max(0, at - 6) : at])):
            yield Finding(hit.span, f"{NAMES[mark]} closed and never opened")
    for hit in opened:
        yield Finding(hit.span, f"{NAMES[hit.text]} opened and never closed")
