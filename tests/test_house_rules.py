"""Rules that a house or another package adds: found, checked, explained, tested like imrlint's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
import typeset
from houses import BATCH_RULE, RULE, checked
from running import ROOT, run, slowly


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_rule_of_the_house_is_run(house: Path, jobs: int) -> None:
    for options in ([], ["--config", "imrlint.toml"]):
        done = checked(jobs, "check", ".", "--jobs", jobs, "--output-format", "concise", *options, cwd=house)
        assert "note: a coach, in this house [bus-steps]" in done.stdout
        assert done.returncode == 0


def test_it_is_listed_explained_and_set_like_others(house: Path) -> None:
    assert "HSE001" in run("rules", "wording", cwd=house).stdout
    assert "They are coaches here." in run("explain", "bus-steps", cwd=house).stdout
    config = 'rule-paths = ["our-rules"]\n[rules.bus-steps]\nseverity = "error"\n'
    (house / "imrlint.toml").write_text(config, encoding="utf-8")
    done = run("check", "letter.txt", cwd=house)
    assert done.returncode == 1
    assert "error: a coach, in this house" in done.stdout
    assert run("check", "letter.txt", "--ignore", "wording", cwd=house).returncode == 0


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("strict = true", "strict True, share 0.5, count 3"),
        ("share = 1", "strict False, share 1, count 3"),
        ("share = 0.25", "strict False, share 0.25, count 3"),
        ("strict = 1", "strict is 1; it must be like false"),
        ("share = true", "share is true; it must be like 0.5"),
        ("count = true", "count is true; it must be like 3"),
        ("count = 2.5", "count is 2.5; it must be like 3"),
    ],
)
def test_an_option_has_the_type_of_its_default(house: Path, option: str, said: str) -> None:
    rule = RULE.replace("class BusSteps", "@dataclass(frozen=True)\nclass BusSteps")
    rule = rule.replace("import re\n", "import re\nfrom dataclasses import dataclass\n")
    rule = rule.replace(
        "    def check", "    strict: bool = False\n    share: float = 0.5\n    count: int = 3\n\n    def check"
    )
    rule = rule.replace(
        '(hit.span, "a coach', '(hit.span, f"strict {self.strict}, share {self.share}, count {self.count}'
    )
    (house / "our-rules" / "wording" / "bus_steps.py").write_text(rule, encoding="utf-8")
    (house / "imrlint.toml").write_text(f'rule-paths = ["our-rules"]\n[rules.bus-steps]\n{option}\n', encoding="utf-8")
    done = run("check", "letter.txt", cwd=house)
    assert said in done.stdout + done.stderr


def test_a_new_rule_is_begun_where_the_house_has_its_rules(house: Path) -> None:
    done = run("new", "wording/no-trains", cwd=house)
    path = house / "our-rules" / "wording" / "no_trains.py"
    assert f"wrote {path}: " in done.stdout
    assert 'code = "HSE002"' in path.read_text(encoding="utf-8")
    assert "HSE002" in run("rules", cwd=house).stdout


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("HSE001", "DAT001"), "rules share a code: DAT001"),
        (("HSE001", "house-1"), "its code must be three capital letters and three digits"),
        (("class BusSteps", "class BusSteps(Nothing"), "cannot be loaded: SyntaxError"),
        (("import re", "import no_such_module"), "cannot be loaded: ModuleNotFoundError"),
        (("import re", "raise SystemExit(0)"), "cannot be loaded: SystemExit"),
        (("Category.STYLE", '"style"'), "its category must be one of Category"),
        (("    importance = Importance.LOW\n", ""), "its importance must be Importance.HIGH, MEDIUM or LOW"),
        ((RULE, "LIMIT = 3"), "contains no rule"),
    ],
)
def test_a_rule_that_cannot_be_used_is_named(house: Path, change: tuple[str, str], why: str) -> None:
    path = house / "our-rules" / "wording" / "bus_steps.py"
    path.write_text(RULE.replace(*change), encoding="utf-8")
    done = run("check", ".", cwd=house)
    assert (done.returncode, done.stdout) == (2, "")
    assert "rule-paths: " in done.stderr
    assert why in done.stderr


@pytest.mark.parametrize("jobs", [1, slowly(2)])
@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("raise SystemExit(0)", "SystemExit in bus_steps.py, line"),
        ("int(letter.source.text[:11])", "ValueError in bus_steps.py, line"),
        ("yield 'a finding'", "a rule yields findings, not str)"),
    ],
)
def test_a_rule_that_fails_is_named_without_the_words_of_its_error(house: Path, jobs: int, body: str, why: str) -> None:
    path = house / "our-rules" / "wording" / "bus_steps.py"
    path.write_text(RULE.replace("for prose in letter.prose:", f"{body}\n        for prose in letter.prose:"))
    done = checked(jobs, "check", ".", "--jobs", jobs, cwd=house)
    assert done.returncode == 2
    assert f"the rule bus-steps failed ({why}" in done.stderr
    assert "invalid literal" not in done.stderr


@pytest.mark.parametrize("jobs", [1, slowly(2)])
def test_what_a_rule_prints_is_no_report(house: Path, jobs: int) -> None:
    path = house / "our-rules" / "wording" / "bus_steps.py"
    path.write_text(RULE.replace("for prose in letter.prose:", "print('here')\n        for prose in letter.prose:"))
    done = checked(jobs, "check", ".", "--jobs", jobs, "--output-format", "jsonl", cwd=house)
    assert "here" in done.stderr
    assert all(line.startswith("{") for line in done.stdout.splitlines())


def test_the_cache_knows_when_a_rule_of_the_house_has_changed(house: Path) -> None:
    path = house / "our-rules" / "wording" / "bus_steps.py"
    for said in ("a coach, in this house", "a charabanc, in this house"):
        path.write_text(RULE.replace("a coach, in this house", said), encoding="utf-8")
        for _ in range(2):
            done = run("check", "letter.txt", "--cache", "--output-format", "concise", cwd=house)
            assert f"note: {said} [bus-steps]" in done.stdout


def test_settings_that_are_broken_are_told_once(house: Path) -> None:
    for number in range(8):
        (house / f"{number}.txt").write_bytes((house / "letter.txt").read_bytes())
    (house / "imrlint.toml").write_text("selct = 3\n", encoding="utf-8")
    for jobs in (1, 2):
        done = checked(jobs, "check", ".", "--jobs", jobs, cwd=house)
        assert done.returncode == 2
        assert done.stderr.count("unknown key") == 1


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "imrlint.toml").write_text('rule-paths = ["none"]\n', encoding="utf-8")
    (tmp_path / "letter.txt").write_text("a letter", encoding="utf-8")
    done = run("check", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert f"{tmp_path / 'none'}: no such folder of rules" in done.stderr


PROJECT = """
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "coach-rules"
version = "1.0"

