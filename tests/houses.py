"""A house with a rule of its own, made for a test, and imrlint run in it."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess

from running import CLEAN, run, run_process

RULE = '''
import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule

STEPS = re.compile(r"the steps of a bus")


class BusSteps(Rule):
    """Our house does not speak of buses.

    They are coaches here.

    ```diff
    -before
    +the steps of a bus
    ```

    ```findings
    "the steps of a bus" a coach, in this house
    ```
    """

    code = "HSE001"
    category = Category.STYLE
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for prose in letter.prose:
            for hit in prose.find(STEPS):
                yield Finding(hit.span, "a coach, in this house")
'''

BATCH_RULE = '''
from collections.abc import Iterable, Iterator, Sequence

from imrlint.rulekit import BatchFinding, BatchRule, Category, Clue, Finding, Importance, Letter, Reading


class SameStart(BatchRule):
    """Two letters begin alike."""

    code = "HSE009"
    category = Category.SUSPECT
    importance = Importance.LOW

    def gather(self, letter: Letter, reading: Reading) -> Iterator[Clue]:
        yield Clue(7, next(iter(letter.prose)).place(0, 3).span)

    def compare(self, shared: Iterable[Sequence[Clue]], letters: int) -> Iterator[BatchFinding]:
        for clues in shared:
            for clue in clues[1:]:
                yield BatchFinding(clue.letter, clues[0].letter, Finding(clue.span, "SAID"))
'''


def checked(jobs: int, *arguments: object, cwd: Path) -> CompletedProcess[str]:
    """A run of imrlint: here, or where it has other processes as a process of its own."""
    return (run if jobs == 1 else run_process)(*arguments, cwd=cwd)


def build_house(folder: Path) -> None:
    """Makes a house in an empty folder: settings, a letter, and the rule."""
    (folder / "our-rules" / "wording").mkdir(parents=True)
    (folder / "our-rules" / "wording" / "bus_steps.py").write_text(RULE, encoding="utf-8")
    (folder / "imrlint.toml").write_text('rule-paths = ["our-rules"]\n', encoding="utf-8")
    text = CLEAN.read_text(encoding="utf-8").replace(
        "The injured worker is", "On the steps of a bus, the injured worker is"
    )
    assert "steps of a bus" in text
    (folder / "letter.txt").write_text(text, encoding="utf-8")
