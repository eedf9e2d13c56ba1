import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Hit, Importance, Letter, Passage, Reading, Rule

MARKS = re.compile(r"[()\[\]]")
PAIRS = {")": "(", "]": "["}
NAMES = {"(": "parenthesis", ")": "parenthesis", "[": "bracket", "]": "bracket"}
# "1)", "2.1)", "b)", "iv)": the number of an item in a list has one bracket.
LISTED = re.compile(r"(?:^|[ .;:(])(?:[0-9]{1,3}(?:\.[0-9]{1,2})?[a-z]?|[A-Za-z][0-9]?|[ivx]{2,4}|[IVX]{2,4})\.?$")
QUOTES = re.compile(r"[\"“”]")
INCHES = re.compile(r"[0-9]['’′]?$")  # a mark behind a number may stand for inches


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
        opened: Hit | None = None  # by the passage before
        for passage in sorted(reading.written, key=lambda passage: passage.prose.span):
            rest = _find_unquoted(passage)
            if opened and rest and not _is_opening(rest[0]):
                opened, rest = None, rest[1:]  # a quotation from one passage to the next
            if opened:
                yield _report_quote(opened)
            opened = rest.pop() if rest and _is_opening(rest[-1]) else None
            yield from map(_report_quote, rest)
        if opened:
            yield _report_quote(opened)


def _find_unpaired(passage: Passage) -> Iterator[Finding]:
    """Brackets without a partner."""
    opened: list[Hit] = []
    for hit in passage.find(MARKS):
        mark, at = hit.text, hit.place.start
        if mark in PAIRS.values():
            opened.append(hit)
        elif opened and opened[-1].text == PAIRS[mark]:
            opened.pop()
        elif not (mark == ")" and LISTED.search(passage.text[max(0, at - 6) : at])):
            yield Finding(hit.span, f"{NAMES[mark]} closed and never opened")
    for hit in opened:
        yield Finding(hit.span, f"{NAMES[hit.text]} opened and never closed")


def _find_unquoted(passage: Passage) -> list[Hit]:
    """Quotation marks without a partner, in order. Straight and curly marks may be mixed, and quotations nested."""
    opened: list[Hit] = []
    unpaired: list[Hit] = []
    for hit in passage.find(QUOTES):
        before = passage.text[max(hit.place.start - 3, 0) : hit.place.start]
        if not opened and INCHES.search(before):
            continue
        if hit.text == "“" or (hit.text == '"' and _opens(hit, is_open=bool(opened))):
            if opened and before.rstrip().endswith((".", ":", "?", "!")):
                opened.pop()  # a further paragraph of the same quotation
            opened.append(hit)
        elif opened:
            opened.pop()
        else:
            unpaired.append(hit)
    return sorted(unpaired + opened, key=lambda hit: hit.span)


def _report_quote(hit: Hit) -> Finding:
    how = "opened and never closed" if _is_opening(hit) else "closed and never opened"
    return Finding(hit.span, f"quotation mark {how}")


def _is_opening(hit: Hit) -> bool:
    return hit.text == "“" or (hit.text == '"' and _opens(hit, is_open=False))


def _opens(hit: Hit, *, is_open: bool) -> bool:
    """Whether a straight quotation mark opens a quotation, by the characters beside it."""
    text, at = hit.prose.text, hit.place.start
    begins = text[max(at - 1, 0) : at] in ("", " ", "(", "[", "-", "—", "–", "/")
    ends = text[at + 1 : at + 2] in ("", " ", ")", ".", ",", ";", ":", "?")
    return begins if begins != ends else not is_open
