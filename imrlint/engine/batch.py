"""Comparing the letters of a run with one another.

Only their clues are kept. A letter in which the comparison finds something is read again for its report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from imrlint.engine import linter
from imrlint.engine.clues import ClueStore, ClueStoreError
from imrlint.engine.findings import Finding
from imrlint.engine.linter import ActiveRule
from imrlint.engine.messages import replace_controls
from imrlint.engine.report import BadYield, Crash
from imrlint.engine.rule import BatchFinding, BatchRule, Clue
from imrlint.reading import Reading

Clues: TypeAlias = Mapping[str, Sequence[Clue]]
"""The clues of a letter, by the key of the batch rule that gathered them."""

_LIMIT = 2**63


class GatheredClues(NamedTuple):
    """The clues of a letter, and the batch rules that failed on it."""

    clues: Clues
    crashes: tuple[Crash, ...]


class KeyedFinding(NamedTuple):
    """A finding, and the key of the rule that made it."""

    rule: str
    finding: Finding


class BatchLetter(NamedTuple):
    """A letter of a run: its name, and the SHA-256 of the content that was examined, empty where unknown."""

    name: str
    content_hash: bytes


class LetterFindings(NamedTuple):
    """What comparing the letters found in one of them."""

    letter: BatchLetter
    findings: list[KeyedFinding]


def gather_clues(reading: Reading, active_rules: Sequence[ActiveRule]) -> GatheredClues:
    """The clues that the batch rules take from one letter. A rule that raises is reported as a crash."""
    clues: dict[str, list[Clue]] = {}
    crashes = []
    for active in linter.select_applicable(reading, active_rules):
        if isinstance(active.rule, BatchRule):
            try:
                clues[active.rule.key()] = [_check_clue(clue) for clue in active.rule.gather(reading.letter, reading)]
            except (Exception, SystemExit) as error:  # the findings of the other rules are still wanted
                crashes.append(Crash(active.rule.name(), error))
    return GatheredClues(clues, tuple(crashes))


def _check_clue(clue: object) -> Clue:
    """The clue that a rule yielded. Raises BadYield where it cannot be stored."""
    if not isinstance(clue, Clue):
        raise BadYield(f"a batch rule gathers clues, not {type(clue).__name__}")
    numbers = (clue.key, *clue.span, clue.weight, clue.mark)
    if len(clue.span) != 2 or not all(isinstance(each, int) and -_LIMIT <= each < _LIMIT for each in numbers):
        raise BadYield("the numbers of a clue are integers of eight bytes")
    return clue


class _NumberedFinding(NamedTuple):
    """A finding, and the number of the letter that it is in."""

    letter: int
    finding: Finding


class Batch:
    """The letters of a run and their clues."""

    def __init__(self) -> None:
        self._store = ClueStore()
        self._rules: dict[str, BatchRule] = {}
        self._letters: list[BatchLetter] = []
        self._store_error: ClueStoreError | None = None
        self.crashes: list[Crash] = []  # of rules that failed while comparing

    def add(self, letter: BatchLetter, clues: Clues, active_rules: Sequence[ActiveRule]) -> None:
        """Add a letter with its clues. An error in storing them is raised by `compare`."""
        number = len(self._letters)
        self._letters.append(letter)
        for rule, gathered in clues.items():
            if rule not in self._rules:
                self._add_rules(active_rules)
            try:
                for clue in gathered if self._store_error is None else ():
                    self._store.add(rule, clue, number)
            except ClueStoreError as error:  # each letter can still be checked by itself
                self._store_error = error

    def _add_rules(self, active_rules: Sequence[ActiveRule]) -> None:
        for active in active_rules:
            if isinstance(active.rule, BatchRule):
                self._rules.setdefault(active.rule.key(), active.rule)

    def compare(self) -> Iterator[LetterFindings]:
        """The findings between letters, letter by letter in the order of the run. Raises ClueStoreError."""
        if self._store_error is not None:
            raise self._store_error
        found: dict[int, list[KeyedFinding]] = {}
        for key, rule in self._rules.items() if len(self._letters) > 1 else ():
            try:
                for each in rule.compare(self._store.shared_clues(key), len(self._letters)):
                    number, finding = self._name_other_letter(each)
                    found.setdefault(number, []).append(KeyedFinding(key, finding))
            except ClueStoreError:
                raise
            except (Exception, SystemExit) as error:  # the findings of the other rules are still wanted
                self.crashes.append(Crash(rule.name(), error))
        for number in sorted(found):
            yield LetterFindings(self._letters[number], found[number])

    def _name_other_letter(self, found: object) -> _NumberedFinding:
        """A finding that names the other letter, and the number of its own. Raises BadYield."""
        if not isinstance(found, BatchFinding):
            raise BadYield(f"a batch rule yields BatchFindings, not {type(found).__name__}")
        letters = range(len(self._letters))
        if found.letter not in letters or found.other not in letters:
            raise BadYield("a BatchFinding has the numbers of two letters of the run")
        finding, beside = linter.check_finding(found.finding), self._letters[found.other].name
        message = f"{finding.message}: {replace_controls(beside)}"
        return _NumberedFinding(found.letter, replace(finding, message=message, beside=beside))
