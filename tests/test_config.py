"""Configuration: the nearest file, nothing merged, every mistake named."""

from __future__ import annotations

from pathlib import Path

import pytest

from imrlint.engine.findings import Severity
from imrlint.settings.config import Config, ConfigError, build_config
from imrlint.settings.files import SettingsReader


def written(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def names(found: Config) -> set[str]:
    return {active.rule.name() for active in found.active_rules()}


def test_the_defaults_run_every_rule() -> None:
    assert {"misspelling", "guideline-mismatch", "missing-frequency", "wrong-drug"} <= names(Config())


def test_the_nearest_file_holds_and_nothing_is_merged(tmp_path: Path) -> None:
    written(tmp_path, "imrlint.toml", 'ignore = ["misspelling"]\n')
    written(tmp_path / "a", "pyproject.toml", '[tool.imrlint]\nignore = ["wrong-drug"]\n')
    written(tmp_path / "a" / "b", "pyproject.toml", '[project]\nname = "other"\n')
    assert "misspelling" not in names(SettingsReader().read_nearest(tmp_path).config())
    nearer = names(SettingsReader().read_nearest(tmp_path / "a" / "b").config())
    assert "misspelling" in nearer
    assert "wrong-drug" not in nearer


def test_selection_by_rule_code_and_family() -> None:
    assert names(Config(select=("dates",), ignore=("late-decision",))) < names(Config(select=("dates",)))
    assert names(Config(select=("LAN001",))) == {"misspelling"}
    with pytest.raises(ConfigError, match="no rule is left to run"):
        Config(ignore=("all",)).active_rules()


def test_severity_and_options_of_single_rules() -> None:
    read = build_config(
        {"rules": {"guideline-mismatch": {"severity": "warning"}, "misspelling": {"severity": "off"},
                   "late-decision": {"days": 60}}}, "here")  # fmt: skip
    active_rules = {active.rule.name(): active for active in read.active_rules()}
    assert active_rules["guideline-mismatch"].severity is Severity.WARNING
    assert "misspelling" not in active_rules
    assert active_rules["late-decision"].rule.days == 60  # type: ignore[attr-defined]


def test_words_of_a_house_are_right() -> None:
    import imrlint

    text = "CLINICAL CASE SUMMARY\nShe has a strange sennsation.\n"
    house = build_config({"rules": {"misspelling": {"words": ["Sennsation"]}}}, "here")
    select = build_config({"select": ["misspelling"]}, "here")
    assert [d.name for d in imrlint.check(text, config=select).diagnostics] == ["misspelling"]
    assert not [d for d in imrlint.check(text, config=house).diagnostics if d.name == "misspelling"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('slect = ["all"]', 'unknown key "slect"; did you mean "select"?'),
        ('select = ["mispelling"]', 'no rule or family is called "mispelling"; did you mean "misspelling"?'),
        ('select = "all"', '"select" must be a list of names'),
        ('fail-on = "bad"', "fail-on is 'bad'; it can be note, warning or error"),
        ("[rules.mispelling]", 'no rule is named "mispelling"; did you mean "misspelling"?'),
        ('[rules.misspelling]\nseverity = "high"', "severity is 'high'; it can be note, warning, error or off"),
        ("[rules.late-decision]\ndayz = 3", 'unknown option "dayz"; did you mean "days"?'),
        ('[rules.late-decision]\ndays = "many"', "days is 'many'; it must be like 45"),
        ("rules = 3", '"rules" must be a table of rules'),
        ("select = [", "not valid TOML"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, said: str) -> None:
    path = written(tmp_path, "imrlint.toml", text)
    with pytest.raises(ConfigError) as error:
        SettingsReader().read_nearest(tmp_path).config()
    assert str(path) in str(error.value)
    assert said in str(error.value)


def test_options_reach_the_rule() -> None:
    import imrlint

    house = build_config({"rules": {"late-decision": {"days": 10}}}, "here")
    text = "Date Assigned: 01/02/2017\nDecision Date: 01/20/2017\n\nCLINICAL CASE SUMMARY\n"
    found = {diagnostic.name for diagnostic in imrlint.check(text, config=house).diagnostics}
    assert "late-decision" in found
    assert "late-decision" not in {diagnostic.name for diagnostic in imrlint.check(text).diagnostics}


def test_words_and_wording_of_a_house(tmp_path: Path) -> None:
    import imrlint

    text = "CLINICAL CASE SUMMARY\nShe has a strange sennsation and a low-back ache at the present time.\n"
    (tmp_path / "words.txt").write_text("sennsation  # a house word\n\n", encoding="utf-8")
    written(
        tmp_path,
        "imrlint.toml",
        'words = "words.txt"\nselect = ["misspelling", "house-wording"]\n[wording]\nforbid = ["at the present time"]\n'
        'prefer = { "low-back" = "low back" }\nrequire = ["medically necessary"]\n',
    )
    report = imrlint.check(text, config=SettingsReader().read_nearest(tmp_path).config())
    assert [(d.name, report.source[d.finding.span]) for d in report.diagnostics] == [
        ("house-wording", "CLINICAL CASE SUMMARY"),
        ("house-wording", "low-back"),
        ("house-wording", "at the present time"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"words": 3}, "words must be a list"),
        ({"words": [""]}, "words must be a list"),
        ({"words": "no-such-file.txt"}, "cannot be read"),
        ({"wording": []}, r"\[wording\]: must be a table"),
        ({"wording": {"forbids": ["x"]}}, 'unknown key "forbids"; did you mean "forbid"'),
        ({"wording": {"forbid": "x"}}, "forbid must be a list"),
        ({"wording": {"prefer": ["x"]}}, "prefer must be a table"),
    ],
)
def test_words_and_wording_that_cannot_be_used(content: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        build_config(content, "here")
