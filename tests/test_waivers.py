"""Findings that were accepted: with a reason, for a while, and never silently."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from running import SLIPS, count_slips, run

from imrlint.settings import baseline, waivers
from imrlint.settings.config import ConfigError
from imrlint.settings.waivers import Waiver


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(SLIPS, tmp_path / "slips.txt")
    return tmp_path


def marks(folder: Path, *options: str) -> dict[str, str]:
    """The mark of the first finding of each rule."""
    done = run("check", ".", "--output-format", "jsonl", *options, cwd=folder)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {row["name"]: row["fingerprint"] for row in reversed(rows)}


def waive(folder: Path, *arguments: str) -> str:
    done = run("waive", *arguments, "--reason", "as dictated", "--by", "A. Writer", cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_waived_finding_does_not_count(folder: Path) -> None:
    before = marks(folder)
    said = waive(folder, before["wrong-drug"], before["misspelling"][:8])
    assert said.splitlines() == ["waived: wrong-drug in slips.txt", "waived: misspelling in slips.txt"]
    done = run("check", ".", cwd=folder)
    assert "[wrong-drug]" not in done.stdout
    assert done.stderr == (
        "1 letter checked: 2 errors, 4 warnings, 1 note (importance: 2 high, 5 medium); "
        "2 accepted findings not counted\n"
    )
    assert "[wrong-drug]" in run("check", ".", "--no-waivers", cwd=folder).stdout
    written = waivers.read_waivers(folder / waivers.FILE_NAME)
    assert [(w.rule, w.letter, w.reason, w.by, w.on, w.until) for w in written] == [
        ("wrong-drug", "slips.txt", "as dictated", "A. Writer", date.today(), None),
        ("misspelling", "slips.txt", "as dictated", "A. Writer", date.today(), None),
    ]
    assert waive(folder, before["wrong-drug"]) == "nothing to do: all of these are already waived\n"
    assert len(waivers.read_waivers(folder / waivers.FILE_NAME)) == 2


def test_a_waiver_holds_when_the_letter_is_edited_elsewhere_or_moved(folder: Path) -> None:
    waive(folder, marks(folder)["wrong-drug"])
    text = (folder / "slips.txt").read_text(encoding="utf-8").replace("wet pavement", "wet and icy pavement")
    (folder / "moved").mkdir()
    (folder / "moved" / "other.txt").write_text(text, encoding="utf-8")
    (folder / "slips.txt").unlink()
    done = run("check", "moved", cwd=folder)
    assert "[wrong-drug]" not in done.stdout
    assert "no longer needed" not in done.stderr


def test_waivers_that_expire_or_are_not_needed_are_named(folder: Path) -> None:
    found = marks(folder)
    past = date.today() - timedelta(days=1)
    entries = [
        Waiver(found["wrong-drug"], "for now", "A. Writer", "wrong-drug", "slips.txt", until=past),
        Waiver(found["wrong-strength"], "for now", "A. Writer", "wrong-strength", "slips.txt", until=date.today()),
        Waiver("0" * 16, "once", "A. Writer", "misspelling", "slips.txt"),
        Waiver("1" * 16, "once", "A. Writer", "misspelling", "not-checked.txt"),
    ]
    (folder / waivers.FILE_NAME).write_text(waivers.format_waivers(entries), encoding="utf-8")
    done = run("check", ".", cwd=folder)
    assert done.stderr.splitlines()[:-1] == [
        f"imrlint: the waiver of wrong-drug, slips.txt expired on {past}",
        "imrlint: the waiver of misspelling, slips.txt is no longer needed: nothing is found there",
    ]
    assert "[wrong-drug]" in done.stdout
    assert "[wrong-strength]" not in done.stdout


@pytest.mark.parametrize("selector", ["wrong-drug", "rationale", "RAT001", "all"])
def test_a_house_can_forbid_waiving(folder: Path, selector: str) -> None:
    mark = marks(folder)["wrong-drug"]
    waive(folder, mark)
    (folder / "imrlint.toml").write_text(f'never-waive = ["{selector}"]\n', encoding="utf-8")
    done = run("check", ".", cwd=folder)
    assert "[wrong-drug]" in done.stdout
    assert "findings of this rule may not be waived" in done.stderr
    again = run("waive", mark, "--reason", "x", "--by", "y", cwd=folder)
    assert again.returncode == 2
    assert "the settings forbid waiving findings of the rule wrong-drug" in again.stderr
    taken = run("baseline", cwd=folder).stdout
    entries = baseline.read_baseline(folder / baseline.FILE_NAME)
    assert "wrong-drug" not in {entry.rule for entry in entries}
    assert f"{len(entries)} findings accepted" in taken
    assert f"{count_slips() - len(entries)} that the settings forbid accepting" in taken
    (folder / "imrlint.toml").rename(folder / "house.toml")
    assert (
        "the settings forbid waiving"
        in run("waive", mark, "--reason", "x", "--by", "y", "--config", "house.toml", cwd=folder).stderr
    )


def test_what_a_house_forbids_holds_in_a_run_from_the_folder_above(folder: Path) -> None:
    (folder / "house").mkdir()
    (folder / "slips.txt").rename(folder / "house" / "slips.txt")
    mark = marks(folder)["wrong-drug"]
    waive(folder, mark)
    (folder / "house" / "imrlint.toml").write_text('never-waive = ["wrong-drug"]\n', encoding="utf-8")
    done = run("check", ".", cwd=folder)
    assert "[wrong-drug]" in done.stdout
    assert "findings of this rule may not be waived" in done.stderr
    again = run("waive", mark, "--reason", "x", "--by", "y", cwd=folder)
    assert again.returncode == 2
    assert "the settings forbid waiving findings of the rule wrong-drug" in again.stderr
    assert "1 that the settings forbid accepting" in run("baseline", cwd=folder).stdout
    assert "wrong-drug" not in {entry.rule for entry in baseline.read_baseline(folder / baseline.FILE_NAME)}


def test_a_waiver_is_given_again(folder: Path) -> None:
    """With another day or reason; the later of two holds."""
    mark = marks(folder)["wrong-drug"]
    past = Waiver(mark, "for now", "A. Writer", "wrong-drug", "slips.txt", until=date.today() - timedelta(days=1))
    (folder / waivers.FILE_NAME).write_bytes(waivers.format_waivers([past]).strip().encode())
    assert "[wrong-drug]" in run("check", ".", cwd=folder).stdout
    assert waive(folder, mark) == "waived: wrong-drug in slips.txt\n"
    done = run("check", ".", cwd=folder)
    assert "[wrong-drug]" not in done.stdout
    assert "expired" not in done.stderr


def test_nothing_is_said_of_waivers_whose_rule_does_not_run(folder: Path) -> None:
    waive(folder, marks(folder)["wrong-drug"])
    for options in (["--ignore", "wrong-drug"], ["--select", "dates"]):
        assert "no longer needed" not in run("check", ".", *options, cwd=folder).stderr


def test_a_file_that_cannot_be_written_is_named(folder: Path) -> None:
    mark = marks(folder)["wrong-drug"]
    waive(folder, marks(folder)["misspelling"])
    (folder / waivers.FILE_NAME).chmod(0o444)
    done = run("waive", mark, "--reason", "x", "--by", "y", cwd=folder)
    assert done.returncode == 2
    assert "the file is read-only" in done.stderr


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[waiver]]\nfingerprint = '1'\nby = 'a'", 'waiver 1: needs a "reason"'),
        ("[[waiver]]\nfingerprint = '1'\nby = 'a'\nreason = ' '", 'waiver 1: needs a "reason"'),
        ("[[waiver]]\nfingerprint = '1'\nreason = 'b'", 'waiver 1: needs a "by"'),
        ("[[waiver]]\nfingerprint = '1'\nby = 'a'\nreason = 'b'\nuntil = 'May'", '"until" must be a date'),
        ("[[waiver]]\nfingerprint = '1'\nby = 'a'\nreason = 'b'\nwhy = 'c'", 'unknown key "why"'),
        ("[[waiver]]\nfingerprint = '1'\nby = 'a'\nreason = 'b'", "a fingerprint has 16 characters"),
        (
            "[[waiver]]\nfingerprint = '1'\nby = 'a'\nreason = 'b'\nuntil = 2027-01-01T10:00:00",
            '"until" must be a date',
        ),
        ("waiver = 3", "contains something other than [[waiver]] tables"),
        ("nonsense", "not valid TOML"),
    ],
)
def test_a_file_of_waivers_that_cannot_be_used(folder: Path, text: str, why: str) -> None:
    path = folder / waivers.FILE_NAME
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        waivers.read_waivers(path)
    assert why in str(error.value)
    done = run("check", ".", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["0123456789abcdef", "--reason", "x", "--by", "y"], "no finding has the mark 0123456789abcdef"),
        (["0123", "--reason", "x", "--by", "y"], "0123 is too short for a mark"),
        (["0123456789abcdef", "--reason", " ", "--by", "y"], "a waiver needs a reason"),
        (["0123456789abcdef", "--reason", "x", "--by", "y", "--until", "2020-01-01"], "2020-01-01 is past"),
        (
            ["0123456789abcdef", "--reason", "x", "--by", "y", "--until", "2027-02-30"],
            "2027-02-30 is not a date; write it as 2",
        ),
    ],
)
def test_what_is_not_waived(folder: Path, arguments: list[str], why: str) -> None:
    done = run("waive", *arguments, cwd=folder)
    assert done.returncode == 2
    assert why in done.stderr
    assert not (folder / waivers.FILE_NAME).exists()


def test_text_that_no_file_can_hold_is_written_as_its_code(tmp_path: Path) -> None:
    path = tmp_path / waivers.FILE_NAME
    path.write_text(waivers.format_waivers([Waiver("a" * 16, "so\x7f", "caf\udce9")]), encoding="utf-8")
    (waiver,) = waivers.read_waivers(path)
    assert (waiver.reason, waiver.by) == ("so\x7f", "caf\\udce9")


def test_a_text_with_quotes_comes_back(tmp_path: Path) -> None:
    waiver = Waiver("a" * 16, 'he said "no"\nand\tmeant it \\', "Ä. Wríter", "rule", "dir/ä.txt", date(2026, 1, 5))
    path = tmp_path / waivers.FILE_NAME
    path.write_text(waivers.format_waivers([waiver]), encoding="utf-8")
    assert waivers.read_waivers(path) == [waiver]


# ---- The baseline


def test_only_new_findings_count_after_a_baseline(folder: Path) -> None:
    done = run("baseline", cwd=folder)
    assert done.stdout == f"{folder / baseline.FILE_NAME}: {count_slips()} findings accepted, 0 no longer found\n"
    clean = run("check", ".", cwd=folder)
    assert (clean.returncode, clean.stdout) == (0, "")
    assert clean.stderr == f"1 letter checked: nothing to report; {count_slips()} accepted findings not counted\n"
    text = (folder / "slips.txt").read_text(encoding="utf-8")
    (folder / "slips.txt").write_text(text.replace("wet pavement", "wet pavment"), encoding="utf-8")
    done = run("check", ".", "--output-format", "concise", cwd=folder)
    assert done.returncode == 1
    assert [line.partition(" [")[2] for line in done.stdout.splitlines()] == ["misspelling] medium"]


def test_a_baseline_taken_again_never_swallows_what_is_new(folder: Path) -> None:
    run("baseline", cwd=folder)
    text = (folder / "slips.txt").read_text(encoding="utf-8").replace("lumber spine", "lumbar spine")
    (folder / "slips.txt").write_text(text.replace("wet pavement", "wet pavment"), encoding="utf-8")
    again = run("baseline", cwd=folder)
    said = f"{count_slips() - 1} findings accepted, 1 no longer found, 1 new left out: they count; --add accepts them"
    assert again.stdout == f"{folder / baseline.FILE_NAME}: {said}\n"
    assert "[misspelling]" in run("check", ".", cwd=folder).stdout
    added = run("baseline", "--add", cwd=folder)
    assert f"{count_slips()} findings accepted, 0 no longer found, 1 new added" in added.stdout
    assert run("check", ".", cwd=folder).returncode == 0


def test_a_baseline_of_some_letters_leaves_the_others_alone(folder: Path) -> None:
    shutil.copy(SLIPS, folder / "other.txt")
    text = (folder / "other.txt").read_text(encoding="utf-8").replace("CM17-9902863", "CM17-9902864")
    (folder / "other.txt").write_text(text, encoding="utf-8")
    run("baseline", cwd=folder)
    before = run("check", ".", cwd=folder)
    assert before.returncode == 0
    for options in ([], ["--add"]):
        assert "0 no longer found" in run("baseline", "slips.txt", *options, cwd=folder).stdout
        assert run("check", ".", cwd=folder).stderr == before.stderr
    (folder / "other.txt").unlink()
    assert ", 0 no longer found" not in run("baseline", "slips.txt", cwd=folder).stdout


def test_letters_are_named_as_seen_from_the_file_wherever_imrlint_runs(folder: Path) -> None:
    (folder / "one").mkdir()
    (folder / "slips.txt").rename(folder / "one" / "a.txt")
    text = (folder / "one" / "a.txt").read_text(encoding="utf-8").replace("CM17-9902863", "CM17-9902864")
    (folder / "two.txt").write_text(text, encoding="utf-8")
    (folder / waivers.FILE_NAME).write_text("", encoding="utf-8")
    waive(folder / "one", marks(folder / "one")["wrong-drug"])
    (waiver,) = waivers.read_waivers(folder / waivers.FILE_NAME)
    assert waiver.letter == "one/a.txt"
    run("baseline", cwd=folder)
    assert "0 no longer found" in run("baseline", "a.txt", cwd=folder / "one").stdout
    assert run("check", "../two.txt", "a.txt", cwd=folder / "one").returncode == 0
    (folder / "one" / "a.txt").write_text("IMR Case Number: CM17-9902865\n", encoding="utf-8")
    for place, name in ((folder, "one/a.txt"), (folder / "one", "a.txt")):
        said = run("check", name, cwd=place).stderr
        assert "the waiver of wrong-drug, one/a.txt is no longer needed" in said


def test_what_is_found_between_letters_is_accepted_letter_by_letter(folder: Path) -> None:
    text = (folder / "slips.txt").read_text(encoding="utf-8")
    words = ("wet pavement", "icy pavement", "dry pavement", "hot pavement")
    options = ["--select", "batch", "-q", "--output-format", "concise"]
    for name, said in zip("ab", words, strict=False):
        (folder / f"{name}.txt").write_text(text.replace(words[0], said), encoding="utf-8")
    (folder / "slips.txt").unlink()
    run("baseline", cwd=folder)
    assert run("check", ".", *options, cwd=folder).stdout == ""
    assert "0 no longer found" in run("baseline", "b.txt", cwd=folder).stdout
    assert run("check", ".", *options, cwd=folder).stdout == ""
    (folder / "c.txt").write_text(text.replace(words[0], words[2]), encoding="utf-8")
    (line,) = run("check", ".", *options, cwd=folder).stdout.splitlines()
    assert "[repeated-case-number]" in line
    (folder / "c.txt").unlink()
    (folder / baseline.FILE_NAME).unlink()
    found = json.loads(run("check", ".", "--select", "batch", "--output-format", "jsonl", cwd=folder).stdout)
    waive(folder, found["fingerprint"])
    assert "no longer needed" not in run("check", "b.txt", cwd=folder).stderr


def test_a_baseline_has_each_copy_of_a_letter(folder: Path) -> None:
    for name in "ab":
        (folder / name).mkdir()
        shutil.copy(folder / "slips.txt", folder / name / "c.txt")
    (folder / "slips.txt").unlink()
    run("baseline", cwd=folder)
    (folder / "b" / "c.txt").write_text("IMR Case Number: CM17-9902863\n", encoding="utf-8")
    run("baseline", "b", cwd=folder)
    assert run("check", "a", cwd=folder).returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="links want rights there")
def test_a_linked_folder_is_the_folder_itself(folder: Path) -> None:
    real = folder / "real"
    real.mkdir()
    (folder / "slips.txt").rename(real / "slips.txt")
    (folder / "link").symlink_to(real)
    run("baseline", folder / "link", cwd=real)
    assert {entry.letter for entry in baseline.read_baseline(real / baseline.FILE_NAME)} == {"slips.txt"}


def test_a_file_of_waivers_keeps_its_line_ends(folder: Path) -> None:
    (folder / waivers.FILE_NAME).write_bytes(b"# ours\r\n")
    waive(folder, marks(folder)["wrong-drug"])
    written = (folder / waivers.FILE_NAME).read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n") > 5


def test_a_baseline_is_not_taken_of_letters_that_cannot_be_read(folder: Path) -> None:
    (folder / "bad.docx").write_bytes(b"PK\x03\x04")
    done = run("baseline", cwd=folder)
    assert done.returncode == 2
    assert "nothing was written, because not every letter could be checked" in done.stderr
    assert not (folder / baseline.FILE_NAME).exists()


def test_accepted_findings_are_told_where_formats_have_a_place_for_them(folder: Path) -> None:
    waive(folder, marks(folder)["wrong-drug"])
    run("check", ".", "--output", "json=a.json", "--output", "sarif=a.sarif", cwd=folder)
    (accepted,) = json.loads((folder / "a.json").read_text(encoding="utf-8"))["accepted"]
    assert (accepted["name"], accepted["accepted"]) == ("wrong-drug", "as dictated (A. Writer)")
    results = json.loads((folder / "a.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert sum("suppressions" in result for result in results) == 1
