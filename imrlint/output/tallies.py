"""How many findings there are of each kind: in each letter, and by rule, specialty or month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from imrlint.engine.findings import Importance, Severity
from imrlint.engine.report import Report

SEVERITIES = tuple(severity.word for severity in sorted(Severity, reverse=True))
HIGH = Importance.HIGH.word


@dataclass
class Tally:
    """How many findings there are of each severity, of high importance, and the number of letters they may be in."""

    letters: int = 0
    counts: Counter[str] = field(default_factory=Counter)  # by the word of a severity; and HIGH

    @property
    def total(self) -> int:
        """The number of findings."""
        return sum(self.counts[severity] for severity in SEVERITIES)

    @property
    def rate(self) -> float:
        """The number of findings a letter."""
        return self.total / max(self.letters, 1)


class Tallies:
    """Counts the findings of a run, and its letters, those without findings too."""

    def __init__(self) -> None:
        self.letters: dict[str, Tally] = {}  # every letter by its name
        self.rules: dict[str, Tally] = {}
        self.families: dict[str, Tally] = {}
        self.specialties: dict[str, Tally] = {}  # of the reviewer; "" where a letter does not state one
        self.months: dict[str, Tally] = {}  # of the decision, such as 2017-03; likewise

    def add(self, report: Report) -> None:
        """Count the findings of a report. A second report on a letter, from comparing letters, is no second letter."""
        name = report.source.name
        groups = [(self.specialties, report.details.specialty), (self.months, report.details.month)]
        if name not in self.letters:
            self.letters[name] = Tally(letters=1)
            for table, label in groups:
                table.setdefault(label, Tally()).letters += 1
        for each in report.diagnostics:
            kinds = [each.severity.word, *([HIGH] if each.importance.word == HIGH else [])]
            self.letters[name].counts.update(kinds)
            for table, label in (*groups, (self.rules, each.name), (self.families, each.family)):
                table.setdefault(label, Tally()).counts.update(kinds)

    def rank_letters(self) -> list[str]:
        """The names of the letters with findings, those with most to do first: errors, then what matters most."""
        names = [name for name, tally in self.letters.items() if tally.total]
        return sorted(names, key=lambda name: (_weigh(self.letters[name].counts), name))

    def count_clean(self) -> int:
        """The number of letters without a finding."""
        return sum(not tally.total for tally in self.letters.values())

    def count_with_notes_only(self) -> int:
        """The number of letters whose findings are all notes."""
        notes = Severity.NOTE.word
        return sum(0 < tally.total == tally.counts[notes] for tally in self.letters.values())


def _weigh(counts: Mapping[str, int]) -> tuple[int, ...]:
    error, warning, note = SEVERITIES
    return (-counts[error], -counts[HIGH], -counts[warning], -counts[note])
