"""What a store holds: the columns of each table of a run, and what can be wrong with a store."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

VERSION = 1
"""Of the tables; a store of another version is not read."""

TABLES: Mapping[str, str] = {
    "runs": (
        "run VARCHAR, began VARCHAR, seconds DOUBLE, version VARCHAR, code VARCHAR, settings VARCHAR, reader VARCHAR,"
        " choice VARCHAR, excerpts BOOLEAN, letters INTEGER, unchecked INTEGER, findings INTEGER"
    ),
    "rules": (
        "run VARCHAR, rule VARCHAR, code VARCHAR, family VARCHAR, category VARCHAR, importance VARCHAR,"
        " severity VARCHAR, hash VARCHAR"
    ),
    "letters": (
        "run VARCHAR, letter BIGINT, name VARCHAR, content VARCHAR, cased VARCHAR, settings VARCHAR, checked BOOLEAN,"
        " month VARCHAR, specialty VARCHAR"
    ),
    "items": "run VARCHAR, letter BIGINT, item INTEGER, kind VARCHAR, decision VARCHAR",
    "findings": (
        "run VARCHAR, letter BIGINT, fingerprint VARCHAR, rule VARCHAR, family VARCHAR, severity VARCHAR,"
        " importance VARCHAR, confidence DOUBLE, accepted BOOLEAN, item INTEGER, first INTEGER, after INTEGER,"
        " line INTEGER, page INTEGER, paragraph INTEGER, message VARCHAR, excerpt VARCHAR"
    ),
}
"""The columns of each table, as SQL has them. `first` and `after` are the ends of a finding in code points.

No two letters of a store have the same number in `letter`, in whatever runs they are, so that joins need no other key.
"""


class BadStore(Exception):
    """A store that cannot be read or written. The message says which, and why, in one line."""


class Judgment(Enum):
    """Whether a finding is right."""

    RIGHT = "right"
    WRONG = "wrong"


class RunRow(NamedTuple):
    """A run. `code`, `settings` are hashes; `choice` is what the command line selected and left out.

    `began` is in UTC, as ISO 8601 has it.
    """

    run: str
    began: str
    seconds: float
    version: str
    code: str
    settings: str
    reader: str
    choice: str
    excerpts: bool
    letters: int
    unchecked: int
    findings: int


class RuleRow(NamedTuple):
    """A rule of a run. `hash` is that of its file and its options: where it is the same, so is the rule."""

    run: str
    rule: str
    code: str
    family: str
    category: str
    importance: str
    severity: str
    hash: str


class LetterRow(NamedTuple):
    """A letter of a run. `content` is the SHA-256 of its file, `month` that of the decision, such as 2017-03.

    `cased` is a hash of the case number, by which a letter is known again in another run; "" without one.
    """

    run: str
    letter: int
    name: str
    content: str
    cased: str
    settings: str
    checked: bool
    month: str
    specialty: str


class ItemRow(NamedTuple):
    """A disputed item of a letter: what is requested and what was decided, each in a word."""

    run: str
    letter: int
    item: int
    kind: str
    decision: str


class FindingRow(NamedTuple):
    """A finding. `item` is the number of the disputed item around it, None where it is in none."""

    run: str
    letter: int
    fingerprint: str
    rule: str
    family: str
    severity: str
    importance: str
    confidence: float
    accepted: bool
    item: int | None
    first: int
    after: int
    line: int
    page: int | None
    paragraph: int | None
    message: str
    excerpt: str
