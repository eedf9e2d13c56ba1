"""The shape every rule has."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import ClassVar, NamedTuple

from imrlint.document.letter import Letter
from imrlint.document.text import Span
from imrlint.engine import evidence
from imrlint.engine.findings import Category, Feature, Finding, Importance, Severity
from imrlint.reading import Reading


class Trait(Enum):
    """By what settings select rules without knowing their names. A rule declares its traits."""

    UNFINISHED = "unfinished"  # what it finds is to be expected of a letter that is still being written
    MOOT_ONCE_MAILED = "moot once mailed"  # what it finds matters to nobody when the letter has been sent
    WORDING = "wording"  # its options `forbid`, `prefer` and `require` are the table [wording] of the settings


class Rule(ABC):
    """One thing that can be wrong with a letter.

    A rule is a value: its dataclass fields are its options, and `check` is a pure function of the
    letter and of its reading, which holds everything that is understood of the letter. Its name and
    family are the file it lives in. Its docstring is what users read of it: one sentence, why it
    matters, a change to the clean letter as a `diff` block, and what is then found as a `findings` block.
    """

    code: ClassVar[str]
    category: ClassVar[Category]
    importance: ClassVar[Importance]
    """How much a finding of this rule matters where it is right, whatever its severity."""

    traits: ClassVar[frozenset[Trait]] = frozenset()
    """What profiles and tables of the settings select the rule by."""

    often_right: ClassVar[str] = ""
    """Why a finding is less sure than its category says: what makes the case legitimate."""

    @abstractmethod
    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        """Yield each finding, in any order."""

    @classmethod
    def name(cls) -> str:
        return cls.__module__.rpartition(".")[2].replace("_", "-")

    @classmethod
    def key(cls) -> str:
        """What tells this rule from every other, even from one of the same name in another house."""
        return f"{cls.__module__}.{cls.__qualname__}"

    @classmethod
    def family(cls) -> str:
        return cls.__module__.split(".")[-2]

    @classmethod
    def severity(cls) -> Severity:
        """The severity of a finding where no configuration says otherwise."""
        return evidence.grade(cls.category, evidence.weigh(cls.category, cls.features()))

    @classmethod
    def features(cls) -> tuple[Feature, ...]:
        """What speaks against every finding of the rule."""
        return (Feature.OFTEN_RIGHT,) if cls.often_right else ()

    @classmethod
    def guide(cls) -> str:
        """The documentation, in Markdown."""
        return inspect.cleandoc(cls.__doc__ or "")

    @classmethod
    def summary(cls) -> str:
        return cls.guide().partition("\n")[0]


class Clue(NamedTuple):
    """What a letter leaves behind to be compared with others, in numbers of eight bytes.

    `key` is what is compared, `span` where it stands, `weight` how much it counts, and `mark` what tells
    two letters with one key apart. `letter` is the number of the letter in the run, which the run gives.
    """

    key: int
    span: Span
    weight: int = 1
    mark: int = 0
    letter: int = 0


class BatchRule(Rule):
    """One thing that can be wrong between the letters of a run; a letter alone has none of it.

    `gather` sees each letter once. `compare` sees the clues that two letters or more have in common: for
    each key its clues in the order of the letters, the keys in the order in which they first came.
    """

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:  # noqa: ARG002
        """Nothing: a letter is held against others, not against itself."""
        yield from ()

    @abstractmethod
    def gather(self, letter: Letter, reading: Reading) -> Iterator[Clue]:
        """What a letter leaves behind."""

    @abstractmethod
    def compare(self, shared: Iterable[Sequence[Clue]], letters: int, /) -> Iterator[tuple[int, int, Finding]]:
        """Each finding, after the numbers of the letter it stands in and of the letter it is held against.

        `letters` is how many letters the run has.
        """
