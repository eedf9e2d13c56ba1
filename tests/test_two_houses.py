"""Houses side by side: each is checked by its own rules, under its own settings."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from houses import BATCH_RULE, RULE
from running import run, slowly


@pytest.fixture
def two_houses(house: Path) -> Path:
    """A folder with a house `b`, which has a rule of its own, and a house `a`, which has none; a letter in each."""
    letter = (house / "letter.txt").read_bytes()
    (house / "letter.txt").unlink()
    for name in ("a", "b"):
        (house / name).mkdir()
        (house / name / "letter.txt").write_bytes(letter)
        (house / name / "imrlint.toml").write_text("", encoding="utf-8")
    (house / "our-rules").rename(house / "b" / "our-rules")
    (house / "imrlint.toml").rename(house / "b" / "imrlint.toml")
    return house


def bus_letters(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """What the rule `bus-steps` says, by the letter it says it of."""
    found = [line.rpartition(" [bus-steps]")[0].split(":") for line in done.stdout.splitlines() if "[bus-st" in line]
    return {line[0]: line[-1].strip() for line in found}


@pytest.mark.parametrize("jobs", [1, slowly(2)])
@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_a_rule_of_one_house_is_not_run_in_another(two_houses: Path, order: tuple[str, str], jobs: int) -> None:
    letters = [f"{name}/letter.txt" for name in order]
    for _ in range(2):
        done = run("check", *letters, "--jobs", jobs, "--cache", "--output-format", "concise", cwd=two_houses)
        assert bus_letters(done) == {"b/letter.txt": "a coach, in this house"}
    (two_houses / "a" / "imrlint.toml").write_text('ignore = ["bus-steps"]\n', encoding="utf-8")
    done = run("check", *letters, "--jobs", jobs, cwd=two_houses)
    assert done.returncode == 2
    assert 'no rule or family is called "bus-steps"' in done.stderr


@pytest.mark.parametrize("folder", ["", "a", "b"])
def test_a_letter_whose_house_lacks_the_selected_rule_is_clean(two_houses: Path, folder: str) -> None:
    letters = [two_houses / name / "letter.txt" for name in "ab"]
    command = ["check", "--select", "bus-steps", "--output-format", "concise"]
    done = run(*command, *letters, cwd=two_houses / folder)
    assert done.stdout.count("[bus-steps]") == 1
    assert (done.returncode, "2 letters checked" in done.stderr) == (0, True)
    alone = run(*command, letters[0], cwd=two_houses / folder)
    assert (alone.returncode, alone.stdout) == (2, "")
    assert alone.stderr.count("\n") == 1
    assert "bus-steps" in alone.stderr
    unknown = run("check", "--select", "bus-step", *letters, cwd=two_houses / "b")
    assert unknown.returncode == 2
    assert 'no rule or family is called "bus-step"; did you mean "bus-steps"?' in unknown.stderr


def test_a_letter_without_a_rule_to_run_is_named(two_houses: Path) -> None:
    (two_houses / "a" / "imrlint.toml").write_text('ignore = ["all"]\n', encoding="utf-8")
    done = run("check", "a/letter.txt", "b/letter.txt", cwd=two_houses)
    assert done.returncode == 2
    (line,) = [line for line in done.stderr.splitlines() if line.endswith("no rule is left to run")]
    assert line.startswith("imrlint: a/letter.txt: ")
    assert f"{Path('a') / 'imrlint.toml'}" in line


@pytest.mark.parametrize("jobs", [1, slowly(2)])
def test_two_houses_may_have_a_rule_of_one_name(two_houses: Path, jobs: int) -> None:
    shutil.copytree(two_houses / "b", two_houses / "c")
    path = two_houses / "c" / "our-rules" / "wording" / "bus_steps.py"
    path.write_text(RULE.replace("a coach, in this house", "a charabanc"), encoding="utf-8")
    letters = [f"{name}/letter.txt" for name in "cab"]
    target = f"--output=sarif={two_houses / 'found.sarif'}"
    done = run("check", *letters, "--jobs", jobs, "--output-format", "concise", target, cwd=two_houses)
    assert bus_letters(done) == {"c/letter.txt": "a charabanc", "b/letter.txt": "a coach, in this house"}
    (ran,) = json.loads((two_houses / "found.sarif").read_text(encoding="utf-8"))["runs"]
    assert [rule["id"] for rule in ran["tool"]["driver"]["rules"]].count("bus-steps") == 1


def test_letters_of_two_houses_are_not_compared_by_rules_of_one_name(two_houses: Path) -> None:
    (two_houses / "a" / "imrlint.toml").write_text('rule-paths = ["our-rules"]\n', encoding="utf-8")
    for name in ("a", "b"):
        folder = two_houses / name / "our-rules" / "batch"
        folder.mkdir(parents=True)
        (folder / "same_start.py").write_text(BATCH_RULE.replace("SAID", f"alike in {name}"), encoding="utf-8")
        shutil.copy(two_houses / name / "letter.txt", two_houses / name / "other.txt")
    done = run("check", ".", "--output-format", "concise", cwd=two_houses)
    assert "failed" not in done.stderr
    said = [line for line in done.stdout.splitlines() if "[same-start]" in line]
    assert len(said) == 2
    assert "a/other.txt" in said[0]
    assert "alike in a: a/letter.txt" in said[0]
    assert "b/other.txt" in said[1]
    assert "alike in b: b/letter.txt" in said[1]


def test_letters_are_compared_under_the_options_of_their_own_house_in_any_order(two_houses: Path) -> None:
    folder = two_houses / "b" / "our-rules" / "batch"
    folder.mkdir(parents=True)
    rule = BATCH_RULE.replace("class SameStart", "@dataclass(frozen=True)\nclass SameStart")
    rule = rule.replace("\nfrom collections", "\nfrom dataclasses import dataclass\nfrom collections", 1)
    rule = rule.replace("\n    def gather", "\n    least: int = 1\n\n    def gather")
    rule = rule.replace("for clues in shared:", "for clues in shared if self.least == 1 else ():")
    (folder / "same_start.py").write_text(rule, encoding="utf-8")
    for name, least in (("a", 1), ("b", 99)):
        settings = f'rule-paths = ["../b/our-rules"]\n[rules.same-start]\nleast = {least}\n'
        (two_houses / name / "imrlint.toml").write_text(settings, encoding="utf-8")
        shutil.copy(two_houses / name / "letter.txt", two_houses / name / "other.txt")
    for order in ("ab", "ba"):
        done = run("check", *order, "--output-format", "concise", cwd=two_houses)
        said = [line for line in done.stdout.splitlines() if "[same-start]" in line]
        assert len(said) == 1
        assert f"a{os.sep}other.txt" in said[0]
        assert f"SAID: a{os.sep}letter.txt" in said[0]
