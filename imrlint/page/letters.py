"""The letters on the desk: kept in memory, each under a random name, and never more than fit."""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from imrlint.desk import fixing
from imrlint.desk.fixing import FixChoice, FixResult
from imrlint.engine.fixes import ChosenFix, safe_fixes
from imrlint.engine.report import Report
from imrlint.page.house import House
from imrlint.source import Kind, kinds
from imrlint.source.errors import Refused

MOST_LETTERS = 1_000
MOST_BYTES = 256 * 1024 * 1024  # of all letters together, with what they were before each fix

_FORBIDDEN = re.compile(r"[^\w .,()&+'=@#~-]")
_LONGEST_NAME, _LONGEST_SUFFIX = 120, 10  # characters


class DeskIsFull(Exception):
    """There is no room for another letter. The message says what to do, in one line."""


@dataclass(frozen=True)
class Choice:
    """A fix that a person chose: the one of this title for the finding with this mark; without a mark, all safe ones.

    The mark is the fingerprint of the finding.
    """

    title: str
    mark: str = ""

    def start(self) -> FixChoice:
        """Chooses for one letter. Once: then, another finding in the same words may have that fingerprint."""
        if not self.mark:
            return safe_fixes
        left = [self.mark]

        def choose(report: Report) -> Sequence[ChosenFix]:
            wanted = left.pop() if left else ""
            for diagnostic in report.diagnostics:
                if diagnostic.fingerprint == wanted:
                    fixes = [fix for fix in report.printable_fixes(diagnostic) if fix.title == self.title]
                    return [ChosenFix(diagnostic, fix) for fix in fixes[:1]]
            return []

        return choose


@dataclass(frozen=True)
class Step:
    """A choice that was made, and the content of the letter before."""

    choice: Choice
    before: bytes


@dataclass
class OpenLetter:
    """A letter on the desk. `lock` is held by whoever changes it.

    Where it could not be read it has no content, and `refusal` says why. `counts` is how many findings of each severity
    it had when it was last examined; `is_thorough`: with those of the trained reader, where there is one.
    """

    id: str
    name: str
    content: bytes
    kind: Kind | None = None
    refusal: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    is_thorough: bool = False
    steps: list[Step] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def __post_init__(self) -> None:
        self.note_saved()

    def note_saved(self) -> None:
        """Remember that the person has the letter as it is now."""
        self._saved = _digest(self.content)

    @property
    def is_unsaved(self) -> bool:
        """Whether it has changed since it came, or since the person last took it away."""
        return not self.refusal and _digest(self.content) != self._saved

    @property
    def is_typed(self) -> bool:
        """Whether a person may write in it here: plain text is what stands in its file, and nothing else is."""
        return self.kind is Kind.TEXT

    @property
    def is_fixable(self) -> bool:
        """Whether fixes can be made in a file of this kind."""
        return self.kind in (Kind.TEXT, Kind.MARKDOWN, Kind.WORD)

    @property
    def takes_remarks(self) -> bool:
        """Whether findings can be written in the margin of a file of this kind."""
        return self.kind in (Kind.WORD, Kind.PDF)

    @property
    def size(self) -> int:
        """Bytes that it takes, with those to which its steps can be undone."""
        return len(self.content) + sum(len(step.before) for step in self.steps)

    def refuse(self, reason: str) -> None:
        """Keep no more of the letter than why it cannot be read."""
        self.refusal, self.content = reason, b""

    def fix(self, choice: Choice, house: House) -> FixResult:
        """Make a fix that was chosen, which can be undone. Raises Unreadable, ConfigError."""
        result = _fix(self.content, self.name, choice, house)
        if result.made:
            if not self.is_typed:  # in a text, the editor of the page undoes
                self.steps.append(Step(choice, self.content))
            self.content = result.content
        return result

    def undo(self) -> None:
        """Undo the last step, if there is one."""
        with self.lock:
            if self.steps:
                self.content = self.steps.pop().before

    def tracked(self, time: datetime, house: House) -> bytes:
        """The letter with all of its steps as tracked changes. Raises Unreadable, ConfigError."""
        content = self.steps[0].before if self.steps else self.content
        for step in self.steps:
            content = _fix(content, self.name, step.choice, house, time).content
        return content


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _fix(content: bytes, name: str, choice: Choice, house: House, track: datetime | None = None) -> FixResult:
    plan = house.plan_for(name)
    return fixing.fix_letter(content, name, plan.active_rules, choice.start(), track=track, read=plan.read)


class Letters:
    """All letters of one desk, in the order in which they came."""

    def __init__(self) -> None:
        self._by_id: dict[str, OpenLetter] = {}
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[OpenLetter]:
        with self._lock:
            return iter(list(self._by_id.values()))

    def get(self, mark: str) -> OpenLetter | None:
        """The letter with this id; None where there is none."""
        return self._by_id.get(mark)

    def add(self, name: str, content: bytes) -> OpenLetter:
        """Put a letter on the desk. Raises DeskIsFull."""
        with self._lock:
            if len(self._by_id) >= MOST_LETTERS or self.size + len(content) > MOST_BYTES:
                raise DeskIsFull("the desk is full: save what you need, and take letters away")
            letter = OpenLetter(secrets.token_urlsafe(12), self._free_name(clean_name(name)), content)
            try:
                letter.kind = kinds.recognize(content, letter.name)
            except Refused as refused:
                letter.refuse(str(refused))
            self._by_id[letter.id] = letter
        return letter

    def remove(self, mark: str) -> None:
        """Take a letter away."""
        with self._lock:
            self._by_id.pop(mark, None)

    @property
    def size(self) -> int:
        """Bytes of all letters together."""
        return sum(letter.size for letter in self._by_id.values())

    def _free_name(self, name: str) -> str:
        """The name, with a number where another letter has it already."""
        taken = {letter.name for letter in self._by_id.values()}
        stem, dot, suffix = name.rpartition(".")
        free, number = name, 2
        while free in taken:
            free = f"{stem} ({number}).{suffix}" if dot else f"{name} ({number})"
            number += 1
        return free


def clean_name(name: str) -> str:
    """The name of a file without folders, and with no character that could mean anything but itself."""
    last = re.split(r"[/\\]", name)[-1]
    stem, dot, suffix = _FORBIDDEN.sub("_", last).rstrip(" .").rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    return f"{stem.strip(' .')[:_LONGEST_NAME] or 'letter'}{dot}{suffix[:_LONGEST_SUFFIX]}"
