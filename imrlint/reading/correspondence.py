"""What only the mailed copy of a letter has: letterheads, an addressee, a signature, the list of copies.

They are recognised by their place and shape on the page, not by names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from imrlint.document.letter import Letter
from imrlint.document.patterns import Pattern
from imrlint.document.text import Span

_LINE = re.compile(r"[^\n\r\f]+")
_SHORT = 80  # characters of a line that is no running text

# The review organization, and the public bodies for which it writes.
_HOUSE = Pattern(
    r"\bMAXIMUS\b|\bIndependent Medical Review\b|\bState of California\b|\bDepartment of Industrial Relations\b"
    r"|\bDivision of Workers['’] Compensation\b|\bAppeals Board\b|\bInformation (?:and|&) Assistance\b",
    re.IGNORECASE,
)
_BELOW_HOUSE = re.compile(
    r"(?P<street>\d{1,6} [A-Z][\w .,#-]*|P\.? ?O\.? ?Box \d[\w ,.-]*)|(?:Suite|Ste\.?|Floor|Room) [\w .#-]+"
    r"|(?P<town>[A-Z][A-Za-z .]+, (?:CA|California)\.? +\d{5}(?:-\d{4})?)"
    r"|.*\b(?:tel|telephone|phone|fax|facsimile|toll[- ]free|tdd|tty|e-?mail|web(?:site)?|www)\b.*"
    r"|[\d() .+/|–-]{7,}",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<!Inc)(?<!P\.O)(?<!Box)[.!?] +[A-Z]")
_NEAR = 140  # characters between the name of the house and a number that the same sentence gives

_CLOSING = re.compile(
    r"^[ \t]*(?:sincerely|respectfully|best regards|very truly yours|yours truly)[ ,.]*$",
    re.IGNORECASE | re.MULTILINE,
)
_COPIES = re.compile(r"^[ \t]*(?:c\.?c\.?:|copies to\b|enclosures?\b|encl?\.)", re.IGNORECASE | re.MULTILINE)
_OFFICER = Pattern(r"\b(?:medical|executive|program|project) director\b", re.IGNORECASE)
_BELOW_NAME = 160  # characters below a signature in which the office of the signer stands


def find_letterheads(text: str) -> Iterator[Span]:
    """The lines below the name of the review organization or of a public body that give its address and numbers."""
    lines = [(match.start(), match.group()) for match in _LINE.finditer(text) if match.group().strip()]
    last = -1
    for i, (_, line) in enumerate(lines):
        if i <= last or len(line) > _SHORT or not _HOUSE.search(line):
            continue
        seen: set[str | None] = set()
        last = i
        for start, below in lines[i + 1 : i + 12]:
            stripped = below.strip()
            if len(below) > _SHORT:
                break
            if not _HOUSE.search(below):
                match = _BELOW_HOUSE.fullmatch(stripped)
                kind = match and match.lastgroup
                if match is None or kind in seen:  # a second street is somebody else's
                    break
                seen |= {kind} if kind else set()
            last += 1
            yield Span(start, start + len(below))


def is_given_for_house(text: str, span: Span) -> bool:
    """Whether the sentence or line of a number or an address gives it as that of the house or a public body."""
    before = text[max(span.start - _NEAR, 0) : span.start]
    names = list(_HOUSE.finditer(before))
    if not names:
        return False
    between = before[names[-1].end() :]
    return between.count("\n") <= 1 and not _SENTENCE_END.search(between)


def is_officer(text: str, span: Span) -> bool:
    """Whether the name at `span` signs as an officer of the house."""
    above, below = text[max(span.start - _BELOW_NAME, 0) : span.start], text[span.end : span.end + _BELOW_NAME]
    return bool(_CLOSING.search(above) and _OFFICER.search(below))


def find_signature_lines(text: str) -> Iterator[Span]:
    """The line below each closing formula, where a name is signed."""
    for closing in _CLOSING.finditer(text):
        if line := _LINE.search(text, closing.end()):
            yield _strip(text, line)


def find_addressee_lines(text: str, addresses: Iterable[Span]) -> Iterator[Span]:
    """Where an addressee may be named: the two lines above each address, or the words before it on its line."""
    for address in addresses:
        start = text.rfind("\n", 0, address.start) + 1
        before = text[start : address.start].rstrip()
        if before.endswith(","):
            yield Span(start + len(before) - len(before.lstrip()), start + len(before) - 1)
        elif not before:
            above = [line for line in _LINE.finditer(text, max(start - 200, 0), start) if line.group().strip()]
            yield from (_strip(text, line) for line in above[-2:])


def _strip(text: str, line: re.Match[str]) -> Span:
    words = line.group()
    start = line.start() + len(words) - len(words.lstrip())
    return Span(start, start + len(text[start : line.end()].rstrip()))


def find_mailing_parts(letter: Letter) -> Iterator[Span]:
    """What is not part of the determination itself: everything before it, and a signature or copies below it."""
    text = letter.source.text
    yield letter.opening
    below = max(
        [letter.opening.end, *(s.span.start for s in letter.sections), *(d.span.start for d in letter.disputes)]
    )
    ends = [found.start() for pattern in (_CLOSING, _COPIES) if (found := pattern.search(text, below))]
    if ends:
        yield Span(min(ends), len(text))
