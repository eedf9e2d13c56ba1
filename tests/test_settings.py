"""Profiles, and settings for some letters: what comes on top of what, and where it came from."""

from __future__ import annotations

import ast
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from houses import RULE
from running import EXAMPLES, ROOT, SLIPS, run

from imrlint.engine import ruleset
from imrlint.engine.findings import Severity
from imrlint.settings.config import ConfigError
from imrlint.settings.files import Settings, SettingsReader
from imrlint.settings.profiles import PROFILES

HOUSE = """
ignore = ["title-spacing"]
words = ["Accuflexx"]

[rules.late-decision]
days = 40

[profiles.draft]
ignore = ["mixed-date-format"]

[profiles.mailed]
fail-on = "note"
[profiles.mailed.rules.late-decision]
severity = "error"

[[letters]]
match = ["2014/*", "*-old.txt"]
ignore = ["missing-section"]
words = ["Painex"]
[letters.rules.misspelling]
severity = "note"
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    (tmp_path / "imrlint.toml").write_text(HOUSE, encoding="utf-8")
    return tmp_path


def test_a_folder_that_a_path_leaves_again_has_no_say(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "imrlint.toml").write_text('select = ["batch"]\n', encoding="utf-8")
    shutil.copy(SLIPS, tmp_path / "letter.txt")
    assert run("check", "../letter.txt", cwd=tmp_path / "home").returncode == 1
    assert run("check", "../letter.txt", "--config", "imrlint.toml", cwd=tmp_path / "home").returncode == 0


def test_letters_under_one_file_share_its_settings_and_another_run_reads_it_again(house: Path) -> None:
    (house / "2014").mkdir()
    reader = SettingsReader()
    settings = reader.read_nearest(house)
    assert reader.read_nearest(house / "2014") is settings
    assert reader.read_file(house / "imrlint.toml") is settings
    (house / "imrlint.toml").write_text('ignore = ["misspelling"]\n', encoding="utf-8")
    assert reader.read_nearest(house) is settings
    assert SettingsReader().read_nearest(house).config().ignore == ("misspelling",)


def test_a_profile_comes_on_top(house: Path) -> None:
    found = SettingsReader().read_nearest(house)
    plain, mailed = found.config(), found.config(profile="mailed")
    assert (plain.fail_on, mailed.fail_on) == (Severity.WARNING, Severity.NOTE)
    assert plain.rules["late-decision"] == {"days": 40}
    assert mailed.rules["late-decision"] == {"days": 40, "severity": "error"}
    assert mailed.ignore == ("title-spacing",)


def test_a_built_in_profile_is_there_and_grows(house: Path) -> None:
    draft = SettingsReader().read_nearest(house).config(profile="draft")
    assert draft.fail_on is Severity.ERROR
    assert draft.ignore == ("title-spacing", "mixed-date-format")
    assert draft.rules["missing-decision"] == {"severity": "note"}


def test_built_in_profiles_select_rules_by_what_they_declare() -> None:
    active = {name: Settings().config(profile=name).active_rules() for name in (None, *PROFILES)}
    before = {each.rule.name(): each.severity for each in active[None]}
    assert before == {each.rule.name(): each.severity for each in active["release"]}
    lenient = {each.rule.name() for each in active["draft"] if each.severity < before[each.rule.name()]}
    assert lenient == {
        "missing-claims-guideline", "missing-conclusion", "missing-decision", "missing-header-field",
        "missing-rationale", "missing-reviewer-guideline", "missing-section", "truncated-letter", "unfinished-sentence",
    }  # fmt: skip
    ignored = before.keys() - {each.rule.name() for each in active["archive"]}
    assert ignored == {"guideline-mismatch", "mixed-date-format", "title-spacing"}


def test_a_profile_holds_for_rules_of_a_house_too(tmp_path: Path) -> None:
    (tmp_path / "ours" / "wording").mkdir(parents=True)
    rule = RULE.replace("Letter, Reading, Rule", "Letter, Reading, Rule, Trait").replace(
        "Category.STYLE", "Category.OMISSION"
    )
    rule = rule.replace("    importance", "    traits = frozenset({Trait.UNFINISHED})\n    importance")
    (tmp_path / "ours" / "wording" / "bus_steps.py").write_text(rule, encoding="utf-8")
    (tmp_path / "imrlint.toml").write_text('rule-paths = ["ours"]\n', encoding="utf-8")
    house = SettingsReader().read_nearest(tmp_path)
    for profile, severity in ((None, Severity.ERROR), ("draft", Severity.NOTE)):
        active = {each.rule.name(): each.severity for each in house.config(profile=profile).active_rules()}
        assert active["bus-steps"] is severity


def test_nothing_but_the_rules_knows_a_rule_by_name() -> None:
    names = set(ruleset.installed().by_name)
    below = ("document", "knowledge", "parser", "reading", "source")  # where "article" is a word, and no rule
    found = []
    for path in sorted((ROOT / "imrlint").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documented = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
        docstrings = {ast.get_docstring(node, clean=False) for node in documented}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docstrings:
                words = {word for word in re.findall(r"[a-z]+(?:-[a-z]+)*", node.value) if "-" in word}
                if path.relative_to(ROOT / "imrlint").parts[0] not in below:
                    words.add(node.value)
                found += [(path.name, name) for name in words & names]
    assert found == []


def test_some_letters_have_settings_of_their_own(house: Path) -> None:
    found = SettingsReader().read_nearest(house)
    for name in ("2014/a.txt", "2014/b/c.docx", "x-old.txt"):
        chosen = found.config(house / name)
        assert chosen.ignore == ("title-spacing", "missing-section")
        assert chosen.words == ("Accuflexx", "Painex")
        assert chosen.rules["misspelling"] == {"severity": "note"}
    for name in ("2015/a.txt", "x-old.docx", "sub/2014/a.txt"):
        assert found.config(house / name).ignore == ("title-spacing",)


def test_junit_fails_what_the_settings_of_the_letter_fail(tmp_path: Path) -> None:
    for name, fail_on in (("strict", "note"), ("lenient", "error")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "imrlint.toml").write_text(f'fail-on = "{fail_on}"\n', encoding="utf-8")
        (tmp_path / name / "slips.txt").write_bytes(SLIPS.read_bytes())
    done = run("check", "strict", "lenient", "--output-format", "junit", cwd=tmp_path)
    strict, lenient = (suite.split("</testsuite>")[0] for suite in done.stdout.split("<testsuite ")[1:3])
    assert "<system-out>" not in strict
    assert not re.search("message=.warning", lenient)
    assert re.search("message=.error", lenient)


def test_letters_of_one_run_are_checked_under_their_own_settings(house: Path) -> None:
    text = SLIPS.read_text(encoding="utf-8")
    for name in ("new.txt", "x-old.txt"):
        (house / name).write_text(text, encoding="utf-8")
    lines = run("check", ".", "--select", "misspelling", "--output-format", "concise", cwd=house).stdout.splitlines()
    levels = {line.split(":")[0]: line.split(": ")[1] for line in lines}
    assert levels == {"new.txt": "warning", "x-old.txt": "note"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('profile = "relase"', 'no profile is called "relase"; the profiles are archive, draft, release'),
        ("profiles = 3", '"profiles" must contain tables'),
        ("[profiles.x]\nselct = []", 'unknown key "selct"'),
        ("[[letters]]\nignore = []", '[[letters]] needs "match"'),
        ('[[letters]]\nmatch = ["*"]\nignore = ["no-such"]', 'no rule or family is called "no-such"'),
        ('[[letters]]\nmatch = ["*"]\nfail-on = "note"', "apply to all letters, and cannot be set for some"),
        ("letters = 3", '"letters" must be tables'),
    ],
)
def test_mistakes_are_named_with_the_file(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "imrlint.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        SettingsReader().read_nearest(tmp_path)
    assert why in str(error.value)
    assert str(path) in str(error.value)


def test_the_command_line_chooses_a_profile(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    text = SLIPS.read_text(encoding="utf-8")
    path.write_text(text[: text.index("MAXIMUS guideline: ")], encoding="utf-8")
    assert "error: this item has no rationale" in run("check", path).stdout
    draft = run("check", path, "--profile", "draft", "--select", "structure")
    assert draft.returncode == 0
    assert "note: this item has no rationale" in draft.stdout
    wrong = run("check", path, "--profile", "relase")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert 'no profile is called "relase"' in wrong.stderr


def test_config_shows_what_holds_and_from_where(house: Path) -> None:
    (house / "2014").mkdir()
    (house / "2014" / "a.txt").touch()
    done = run("config", "2014/a.txt", "--profile", "draft", cwd=house)
    assert done.returncode == 0
    shown = done.stdout.splitlines()
    origins = [line for line in shown if line.startswith("# ") and ("imrlint.toml" in line or "built-in" in line)]
    assert origins == [
        f"# {house / 'imrlint.toml'}",
        "# the built-in profile draft",
        f"# {house / 'imrlint.toml'}, profile draft",
        f"# {house / 'imrlint.toml'}, letters 1 (2014/*, *-old.txt)",
    ]
    parts = done.stdout.split("\n\n")
    assert tomllib.loads(parts[1])["rules"] == {"late-decision": {"days": 40}}
    assert tomllib.loads(parts[4])["ignore"] == ["missing-section"]
    assert shown[-1].endswith("a finding of severity error or higher fails the check")
    assert "the built-in defaults" in run("config", cwd=EXAMPLES[0].parent).stdout
    missing = run("config", "none.txt", cwd=house)
    assert (missing.returncode, missing.stderr) == (2, "imrlint: none.txt: no such file or folder\n")
