"""Asking about each finding: its fixes, words of one's own, waivers, words of the house, and going back."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from running import SLIPS, count_slips, run

from imrlint.desk import fixing
from imrlint.desk.decisions import Decisions
from imrlint.desk.interview import Interview
from imrlint.engine.fixes import ChosenFix
from imrlint.engine.report import Report
from imrlint.settings import waivers
from imrlint.settings.config import Config
from imrlint.settings.files import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(SLIPS, tmp_path / "letter.txt")
    return tmp_path


def answer_at(folder: Path, words: str, *answers: str, options: tuple[str, ...] = ()) -> str:
    """What is shown when Enter is answered until the finding on these words, and then these answers, and `q`."""
    asked = run("check", "-i", *options, "letter.txt", cwd=folder, given="\n" * 100).stdout
    before = asked.split(words)[0].count(" or ? ")
    return run(
        "check",
        "-i",
        *options,
        "letter.txt",
        cwd=folder,
        given="\n" * before + "".join(f"{a}\n" for a in (*answers, "q")),
    ).stdout


def read(folder: Path) -> str:
    return (folder / "letter.txt").read_text(encoding="utf-8")


def test_each_finding_is_asked_about_once_and_counted(folder: Path) -> None:
    shown = run("check", "-i", "letter.txt", cwd=folder, given="\n" * 100).stdout
    total = count_slips()
    assert shown.startswith(f"1 of {total}\n")
    assert f"\n{total} of {total}\n" in shown.replace("? ", "\n")
    assert shown.count(" or ? ") == total
    assert read(folder) == SLIPS.read_text(encoding="utf-8")


def test_one_finding_at_a_time(folder: Path) -> None:
    shown = answer_at(folder, "radiculopthy", "1")
    assert "1  write radiculopathy" in shown
    assert "radiculopathy" in read(folder)
    answer_at(folder, "lumber", "w", "low-back")
    assert "the low-back spine on 8-2-16" in read(folder)
    assert "parathesias" in read(folder)


def test_going_back_asks_again(folder: Path) -> None:
    shown = answer_at(folder, "radiculopthy", "1", "b", "")
    assert shown.count("[misspelling]") >= 2
    assert "radiculopthy" in read(folder)


def test_the_first_finding_has_none_before_it(folder: Path) -> None:
    shown = run("check", "-i", "letter.txt", cwd=folder, given="b\nq\n").stdout
    assert "this is the first finding" in shown
    assert shown.count("1 of ") == 2


def test_a_finding_is_waived_with_a_reason_and_a_name(folder: Path) -> None:
    answer_at(folder, "radiculopthy", "v", "dictated so", "J. Doe")
    (waiver,) = waivers.read_waivers(folder / waivers.FILE_NAME)
    assert (waiver.rule, waiver.letter, waiver.reason, waiver.by) == (
        "misspelling", "letter.txt", "dictated so", "J. Doe",
    )  # fmt: skip
    after = run("check", "letter.txt", cwd=folder)
    assert "radiculopthy" not in after.stdout
    assert "1 accepted finding not counted" in after.stderr
    assert "radiculopthy" not in run("check", "-i", "letter.txt", cwd=folder, given="\n" * 100).stdout


def test_what_was_waived_does_not_count_in_the_same_run(folder: Path) -> None:
    shown = answer_at(folder, "radiculopthy", "v", "dictated so", "J. Doe", options=("--select", "misspelling"))
    assert shown.split("q stop or ? ")[-1].count("radiculopthy") == 0


def test_the_name_is_asked_for_once(folder: Path) -> None:
    given = "v\nso dictated\nJ. Doe\nv\nas well\nq\n"
    shown = run("check", "-i", "letter.txt", cwd=folder, given=given).stdout
    assert shown.count("your name:") == 1
    assert [each.by for each in waivers.read_waivers(folder / waivers.FILE_NAME)] == ["J. Doe", "J. Doe"]


def test_no_waiver_without_a_reason(folder: Path) -> None:
    answer_at(folder, "radiculopthy", "v", "", "")
    assert not (folder / waivers.FILE_NAME).exists()


def test_what_the_settings_forbid_to_waive_is_not_offered(folder: Path) -> None:
    (folder / "imrlint.toml").write_text('never-waive = ["misspelling"]\n', encoding="utf-8")
    shown = answer_at(folder, "radiculopthy", "v", options=("--select", "misspelling"))
    assert "Enter leave, w write, a add word, b back, q stop or ? " in shown
    assert not (folder / waivers.FILE_NAME).exists()


def test_a_word_becomes_one_of_the_house(folder: Path) -> None:
    shown = answer_at(folder, "radiculopthy", "a")
    assert '"radiculopthy" is a word of this house now' in shown
    assert 'words = ["radiculopthy"]' in (folder / "imrlint.toml").read_text(encoding="utf-8")
    assert "radiculopthy" not in run("check", "letter.txt", cwd=folder).stdout
    assert "radiculopthy" not in shown.split("is a word of this house now")[1]  # nor in the findings of that run


def test_a_word_that_is_right_elsewhere_becomes_none_of_the_house(folder: Path) -> None:
    shown = answer_at(folder, "lumber", "a", "", options=("--select", "real-word-error"))
    assert "Enter leave, w write, v waive, b back, q stop or ? " in shown
    assert '  "lumber" is a word already; if it is right here, waive the finding\n' in shown
    assert not (folder / "imrlint.toml").exists()


def test_a_word_is_asked_about_once(folder: Path) -> None:
    text = SLIPS.read_text(encoding="utf-8").replace("hypertension. MRI", "hypertension, radiculopthy. MRI")
    (folder / "letter.txt").write_text(text, encoding="utf-8")
    shown = run("check", "-i", "--select", "misspelling", "letter.txt", cwd=folder, given="a\nq\n").stdout
    assert shown.count('did you mean "radiculopathy"?') == 1


def test_only_some_findings_are_asked_about(folder: Path) -> None:
    shown = run("check", "-i", "--level", "error", "letter.txt", cwd=folder, given="\n" * 100).stdout
    asked = shown.split("q stop or ? ")
    assert len(asked) > 1
    assert not any(": warning:" in each or ": note:" in each for each in asked)


def test_the_other_words_can_be_chosen(folder: Path) -> None:
    out = io.StringIO()
    text = SLIPS.read_text(encoding="utf-8").replace("radiculopthy", "tendnitis")
    report = fixing.fix_letter(text.encode(), "letter.txt", Config().active_rules()).before
    finding = next(d for d in report.diagnostics if text[slice(*d.finding.span)] == "tendnitis")
    assert [fix.title for fix in finding.finding.others], "the test wants a word with several corrections"
    answers = "".join("2\n" if d is finding else "\n" for d in report.diagnostics)
    chosen = ask(report, "help\n" + answers, out, folder)
    assert chosen == [ChosenFix(finding, finding.finding.others[0])]
    assert "makes that fix" in out.getvalue()


def ask(report: Report, answers: str, out: io.StringIO, folder: Path) -> list[ChosenFix]:
    decisions = Decisions(Settings(), Config(), folder / "letter.txt", folder, folder)
    return list(Interview(out, io.StringIO(answers)).choose_fixes(report, decisions))
