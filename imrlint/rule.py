"""The shape every rule has."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from imrlint.findings import Category, Finding, Severity
from imrlint.model import Letter


class Rule(ABC):
    """One thing that can be wrong with a letter.

    A rule is a value: its dataclass fields are its options, and `check` is a pure function of the
    letter. Its name and family are the file it lives in. Its docstring is what users read of it:
    one sentence, why it matters, a change to the clean letter as a `diff` block, and what is then
    found as a `findings` block.
    """

    code: ClassVar[str]
    category: ClassVar[Category]

    often_right: ClassVar[str] = ""
    """Why a finding is a note although its category is worse: what makes the case legitimate."""

    @abstractmethod
    def check(self, letter: Letter) -> Iterator[Finding]:
        """Yield each finding, in any order."""

    @classmethod
    def name(cls) -> str:
        return cls.__module__.rpartition(".")[2].replace("_", "-")

    @classmethod
    def family(cls) -> str:
        return cls.__module__.split(".")[-2]

    @classmethod
    def severity(cls) -> Severity:
        """The severity of a finding where no configuration says otherwise."""
        return Severity.NOTE if cls.often_right else cls.category.severity

    @classmethod
    def guide(cls) -> str:
        """The documentation, in Markdown."""
        return inspect.cleandoc(cls.__doc__ or "")

    @classmethod
    def summary(cls) -> str:
        return cls.guide().partition("\n")[0]
