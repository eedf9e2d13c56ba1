"""Findings as rules make them, fixes for them, and diagnostics as they are reported."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import NamedTuple

from imrlint.document.text import Span


class Severity(IntEnum):
    """How severe a finding is: a function of its category and confidence, unless the settings override it."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The name that users read and write."""
        return self.name.lower()


class Category(Enum):
    """In what way something is wrong. `imrlint.engine.evidence` has the severity that follows."""

    CONTRADICTION = "contradiction"  # the letter disagrees with itself or with the facts
    OMISSION = "omission"  # something required is missing
    MALFORMED = "malformed"  # something is present but cannot be understood
    SUSPECT = "suspect"  # probably wrong; a person should check
    STYLE = "style"  # correct, but poorly formatted


class Importance(IntEnum):
    """How much a finding matters if it is right.

    Severity says how certain it is that something must be corrected, importance what happens if it is not.
    """

    LOW = 1  # a small slip of form: spacing, punctuation, case, notation
    MEDIUM = 2  # embarrasses the sender or confuses the reader
    HIGH = 3  # a wrong fact that could be a ground of appeal (Labor Code 4610.6(h)) or mislead about the decision

    @property
    def word(self) -> str:
        """The name that users read and write."""
        return self.name.lower()


class Feature(Enum):
    """Something that makes a finding less certain. `imrlint.engine.evidence` has its weight."""

    OFTEN_RIGHT = "often-right"  # what the rule reports is often legitimate; the rule says when
    REPEATED = "repeated"  # the letter quotes somebody else, so its writer need not change it
    ANOTHER_FITS = "another-fits"  # another value in the same place is correct
    UNLISTED = "unlisted"  # it is in no table, and the tables are incomplete
    INFERRED = "inferred"  # only a table contradicts it, no other part of the letter
    UNSURE = "unsure"  # only a trained reader doubts it, and is not sure
    ARGUABLE = "arguable"  # it may be right for a reason that the letter does not give: a warning, not an error


class Safety(Enum):
    """Whether a fix may be made without asking a person."""

    SAFE = "safe"  # changes no fact in the letter
    SUGGESTED = "suggested"  # probably right; a person must decide


class Edit(NamedTuple):
    """The replacement of a span by `text`."""

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
    """Another place in the letter that shows the problem: usually the one that disagrees."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule yields: what is wrong, and where.

    The message is a fragment without initial capital and full stop. It has words of the letter only in double
    quotes, so that they can be masked. The features in `evidence` make the finding less certain. `others` are
    alternatives to `fix`, the likeliest first. `beside` is the name of the letter that this one was compared
    with, which the run fills in. A finding that `yields` is left out where a rule on language says something of the
    same words: the doubts of the trained reader do.
    """

    span: Span
    message: str
    notes: tuple[Note, ...] = ()
    fix: Fix | None = None
    evidence: tuple[Feature, ...] = ()
    others: tuple[Fix, ...] = ()
    beside: str = ""
    yields: bool = False


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding as it is reported: with its rule, its severity, and a fingerprint by which it is recognized.

    `confidence` is from 0 to 1, rounded to two digits.
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
