"""What a rule found, what may be done about it, and how it is reported."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import NamedTuple

from imrlint.document.text import Span


class Severity(IntEnum):
    """How bad a finding is. The name in lower case is what users read and write."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        return self.name.lower()


class Category(Enum):
    """What kind of wrong. With the confidence of a finding it sets the severity; see `imrlint.engine.evidence`."""

    CONTRADICTION = "contradiction"  # the letter disagrees with itself or with the facts
    OMISSION = "omission"  # something required is not there
    MALFORMED = "malformed"  # something is there but cannot be read as what it should be
    SUSPECT = "suspect"  # probably wrong; a person should look
    STYLE = "style"  # right, but badly set


class Importance(IntEnum):
    """How much a finding matters where it is right. The name in lower case is what users read and write.

    Severity says how sure imrlint is that something must be done; importance says what follows if nothing is.
    """

    LOW = 1  # a small slip of form: spacing, punctuation, case, notation
    MEDIUM = 2  # embarrasses the sender or confuses the reader
    HIGH = 3  # a wrong fact that could be a ground of appeal (Labor Code 4610.6(h)) or mislead about the decision

    @property
    def word(self) -> str:
        return self.name.lower()


class Feature(Enum):
    """What speaks against a finding and makes it less sure. Its weight stands in `imrlint.engine.evidence`."""

    OFTEN_RIGHT = "often-right"  # what the rule reports is often legitimate; the rule says why
    REPEATED = "repeated"  # the letter repeats what somebody else wrote, and its writer need not change it
    ANOTHER_FITS = "another-fits"  # something else in the same place is as it should be
    UNLISTED = "unlisted"  # no table has it, and the tables do not hold everything
    INFERRED = "inferred"  # no place of the letter says the opposite; a table does


class Safety(Enum):
    SAFE = "safe"  # leaves every fact in the letter as it was
    SUGGESTED = "suggested"  # probably right; a person should decide


class Edit(NamedTuple):
    """Put `text` in the place of a span."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that removes a finding. Its edits do not overlap."""

    title: str
    edits: tuple[Edit, ...]
    safety: Safety = Safety.SUGGESTED


@dataclass(frozen=True, slots=True)
class Note:
    """Another place that helps the reader see the problem: usually the one that disagrees."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule yields. It says where and what, never who or how bad.

    A message is a fragment without a capital or a full stop; words of the letter stand in double
    quotes in it, and nowhere else, so that they can be left out of logs. The features
    in `evidence` make it less sure. `others` are fixes to choose instead of `fix`, the likelier first.
    `beside` is the name of the letter that this one was held against, which a run fills in.
    """

    span: Span
    message: str
    notes: tuple[Note, ...] = ()
    fix: Fix | None = None
    evidence: tuple[Feature, ...] = ()
    others: tuple[Fix, ...] = ()
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding the linter has signed: which rule, how severe, and a mark to know it again by.

    `confidence` goes from 0 to 1, with two digits.
    """

    code: str
    name: str
    family: str
    category: Category
    importance: Importance
    severity: Severity
    confidence: float
    finding: Finding
    fingerprint: str
