"""The way of a newcomer's rule: begun, tried on cases, what was found accepted, run over letters beside verdicts."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from running import CLEAN, SLIPS, run

from imrlint import testing
from imrlint.authoring import trial
from imrlint.engine.rule import Rule

BODY = """for prose in letter.prose:
            for hit in prose.find(re.compile("buses")):
                yield Finding(hit.span, "a coach, in this house")
"""
DIFF = "-The injured worker is\n+By one of the buses, the injured worker is\n"


def filled(path: Path, findings: str) -> None:
    """Fill in an empty rule as a newcomer would."""
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("yield from ()\n", BODY),
        ("from collections.abc", "import re\nfrom collections.abc"),
        (
            "    -a passage of the clean letter\n    +the same passage with the mistake\n",
            "".join(f"    {x}\n" for x in DIFF.split("\n")[:2]),
        ),
        ('"the words found" the message about them', findings),
    ):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def loaded(path: Path, patch: pytest.MonkeyPatch) -> type[Rule]:
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}.{path.stem}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    patch.setitem(sys.modules, module.__name__, module)
    spec.loader.exec_module(module)
    rule: type[Rule] = module.NoBuses
    return rule


@pytest.fixture
def house(tmp_path: Path) -> Path:
    (tmp_path / "imrlint.toml").write_text('rule-paths = ["our-rules"]\n', encoding="utf-8")
    (tmp_path / "our-rules" / "letters").mkdir(parents=True)
    shutil.copy(CLEAN, tmp_path / "our-rules" / "letters" / "clean.txt")
    (tmp_path / "letters").mkdir()
    shutil.copy(SLIPS, tmp_path / "letters" / "slips.txt")
    text = CLEAN.read_text(encoding="utf-8").replace("The injured worker is", "Of the buses, the injured worker is")
    (tmp_path / "letters" / "bus.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_house_begins_tests_and_tries_a_rule(house: Path) -> None:
    rules = house / "our-rules"
    said = run("new", "wording/no-buses", cwd=house).stdout
    written = [rules / "wording" / "no_buses.py", rules / "wording" / "no_buses.md", rules / "test_rules.py"]
    assert all(path.is_file() for path in written)
    assert [f"wrote {path}: " in said for path in written] == [True, True, False]
    assert 'test cases change the letter "clean"; "diff of NAME" changes another one: there is none yet' in said
    assert f"python -m pytest {written[2]} -k no-buses, then imrlint try no-buses" in said

    filled(written[0], '"buses" a coach, in this house')
    page = written[1].read_text(encoding="utf-8")
    written[1].write_text(
        f"{page}\n## Two\n\n```diff\n-cable installer\n+buses\n```\n\n```findings\n```\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "our-rules", "-k", "no-buses"]
    done = subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)
    assert "1 failed, 2 passed" in done.stdout, done.stdout  # the page says that nothing is found
    assert '"buses" a coach, in this house' in done.stdout

    tried = run("try", "no-buses", "letters", cwd=house)
    assert tried.returncode == 0
    elsewhere = house.parent / "letters of others"
    shutil.copytree(house / "letters", elsewhere)
    away = run("try", "no-buses", elsewhere, cwd=house)  # the rule is this folder's, wherever the letters are
    assert (away.returncode, away.stdout.splitlines()[-1]) == (0, "1 finding in 1 of 2 letters: 1 not judged")
    first, *_, last = tried.stdout.splitlines()
    key, verdict = first.split("  ")[:2]
    assert (verdict.strip(), last) == ("not judged", "1 finding in 1 of 2 letters: 1 not judged")
    assert "Of the [buses], the injured worker" in tried.stdout
    (house / "verdicts.tsv").write_text(
        f"key\trule\tverdict\twhy\n{key}\tno-buses\ttrue\ta bus it was\n{'0' * 12}\tno-buses\tfalse\tof a street\n",
        encoding="utf-8",
    )
    judged = run("try", "no-buses", "letters", "--verdicts", "verdicts.tsv", cwd=house).stdout
    assert judged.startswith(f"{key}  right ")
    assert "judged right: a bus it was" in judged
    assert judged.splitlines()[-2:] == [
        "1 finding in 1 of 2 letters: 1 right",
        "judged earlier, but not found in these letters: 1 wrong",
    ]


def test_a_rule_is_tried_on_a_file_whose_name_is_not_utf_8(tmp_path: Path) -> None:
    letter = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    letter.write_text(CLEAN.read_text(encoding="utf-8").replace("therapy", "theraphy", 1), encoding="utf-8")
    done = run("try", "misspelling", letter)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "1 finding in 1 of 1 letters: 1 not judged")


@pytest.mark.parametrize("has_settings", [True, False])
@pytest.mark.parametrize("silencing", ['ignore = ["misspelling"]', '[rules.misspelling]\nseverity = "off"'])
def test_a_rule_is_tried_whatever_the_settings_of_the_letters(
    tmp_path: Path, silencing: str, has_settings: bool
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "slips.txt").write_bytes(SLIPS.read_bytes())
    (tmp_path / "letters" / "imrlint.toml").write_text(f"{silencing}\n", encoding="utf-8")
    if has_settings:
        own = f'{silencing}\n[[letters]]\nmatch = ["*"]\nignore = ["all"]\n'
        (tmp_path / "imrlint.toml").write_text(own, encoding="utf-8")
    done = run("try", "misspelling", "letters", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("2 findings in 1 of 1 letter")


def test_an_option_of_the_folder_holds_when_a_rule_is_tried(tmp_path: Path) -> None:
    for settings, times in (("", "2 findings"), ('words = ["radiculopthy"]\n', "1 finding ")):
        (tmp_path / "imrlint.toml").write_text(settings, encoding="utf-8")
        assert run("try", "misspelling", SLIPS, cwd=tmp_path).stdout.splitlines()[-1].startswith(times)


def test_a_rule_of_imrlint_gets_a_page_and_one_run_accepts_what_it_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules" / "language").mkdir(parents=True)
    (tmp_path / "tests" / "letters").mkdir(parents=True)
    for name in ("clean", "other"):
        shutil.copy(CLEAN, tmp_path / "tests" / "letters" / f"{name}.txt")
    said = run("new", "language/no-buses", cwd=tmp_path).stdout
    rule, page = (
        tmp_path / "rules" / "language" / "no_buses.py",
        tmp_path / "tests" / "rules" / "language" / "no_buses.md",
    )
    assert f"wrote {rule}: " in said
    assert f"wrote {page}: " in said
    assert '"diff of NAME" changes another one: other\n' in said
    filled(rule, "")
    text = page.read_text(encoding="utf-8")
    assert "another one: other." in text
    page.write_text(f"{text}\n## Two\n\n```diff of other\n{DIFF}```\n\n```findings\nwrong\n```\n", encoding="utf-8")
    letters = testing.read_letters(tmp_path / "tests" / "letters")
    found = [(each, each.run(letters)) for each in testing.find_cases(loaded(rule, monkeypatch), page)]
    assert [each.case.title for each, _ in found] == ["example", "Two"]
    for each, words in found:
        assert words == '"buses" a coach, in this house\n'
        each.accept(words)
    again = testing.find_cases(loaded(rule, monkeypatch), page)
    assert [each.expected for each in again] == [words for _, words in found]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("language/misspelling", 'the family language already has a rule called "misspelling"'),
        ("dates/misspelling", 'the family language already has a rule called "misspelling"'),
        ("datez/x", 'no family is called "datez"; the families are '),
        ("Dates", '"Dates" is not FAMILY/NAME'),
        ("dates/no-such-folder", "run this at the top of the project"),
    ],
)
def test_a_rule_that_cannot_be_begun(tmp_path: Path, name: str, why: str) -> None:
    done = run("new", name, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_case_names_a_letter_that_there_is() -> None:
    case = testing.Case("a case", "cleen", "", "")
    rule = loaded_example()
    with pytest.raises(ValueError, match='no letter is called "cleen"; the letters are: clean, other'):
        testing.RuleCase(rule, case, Path("page.md")).run({"other": "", "clean": ""})


def loaded_example() -> type[Rule]:
    from imrlint.engine import ruleset

    return next(rule for rule in ruleset.installed().rules if rule.name() == "misspelling")


def test_verdicts_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.tsv"
    for text in ("key\trule\n1\t2\n", "key\trule\tverdict\twhy\nk\tmisspelling\tperhaps\tx\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(trial.BadVerdicts, match="line 2: needs key, rule, verdict"):
            trial.read_verdicts(path)
    assert run("try", "misspelling", SLIPS, "--verdicts", path).returncode == 2
    assert run("try", "misspelling", SLIPS, "--verdicts", tmp_path / "none.tsv").returncode == 2


def test_what_cannot_be_tried_is_named(tmp_path: Path) -> None:
    done = run("try", "mispelling", SLIPS)
    assert (done.returncode, done.stderr) == (
        2,
        'imrlint: no rule is called "mispelling"; did you mean "misspelling"?\n',
    )
    done = run("try", "misspelling", SLIPS, tmp_path / "none.txt")
    assert done.returncode == 2
    assert "none.txt: no such file" in done.stderr
    assert "2 findings in 1 of 1 letters: 2 not judged" in done.stdout
