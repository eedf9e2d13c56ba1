"""Holding the letters of a run against one another.

Only clues are kept; a letter in which something is found is read once more to say where.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from imrlint import linter
from imrlint.clues import ClueStore, NotKept
from imrlint.findings import Finding
from imrlint.linter import Charge
from imrlint.model import Letter
from imrlint.report import Crash
from imrlint.rule import BatchRule, Clue

Clues: TypeAlias = Mapping[str, Sequence[Clue]]
"""What a letter leaves behind for each batch rule, by the rule's name."""

Signed: TypeAlias = tuple[str, Finding]
"""A finding, after the name of the rule that found it."""

_NUMBERS = range(-(2**63), 2**63)


def gathered(letter: Letter, charges: Sequence[Charge]) -> tuple[Clues, tuple[Crash, ...]]:
    """The clues of one letter, and the rules that failed on it."""
    clues: dict[str, list[Clue]] = {}
    crashes = []
    for charge in charges:
        if isinstance(charge.rule, BatchRule):
            try:
                clues[charge.rule.name()] = [_sound(clue) for clue in charge.rule.gather(letter)]
            except (Exception, SystemExit) as error:  # a rule's fault must not cost the findings of the others
                crashes.append(Crash(charge.rule.name(), error))
    return clues, tuple(crashes)


def _sound(clue: object) -> Clue:
    if not isinstance(clue, Clue):
        raise TypeError(f"a batch rule gathers clues, not {type(clue).__name__}")
    if not all(number in _NUMBERS for number in (clue.key, clue.weight, clue.mark)):
        raise ValueError("a clue is made of whole numbers of eight bytes")
    return clue


class Batch:
    """What the letters of a run have left behind."""

    def __init__(self) -> None:
        self._store = ClueStore()
        self._rules: dict[str, BatchRule] = {}
        self._names: list[str] = []
        self._lost: NotKept | None = None
        self.crashes: list[Crash] = []  # of rules, while letters were held against one another

    def add(self, name: str, clues: Clues, charges: Sequence[Charge]) -> None:
        """Take the clues of one letter."""
        number = len(self._names)
        self._names.append(name)
        for rule, left in clues.items():
            if rule not in self._rules:
                self._learn(charges)
            try:
                for clue in left if self._lost is None else ():
                    self._store.add(rule, clue, number)
            except NotKept as error:  # told when the letters are compared: each of them is still checked
                self._lost = error

    def _learn(self, charges: Sequence[Charge]) -> None:
        for charge in charges:
            if isinstance(charge.rule, BatchRule):
                self._rules.setdefault(charge.rule.name(), charge.rule)

    def found(self) -> Iterator[tuple[str, list[Signed]]]:
        """The name of each letter in which something was found, in the order of the run. Raises NotKept."""
        if self._lost is not None:
            raise self._lost
        found: dict[int, list[Signed]] = {}
        for name, rule in self._rules.items() if len(self._names) > 1 else ():
            try:
                for number, other, finding in rule.compare(self._store.shared(name), len(self._names)):
                    told = f"{linter.sound(finding).message}: {self._names[other]}"
                    place = range(len(self._names))[number]
                    found.setdefault(place, []).append((name, replace(finding, message=told)))
            except NotKept:
                raise
            except (Exception, SystemExit) as error:  # a rule's fault must not cost the findings of the others
                self.crashes.append(Crash(name, error))
        for number in sorted(found):
            yield self._names[number], found[number]