[project.entry-points."imrlint.rules"]
coaches = "coach_rules"

[tool.setuptools]
packages = ["coach_rules"]
"""
TESTS = """
from coach_rules.bus_steps import BusSteps

from imrlint import testing

LETTER = "HOW THE IMR FINAL DETERMINATION WAS MADE\\nHe fell before noon.\\n"


def test_the_example_in_the_docstring():
    (case,) = testing.read_cases(BusSteps.guide())
    letter = testing.apply_diff(LETTER, case.diff)
    testing.check_laws(BusSteps(), letter)
    assert testing.run_rule(BusSteps(), LETTER) == []
    assert testing.format_findings(testing.run_rule(BusSteps(), letter), letter) == case.findings
"""


@pytest.mark.slow
def test_an_outside_package_adds_a_rule_and_tests_it_with_our_harness(tmp_path: Path, house: Path, wheel: Path) -> None:
    package = tmp_path / "package"
    (package / "coach_rules").mkdir(parents=True)
    (package / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (package / "coach_rules" / "__init__.py").write_text('"""HSE: coaches."""\n', encoding="utf-8")
    (package / "coach_rules" / "bus_steps.py").write_text(RULE, encoding="utf-8")
    (package / "test_coaches.py").write_text(TESTS, encoding="utf-8")
    (house / "imrlint.toml").unlink()
    venv.create(tmp_path / "venv", with_pip=True, system_site_packages=False)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    for command in (
        ["-m", "pip", "install", "--quiet", str(wheel), "pytest", str(package)],
        ["-m", "pytest", "-q", str(package / "test_coaches.py")],
    ):
        done = subprocess.run([str(python), *command], capture_output=True, text=True, check=False, cwd=package)
        assert done.returncode == 0, done.stdout + done.stderr
    command = [str(python), "-m", "imrlint"]
    listed = subprocess.run([*command, "rules", "coach_rules"], capture_output=True, text=True, check=True, cwd=house)
    assert listed.stdout.startswith("HSE001  note")
    done = subprocess.run([*command, "check", "letter.txt"], capture_output=True, text=True, check=False, cwd=house)
    assert "[bus-steps]" in done.stdout


@pytest.mark.parametrize("jobs", [1, slowly(2)])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("yield BatchFinding(", "yield ("), "a batch rule yields BatchFindings, not tuple"),
        (
            ('clues[0].letter, Finding(clue.span, "SAID")', '99, Finding(clue.span, "SAID")'),
            "numbers of two letters of the run",
        ),
        (('Finding(clue.span, "SAID")', '"words"'), "a rule yields findings, not str"),
        (("yield Clue(7, ", "yield (7, "), "a batch rule gathers clues, not tuple"),
        (("yield Clue(7, ", "yield Clue(2**70, "), "the numbers of a clue are integers of eight bytes"),
    ],
)
def test_what_a_rule_may_not_yield_is_said(house: Path, change: tuple[str, str], said: str, jobs: int) -> None:
    (house / "our-rules" / "batch").mkdir()
    (house / "our-rules" / "batch" / "same_start.py").write_text(BATCH_RULE.replace(*change), encoding="utf-8")
    shutil.copy(house / "letter.txt", house / "other.txt")
    done = run("check", ".", "--jobs", jobs, cwd=house)
    assert done.returncode == 2
    assert "the rule same-start failed (" in done.stderr
    assert said in done.stderr
    assert "words" not in done.stderr


# ---- Rules that cannot be used, whatever is asked

COMMANDS = {
    "check": ["check", "letter.txt"],
    "check with options": ["check", "letter.txt", "--output-format", "jsonl"],
    "rules": ["rules"],
    "explain": ["explain", "misspelling"],
    "new": ["new", "wording/no-trains"],
    "config": ["config", "letter.txt"],
    "waive": ["waive", "01234567", "--reason", "right", "--by", "me"],
    "baseline": ["baseline", "letter.txt"],
    "annotate": ["annotate", "letter.docx"],
    "try": ["try", "misspelling", "letter.txt"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_bad_rules_of_a_house_are_told_in_a_line_by_every_command(house: Path, command: str) -> None:
    (house / "letter.docx").write_bytes(typeset.word((house / "letter.txt").read_text(encoding="utf-8")))
    path = house / "our-rules" / "wording" / "bus_steps.py"
    path.write_text(RULE.replace("HSE001", "house-1"), encoding="utf-8")
    done = run(*COMMANDS[command], cwd=house)
    assert (done.returncode, done.stdout) == (2, "")
    assert "its code must be three capital letters and three digits" in done.stderr.splitlines()[0]
    assert done.stderr.count("bus_steps.py") == 1
    assert "Traceback" not in done.stderr


@pytest.fixture
def bad_package(tmp_path: Path) -> dict[str, str]:
    """The environment of a process that finds an installed package whose rules cannot be used."""
    place = tmp_path / "site"
    (place / "coaches-1.0.dist-info").mkdir(parents=True)
    (place / "coaches-1.0.dist-info" / "METADATA").write_text("Name: coaches\nVersion: 1.0\n", encoding="utf-8")
    (place / "coaches-1.0.dist-info" / "entry_points.txt").write_text("[imrlint.rules]\nours = coaches\n")
    (place / "coaches.py").write_text("raise ValueError('no coach\\ntoday')\n", encoding="utf-8")
    return {**os.environ, "PYTHONPATH": str(place)}


@pytest.mark.parametrize(
    "command",
    ["check", "imrlint.check", "rules", *(slowly(name) for name in COMMANDS if name not in ("check", "rules"))],
)
def test_bad_rules_of_a_package_are_told_in_a_line_by_every_command(
    house: Path, bad_package: dict[str, str], command: str
) -> None:
    (house / "letter.docx").write_bytes(typeset.word((house / "letter.txt").read_text(encoding="utf-8")))
    arguments = ["-m", "imrlint", *COMMANDS.get(command, [])]
    if command == "imrlint.check":
        arguments = ["-c", "import imrlint\nimrlint.check('a letter')"]
    for settings in ("", 'rule-paths = ["our-rules"]\n', None):
        if settings is None:
            (house / "imrlint.toml").unlink()
        else:
            (house / "imrlint.toml").write_text(settings, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, *arguments], capture_output=True, text=True, check=False, cwd=house, env=bad_package
        )
        said = "the rules of coaches cannot be loaded: ValueError: no coach today"
        assert done.stdout == ""
        if command == "imrlint.check":
            assert done.stderr.splitlines()[-1] == f"imrlint.engine.ruleset.BadRules: {said}"
        else:
            assert done.returncode == 2
            assert "Traceback" not in done.stderr
            assert done.stderr.splitlines()[0].endswith(said)


# ---- One copy of imrlint, not two


@pytest.mark.parametrize("has_settings", [True, slowly(False)])
@pytest.mark.parametrize("command", [["check", "letter.txt"], ["rules"], slowly(["parse", "letter.txt"])])
@pytest.mark.parametrize(("installed", "said"), [(True, "two copies of imrlint are mixed"), (False, "cannot be found")])
def test_a_checkout_never_takes_rules_or_grammars_of_another(
    house: Path, command: list[str], installed: bool, said: str, has_settings: bool
) -> None:
    if not has_settings:
        (house / "imrlint.toml").unlink()
    for part in ("imrlint", "rules", "grammar"):
        shutil.copytree(ROOT / part, house / part, ignore=shutil.ignore_patterns("__pycache__"))
    hidden = "import sys; sys.meta_path[:] = [each for each in sys.meta_path if 'editable' not in str(each).lower()]"
    code = f"import runpy, sys; sys.argv = ['imrlint', *{command!r}]; runpy.run_module('imrlint', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", code if installed else f"{hidden}; {code}"],
        capture_output=True, text=True, check=False, cwd=house, env={**os.environ, "PYTHONPATH": str(house)},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert f"pip install -e {house}" in done.stderr
    assert done.stderr.count("\n") == 1
