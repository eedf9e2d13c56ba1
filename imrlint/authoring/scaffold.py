"""Creating the files of a new rule: an empty rule, and a page for its test cases."""

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
    +the same passage with the mistake
    ```

    ```findings
    "the words found" the message about them
    ```
    """

    code = "{code}"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        yield from ()
'''
_PAGE = """# {name}

A test case is a heading, a block `diff` and a block `findings`, both as in the docstring of the rule. `findings` is
empty where the rule finds nothing. `diff` changes the letter `clean`, `diff of NAME` another one: {letters}.
"""
_TESTS = '''"""Runs the rules in this folder on the examples in their docstrings and the test cases on their pages."""

from pathlib import Path

import pytest

from imrlint import testing

HERE = Path(__file__).parent
LETTERS = testing.read_letters(HERE / "letters")


@pytest.mark.parametrize("case", testing.find_house_cases(HERE), ids=str)
def test_case(case: testing.RuleCase) -> None:
    assert case.run(LETTERS) == case.expected
'''


class CannotCreate(Exception):
    """A rule that cannot be created. The message says why, in one line."""


@dataclass(frozen=True)
class NewRule:
    """The files of a new rule. `tests` runs its test cases, which change the letters in the folder `letters`."""

    name: str
    rule: Path
    page: Path
    tests: Path
    letters: Path

    def describe(self) -> Iterator[str]:
        """Lines on what was written, and on what to do next."""
        yield f"wrote {self.rule}: the rule, with an example to fill in"
        yield f"wrote {self.page}: a page for more test cases"
        names = _letters(self.letters)
        if "clean" in names:
            yield f'test cases change the letter "clean"; "diff of NAME" changes another one: {_list_others(names)}'
        else:
            yield f"put a correct letter in {self.letters / 'clean.txt'}: test cases change it"
        run = f"python -m pytest {self.tests} -k {self.name}"
        yield f"next: {run}, then imrlint try {self.name} FOLDER-OF-LETTERS"


def create_rule(rule: str, ruleset: Ruleset, root: Path, house: Path | None = None) -> NewRule:
    """Write an empty rule `FAMILY/NAME` and a page for its test cases. Raises CannotCreate.

    `house` is the folder of a house's rules; without it the rule is one of imrlint's own, in the checkout `root`.
    A house also gets a file of tests for all its rules, if it has none.
    """
    family, _, name = rule.partition("/")
    if not _NAME.fullmatch(family) or not _NAME.fullmatch(name):
        raise CannotCreate(f'"{rule}" is not FAMILY/NAME in lower case with hyphens, such as dates/long-gap')
    about = ruleset.families.get(family)
    if about is None and house is None:
        raise CannotCreate(f'no family is called "{family}"; the families are {", ".join(ruleset.families)}')
    if known := ruleset.by_name.get(name):
        raise CannotCreate(f'the family {known.family()} already has a rule called "{name}"')
    new = _in_house(family, name, house) if house else _in_project(family, name, root)
    class_name = "".join(word.capitalize() for word in name.split("-"))
    code = _next_code(_HOUSE if house else about or "", ruleset)
    _write(new.rule, _RULE.format(class_name=class_name, code=code))
    _write(new.page, _PAGE.format(name=name, letters=_list_others(_letters(new.letters))))
    if house and not new.tests.exists():
        _write(new.tests, _TESTS)
    return new


def _in_project(family: str, name: str, root: Path) -> NewRule:
    folder, tests, file = root / "rules" / family, root / "tests", name.replace("-", "_")
    if not folder.is_dir():
        raise CannotCreate(f"{folder}: no such folder; run this at the top of the project, or set rule-paths")
    page = tests / "rules" / family / f"{file}.md"
    return _check_absent(NewRule(name, folder / f"{file}.py", page, tests / "test_rules.py", tests / "letters"))


def _in_house(family: str, name: str, house: Path) -> NewRule:
    rule = house / family / f"{name.replace('-', '_')}.py"
    return _check_absent(NewRule(name, rule, rule.with_suffix(".md"), house / "test_rules.py", house / "letters"))


def _check_absent(new: NewRule) -> NewRule:
    for path in (new.rule, new.page):
        if path.exists():
            raise CannotCreate(f"{path} already exists")
    return new


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _letters(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.txt"))


def _list_others(letters: list[str]) -> str:
    return ", ".join(name for name in letters if name != "clean") or "there is none yet"


def _next_code(about: str, ruleset: Ruleset) -> str:
    prefix = about.partition(":")[0]
    taken = [int(rule.code[len(prefix) :]) for rule in ruleset.rules if rule.code.startswith(prefix)]
    return f"{prefix}{max(taken, default=0) + 1:03}"
