"""What every rule is: its code and category, and what it does with a letter."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import ClassVar, NamedTuple

from imrlint.document.letter import Letter
from imrlint.document.text import Span
from imrlint.engine import evidence
from imrlint.engine.findings import Category, Feature, Finding, Importance, Severity
from imrlint.reading import Reading


class Trait(Enum):
    """Something that a rule declares, so that settings can select it without knowing its name."""

    UNFINISHED = "unfinished"  # its findings are expected while a letter is still being written
    MOOT_ONCE_MAILED = "moot once mailed"  # its findings no longer matter when the letter has been sent
    ANY_TEXT = "any text"  # it also judges a text that is no determination letter; other rules see none
    BLANKS = "blanks"  # it judges blanks; no other rule comments on the words of one
    KNOWN_WORDS = "known words"  # it reports words that are right elsewhere, which no house makes right everywhere
    WORDING = "wording"  # its options `forbid`, `prefer` and `require` come from the table [wording] of the settings


class Rule(ABC):
    """One thing that can be wrong with a letter.

    A rule is immutable: its dataclass fields are its options, and `check` is a pure function of the letter
    and its reading. Name and family come from its file and folder. Users read its docstring: one sentence
    on what is wrong, why it matters, a change to the clean letter as a `diff` block, and what the rule then
    finds as a `findings` block.
    """

    code: ClassVar[str]
    category: ClassVar[Category]
    importance: ClassVar[Importance]
    """How much a finding matters if it is right, whatever its severity."""

    traits: ClassVar[frozenset[Trait]] = frozenset()
    """What settings can select the rule by."""

    often_right: ClassVar[str] = ""
    """Why its findings are less certain than those of other rules of the category: when the case is legitimate."""

    @abstractmethod
    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        """Yield each finding, in any order."""

    @classmethod
    def takes_words(cls) -> bool:
        """Whether the rule leaves alone the words that are right in a house: it then has an option `words`."""
        return is_dataclass(cls) and any(each.name == "words" for each in fields(cls))

    @classmethod
    def name(cls) -> str:
        """The name that users read and write, such as "late-decision"; no other rule of the house has it."""
        return cls.__module__.rpartition(".")[2].replace("_", "-")

    def key(self) -> str:
        """A text that no other rule has, not even one of another house, nor the same rule with other options."""
        cls = type(self)
        plain = cls()
        names: list[str] = [field.name for field in fields(cls)] if is_dataclass(cls) else []
        options = {name: value for name in names if (value := getattr(self, name)) != getattr(plain, name)}
        return f"{cls.__module__}.{cls.__qualname__}{options or ''}"

    @classmethod
    def family(cls) -> str:
        """The family of the rule, such as "dates"."""
        return cls.__module__.split(".")[-2]

    @classmethod
    def severity(cls) -> Severity:
        """The severity of a finding, unless the settings override it."""
        return evidence.grade(cls.category, evidence.weigh(cls.category, cls.features()))

    @classmethod
    def features(cls) -> tuple[Feature, ...]:
        """What makes every finding of the rule less certain."""
        return (Feature.OFTEN_RIGHT,) if cls.often_right else ()

    @classmethod
    def guide(cls) -> str:
        """The documentation, in Markdown."""
        return inspect.cleandoc(cls.__doc__ or "")

    @classmethod
    def summary(cls) -> str:
        """The first sentence of the documentation."""
        return cls.guide().partition("\n")[0]


class Clue(NamedTuple):
    """Something in a letter that is compared with other letters. All numbers are signed and have eight bytes.

    Clues with the same `key` are compared; `mark` tells whether two of them are really the same, and `weight`
    how much the clue counts. `span` is its place. `letter` is the number of the letter, which the run fills in.
    """

    key: int
    span: Span
    weight: int = 1
    mark: int = 0
    letter: int = 0


class BatchFinding(NamedTuple):
    """A finding in one letter of a run, made by comparing it with another: the numbers of the two, and the finding."""

    letter: int
    other: int
    finding: Finding


class BatchRule(Rule):
    """One thing that can be wrong between the letters of a run, never in a letter alone.

    `gather` sees each letter once. `compare` sees the clues whose key occurs in two letters or more.
    """

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:  # noqa: ARG002
        """Nothing: the rule only compares letters."""
        yield from ()

    @abstractmethod
    def gather(self, letter: Letter, reading: Reading) -> Iterator[Clue]:
        """Yield the clues of a letter."""

    @abstractmethod
    def compare(self, shared: Iterable[Sequence[Clue]], letters: int, /) -> Iterator[BatchFinding]:
        """Yield each finding, in any order.

        `shared` has a sequence of clues for each key, in the order of the letters; `letters` is the number of
        letters in the run.
        """
