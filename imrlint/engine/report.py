"""What became of one letter: its diagnostics, and the rules that failed on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from imrlint.document.text import Source, Span
from imrlint.engine.findings import Diagnostic, Importance, Severity

BLOT = "•"


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that raised instead of answering. What the error says is not told: it may hold words of the letter."""

    rule: str
    error: BaseException
    said: str = ""  # of an error in another process

    @property
    def told(self) -> str:
        """The crash in words for whoever ran the rule."""
        return f"the rule {self.rule} failed ({self.where}); tell whoever wrote it"

    @property
    def where(self) -> str:
        """The kind of the error and the line that raised it."""
        if self.said:
            return self.said
        last = self.error.__traceback__
        while last and last.tb_next:
            last = last.tb_next
        place = f" in {Path(last.tb_frame.f_code.co_filename).name}, line {last.tb_lineno}" if last else ""
        return f"{type(self.error).__name__}{place}"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A diagnostic that does not count, and why: somebody waived it, or the baseline has it."""

    diagnostic: Diagnostic
    reason: str


@dataclass(frozen=True, slots=True)
class About:
    """By what findings are counted: the specialty of the reviewer, and the month of the decision as 2017-03."""

    specialty: str = ""
    month: str = ""


@dataclass(frozen=True)
class Report:
    """The diagnostics of a letter in the order in which they stand.

    `secrets` are the places of words that identify a person: no output prints them. `accepted` are
    findings that do not count.
    """

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    crashes: tuple[Crash, ...] = ()
    secrets: tuple[Span, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    about: About = About()

    @cached_property
    def shown(self) -> Source:
        """The letter as it may be printed: its secrets are blotted out, character for character."""
        if not self.secrets:
            return self.source
        letters = list(self.source.text)
        for start, end in self.secrets:
            letters[start:end] = [letter if letter.isspace() else BLOT for letter in letters[start:end]]
        return replace(self.source, text="".join(letters))

    def hides(self, diagnostic: Diagnostic) -> bool:
        """Whether the words of a diagnostic, or of its note or fix, are secret."""
        places = [diagnostic.finding.span, *(note.span for note in diagnostic.finding.notes)]
        return any(a.start < b.end and b.start < a.end for a in self.secrets for b in places)

    def important(self, least: Importance) -> Report:
        """The same report with the findings that are at least this important."""
        return replace(
            self,
            diagnostics=tuple(d for d in self.diagnostics if d.importance >= least),
            accepted=tuple(each for each in self.accepted if each.diagnostic.importance >= least),
        )

    def at_least(self, severity: Severity) -> Iterable[Diagnostic]:
        return (d for d in self.diagnostics if d.severity >= severity)
