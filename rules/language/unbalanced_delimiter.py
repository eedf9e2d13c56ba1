import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Prose, Reading, Rule

MARKS = re.compile(r"[()\[\]“”]")
PAIRS = {")": "(", "]": "[", "”": "“"}
LISTED = re.compile(r"(?:^|[ .;:(])[\w.]{1,4}$")  # "1)", "b)": a number in a list has one bracket


class UnbalancedDelimiter(Rule):
    """A bracket or quotation mark that is opened and not closed, or closed and not opened.

    ```diff
    -A few visits of therapy are supported by the MTUS to teach exercises, then
    +A few visits of therapy (two or three are supported by the MTUS to teach exercises, then
    ```

    ```findings
    "(" opened and never closed
    ```
    """

    code = "LAN009"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for prose in spelling.texts(letter):
            yield from _unbalanced(prose)


def _unbalanced(prose: Prose) -> Iterator[Finding]:
    waiting: list[tuple[str, int]] = []
    straight = '"' in prose.text  # the two kinds of quotation marks are often mixed
    for match in MARKS.finditer(prose.text):
        mark, at = match.group(), match.start()
        if straight and mark in "“”":
            continue
        if mark in PAIRS.values():
            waiting.append((mark, at))
        elif waiting and waiting[-1][0] == PAIRS[mark]:
            waiting.pop()
        elif not (mark == ")" and LISTED.search(prose.text[max(0, at - 6) : at])):
            yield Finding(prose.place(at, at + 1), "closed and never opened")
    for _, at in waiting:
        yield Finding(prose.place(at, at + 1), "opened and never closed")
