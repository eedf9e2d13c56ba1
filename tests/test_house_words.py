"""The words of a house: which findings they take away, and how they are added to its settings."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from running import SLIPS, run

from imrlint.reading.right_words import RightWords


@pytest.mark.parametrize("word", ["Accuflexx", "ACCUFLEXX", "accuflexx's", "Accuflexx’s", "Accuflexx's"])
def test_case_and_possessives_do_not_matter(word: str) -> None:
    assert word in RightWords.of(["accuflexx"])
    assert "accuflex" not in RightWords.of(["accuflexx"])
    assert word not in RightWords.of([])


def test_a_word_with_an_apostrophe_is_right_in_both_shapes() -> None:
    assert "o’hara" in RightWords.of(["O'Hara"])
    assert "workers'" in RightWords.of(["workers"])


LETTER = SLIPS.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("rule", "written", "word"),
    [
        ("misspelling", LETTER.replace("radiculopthy,", "radiculopthy’s,"), "Radiculopthy"),
        ("misspelt-drug", LETTER, "diclofanec"),
        ("joined-words", LETTER.replace("hypertension. MRI of", "hypertension, oftherapy. MRI of"), "OfTherapy"),
        ("unknown-drug", LETTER.replace("Meloxicam 15mg tablets", "Meloxicamm 15mg tablets"), "meloxicamm"),
        ("real-word-error", LETTER, "lumber"),
        (
            "variant-spelling",
            LETTER.replace("hypertension. MRI", "hypertension, preoperative and pre-operative. MRI"),
            "pre-operative",
        ),
    ],
)
def test_every_rule_that_judges_a_word_heeds_them(tmp_path: Path, rule: str, written: str, word: str) -> None:
    (tmp_path / "letter.txt").write_text(written, encoding="utf-8")
    command = ("check", "letter.txt", "--select", rule, "--no-reader", "--output-format", "concise")
    found = run(*command, cwd=tmp_path).stdout.splitlines()
    assert found
    (tmp_path / "imrlint.toml").write_text(f'words = ["{word}"]\n', encoding="utf-8")
    left = run(*command, cwd=tmp_path).stdout.splitlines()
    assert len(left) == len(found) - 1, found


SETTINGS = {
    "none": "",
    "no list": '# ours\nignore = ["article"]  # not now\n\n# about this rule\n[rules.misspelling]\nseverity = "note"\n',
    "only tables": '[rules.misspelling]\nseverity = "note"\n',
    "a list": '# ours\nwords = ["Accuflexx"]  # a brand\n\n[rules.misspelling]\nseverity = "note"\n',
    "a long list": '# ours\nwords = [\n  "Accuflexx",  # a brand\n  # the last\n  "Painex"\n]\nstage = "mailed"\n',
    "a list in a profile": '[profiles.draft]\nwords = [\n  "Accuflexx",\n]\n',
    "words that are no list": '# words = 1\nown = [\n"[words",\n]\n[wording]\nforbid = ["words = ["]\n',
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_adding_changes_nothing_else(tmp_path: Path, settings: str, end: str) -> None:
    path = tmp_path / "imrlint.toml"
    path.write_bytes(settings.replace("\n", end).encode())
    done = run("words", "add", "Zorbex", "O'Hara", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    before, after = tomllib.loads(settings), tomllib.loads(path.read_bytes().decode().replace("\r\n", "\n"))
    assert after.pop("words") == [*before.pop("words", []), "Zorbex", "O'Hara"]
    assert after == before
    lines = path.read_bytes().decode().split(end if settings else "\n")
    assert not any("\r" in line or "\n" in line for line in lines)
    for line in settings.splitlines():
        if "#" in line:
            assert any(line.partition("#")[2] in each for each in lines)
    if "# about this rule" in lines:
        assert lines[lines.index("# about this rule") + 1] == "[rules.misspelling]"


def test_a_new_file_a_project_and_a_file_of_words(tmp_path: Path) -> None:
    assert run("words", "list", cwd=tmp_path).stdout == ""
    run("words", "add", "Zorbex", cwd=tmp_path)
    assert run("words", "list", cwd=tmp_path).stdout == "Zorbex\n"
    (tmp_path / "imrlint.toml").unlink()
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nname = "x"\n\n[tool.imrlint]\nstage = "mailed"\n[tool.x]\na = 1\n', encoding="utf-8")
    sub = tmp_path / "sub"
    sub.mkdir()
    assert str(project) in run("words", "add", "Zorbex", cwd=sub).stdout
    assert tomllib.loads(project.read_text(encoding="utf-8"))["tool"] == {
        "imrlint": {"stage": "mailed", "words": ["Zorbex"]}, "x": {"a": 1},
    }  # fmt: skip
    (sub / "imrlint.toml").write_text('words = "house.words"\n', encoding="utf-8")
    (sub / "house.words").write_bytes(b"# brands\r\nAccuflexx")
    assert "house.words" in run("words", "add", "Zorbex", "ACCUFLEXX", cwd=sub).stdout
    assert (sub / "house.words").read_bytes() == b"# brands\r\nAccuflexx\r\nZorbex\r\n"
    assert run("words", "list", cwd=sub).stdout == "Accuflexx\nZorbex\n"
    assert run("words", "add", "zorbex", cwd=sub).stdout == "nothing to do: they are there\n"
    other = tmp_path / "other.toml"
    other.write_text("", encoding="utf-8")
    assert str(other) in run("words", "add", "Painex", "--config", other, cwd=sub).stdout


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_what_was_added_can_be_removed(tmp_path: Path, settings: str) -> None:
    path = tmp_path / "imrlint.toml"
    path.write_text(settings, encoding="utf-8")
    run("words", "add", "Zorbex", "O'Hara", cwd=tmp_path)
    added = path.read_text(encoding="utf-8")
    done = run("words", "remove", "zorbex", "Unheard", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{path}: Zorbex removed\n", "")
    before, after = tomllib.loads(added), tomllib.loads(path.read_text(encoding="utf-8"))
    before["words"].remove("Zorbex")
    assert after == before
    assert _comments(path.read_text(encoding="utf-8")) == _comments(added)
    assert run("words", "remove", "zorbex", cwd=tmp_path).stdout == "nothing to do: they are not there\n"


def _comments(text: str) -> list[str]:
    return [line.partition("#")[2] for line in text.splitlines() if "#" in line]


def test_a_word_is_removed_from_a_file_of_words(tmp_path: Path) -> None:
    (tmp_path / "imrlint.toml").write_text('words = "house.words"\n', encoding="utf-8")
    (tmp_path / "house.words").write_bytes(b"# brands\r\nAccuflexx\r\nZorbex # new\r\nPainex\r\n")
    assert "house.words: Zorbex removed" in run("words", "remove", "ZORBEX", cwd=tmp_path).stdout
    assert (tmp_path / "house.words").read_bytes() == b"# brands\r\nAccuflexx\r\nPainex\r\n"


@pytest.mark.parametrize("word", ["", "two\nlines", "a#b", "x•y"])
def test_what_is_no_word_is_refused(tmp_path: Path, word: str) -> None:
    done = run("words", "add", "Zorbex", word, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.endswith("is not a word\n")
    assert not (tmp_path / "imrlint.toml").exists()


def test_settings_that_cannot_be_used_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "imrlint.toml"
    path.write_text("words = [", encoding="utf-8")
    done = run("words", "add", "Zorbex", cwd=tmp_path)
    assert done.returncode == 2
    assert "not valid TOML" in done.stderr
    assert path.read_text(encoding="utf-8") == "words = ["
