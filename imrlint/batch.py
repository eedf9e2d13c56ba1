"""Holding the letters of a run against one another.

Only clues stay in memory; a letter in which something is found is read once more to say where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from imrlint.findings import Finding
from imrlint.linter import Charge, reported
from imrlint.model import Letter
from imrlint.report import Crash, Report
from imrlint.rule import BatchRule, Clue

Clues: TypeAlias = Mapping[str, Sequence[Clue]]
"""What a letter leaves behind for each batch rule, by the rule's name."""


def gathered(letter: Letter, charges: Sequence[Charge]) -> tuple[Clues, tuple[Crash, ...]]:
    """The clues of one letter, and the rules that failed on it."""
    clues: dict[str, list[Clue]] = {}
    crashes = []
    for charge in charges:
        if isinstance(charge.rule, BatchRule):
            try:
                clues[charge.rule.name()] = list(charge.rule.gather(letter))
            except (Exception, SystemExit) as error:  # a rule's fault must not cost the findings of the others
                crashes.append(Crash(charge.rule.name(), error))
    return clues, tuple(crashes)


class Batch:
    """What the letters of a run have left behind, by rule."""

    def __init__(self) -> None:
        self._clues: dict[str, list[Clue]] = {}
        self._charges: dict[str, Charge] = {}
        self._names: list[str] = []

    def add(self, name: str, clues: Clues, charges: Sequence[Charge]) -> None:
        """Take the clues of one letter."""
        number = len(self._names)
        self._names.append(name)
        for charge in charges:
            rule = charge.rule.name()
            if rule in clues:
                self._charges.setdefault(rule, charge)
                self._clues.setdefault(rule, []).extend(clue._replace(letter=number) for clue in clues[rule])

    def reports(self, read: Callable[[str], Letter | None]) -> Iterator[Report]:
        """A report for each letter in which something was found, in the order of the run.

        `read` gives a letter by its name, or None when it can no longer be had.
        """
        found: dict[int, list[tuple[Finding, Charge]]] = {}
        if len(self._names) > 1:
            for name, clues in self._clues.items():
                charge = self._charges[name]
                assert isinstance(charge.rule, BatchRule)
                for number, other, finding in charge.rule.compare(clues, len(self._names)):
                    told = replace(finding, message=f"{finding.message}: {self._names[other]}")
                    found.setdefault(number, []).append((told, charge))
        for number in sorted(found):
            letter = read(self._names[number])
            if letter is not None:
                yield reported(letter, found[number])
