"""A new rule, empty, where it belongs, with a page for its cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from imrlint.engine.ruleset import Ruleset

_NAME = re.compile(r"[a-z]+(?:-[a-z]+)*")

_HOUSE = "HSE"  # the prefix of a house's codes
_RULE = '''from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule


class {class_name}(Rule):
    """Say in one sentence what is wrong.

    Say why it matters: the legal or practical ground.

    ```diff
    -a passage of the clean letter
    +the same with the mistake
    ```

    ```findings
    "the words found" what is said about them
    ```
    """

    code = "{code}"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        yield from ()
'''
_PAGE = """# {name}

A case is a heading, a block `diff` (`-` goes, `+` comes) and a block `findings`, both as in the docstring of the rule.
The second is empty where the rule finds nothing. `diff` changes the letter `clean`, `diff of NAME` another: {letters}.
"""
_TESTS = '''"""The rules in this folder, on the examples in their docstrings and the cases on their pages."""

from pathlib import Path

import pytest

from imrlint import testing

HERE = Path(__file__).parent
LETTERS = testing.letters(HERE / "letters")


@pytest.mark.parametrize("trial", testing.trials(HERE), ids=str)
def test_case(trial: testing.Trial) -> None:
    assert trial.found(LETTERS) == trial.case.findings
'''


class Refused(Exception):
    """A rule that cannot be begun. The message says why."""


@dataclass(frozen=True)
class Begun:
    """The files of a new rule. `tests` runs its cases; `letters` holds what they change."""

    name: str
    rule: Path
    page: Path
    tests: Path
    letters: Path

    def describe(self) -> Iterator[str]:
        """What was written and what comes next, in lines."""
        yield f"wrote {self.rule}: the rule, with its example to fill in"
        yield f"wrote {self.page}: a page for more cases"
        names = _letters(self.letters)
        if "clean" in names:
            yield f'cases change the letter clean; "diff of NAME" changes another: {_named(names)}'
        else:
            yield f"put a right letter in {self.letters / 'clean.txt'}: it is what cases change"
        run = f"python -m pytest {self.tests} -k {self.name}"
        yield f"next: {run}, then imrlint try {self.name} FOLDER-OF-LETTERS"


def begin_rule(rule: str, ruleset: Ruleset, root: Path, house: Path | None = None) -> Begun:
    """Write an empty rule `FAMILY/NAME` and a page for its cases. Raises Refused.

    They go to the folder of a house's rules, or under `root` where imrlint itself is worked on. A house also
    gets a file of tests for all its rules, if it has none.
    """
    family, _, name = rule.partition("/")
    if not _NAME.fullmatch(family) or not _NAME.fullmatch(name):
        raise Refused(f'"{rule}" is not FAMILY/NAME in small letters and hyphens, such as dates/long-gap')
    about = ruleset.families.get(family)
    if about is None and house is None:
        raise Refused(f'no family is called "{family}"; there are {", ".join(ruleset.families)}')
    if known := ruleset.by_name.get(name):
        raise Refused(f'the family {known.family()} has a rule called "{name}" already; no two may share a name')
    begun = _in_house(family, name, house) if house else _in_project(family, name, root)
    class_name = "".join(word.capitalize() for word in name.split("-"))
    code = _next_code(_HOUSE if house else about or "", ruleset)
    _write(begun.rule, _RULE.format(class_name=class_name, code=code))
    _write(begun.page, _PAGE.format(name=name, letters=_named(_letters(begun.letters))))
    if house and not begun.tests.exists():
        _write(begun.tests, _TESTS)
    return begun


def _in_project(family: str, name: str, root: Path) -> Begun:
    folder, tests, file = root / "rules" / family, root / "tests", name.replace("-", "_")
    if not folder.is_dir():
        raise Refused(f"{folder} is not there: run this at the top of the project, or set rule-paths in imrlint.toml")
    page = tests / "rules" / family / f"{file}.md"
    return _free(Begun(name, folder / f"{file}.py", page, tests / "test_rules.py", tests / "letters"))


def _in_house(family: str, name: str, house: Path) -> Begun:
    rule = house / family / f"{name.replace('-', '_')}.py"
    return _free(Begun(name, rule, rule.with_suffix(".md"), house / "test_rules.py", house / "letters"))


def _free(begun: Begun) -> Begun:
    for path in (begun.rule, begun.page):
        if path.exists():
            raise Refused(f"{path} is there already")
    return begun


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _letters(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.txt"))


def _named(letters: list[str]) -> str:
    return ", ".join(name for name in letters if name != "clean") or "there is none yet"


def _next_code(about: str, ruleset: Ruleset) -> str:
    prefix = about.partition(":")[0]
    taken = [int(rule.code[len(prefix) :]) for rule in ruleset.rules if rule.code.startswith(prefix)]
    return f"{prefix}{max(taken, default=0) + 1:03}"
