"""What is known of letters is never stale, and a run that was killed goes on where it was."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import typeset
from running import EXAMPLES, SLIPS, run, run_process, slowly, started

from imrlint.output import Format
from imrlint.session import cache
from imrlint.session.cache import Cache
from imrlint.session.examination import ExaminationOptions, Examiner
from imrlint.session.inputs import AS_IT_LOOKS, Decoding
from imrlint.session.options import RunOptions
from imrlint.session.run import check_letters
from imrlint.settings.config import Config


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Every example, and one of them as Word, PDF and RTF."""
    for path in EXAMPLES:
        shutil.copy(path, tmp_path / path.name)
    text = SLIPS.read_text(encoding="utf-8")
    (tmp_path / "draft.docx").write_bytes(typeset.word(text))
    (tmp_path / "printed.pdf").write_bytes(typeset.pdf(typeset.paged(text)))
    (tmp_path / "old.rtf").write_bytes(typeset.rtf(text))
    return tmp_path


def known(folder: Path, command: Callable[..., CompletedProcess[str]] = run) -> tuple[int, int]:
    """How many letters of a run were taken from the cache, of how many."""
    done = command("check", ".", "--resume", "-q", "--output-format", "concise", cwd=folder)
    (line,) = [line for line in done.stderr.splitlines() if "were taken from the cache" in line]
    return int(line.split()[1]), int(line.split()[3])


@pytest.mark.parametrize("jobs", [1, slowly(2)])
def test_a_run_from_the_cache_says_what_a_run_without_says(folder: Path, jobs: int) -> None:
    command = run if jobs == 1 else run_process
    if jobs > 1:
        for name in ("draft.docx", "printed.pdf", "old.rtf"):  # each process would start another one to read them
            (folder / name).unlink()
    letters = len(list(folder.iterdir()))
    plain, first, second = (
        command("check", ".", "--jobs", jobs, "--output-format", "jsonl", *options, cwd=folder)
        for options in ([], ["--cache"], ["--cache"])
    )
    assert plain.stdout == first.stdout == second.stdout
    assert plain.returncode == first.returncode == second.returncode == 1
    assert known(folder, command) == (letters, letters)
    assert (folder / cache.FOLDER / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_what_is_found_between_letters_is_remembered_and_never_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the letters that are there now, under the names that they have now."""
    monkeypatch.chdir(tmp_path)
    first, second, third = (tmp_path / f"{name}.txt" for name in "abc")
    text = SLIPS.read_text(encoding="utf-8")
    first.write_text(text, encoding="utf-8")
    second.write_text(text.replace("wet pavement", "icy pavement"), encoding="utf-8")

    def found(*options: str) -> str:
        done = run("check", ".", "--output-format", "jsonl", *options, cwd=tmp_path)
        assert done.stderr == ""
        return done.stdout

    options = RunOptions(cache=True, output_format=Format.JSONL)
    plain = found()
    assert "repeated-case-number" in plain
    assert found("--cache") == plain
    with monkeypatch.context() as patch:
        patch.setattr(Examiner, "examine", None)
        patch.setattr(Examiner, "report_findings", None)
        assert check_letters(options) == 1  # nothing is examined, and no letter is parsed again
    assert capsys.readouterr().out == plain
    first.rename(third)
    assert found("--cache") == found() != plain
    second.write_text(text, encoding="utf-8")
    assert found("--cache") == found()
    third.unlink()
    assert "repeated-case-number" not in found("--cache")


def test_a_letter_from_standard_input_is_not_kept(tmp_path: Path) -> None:
    text = SLIPS.read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    done = run("check", "a.txt", "-", "--cache", cwd=tmp_path, given=text.replace("wet pavement", "icy pavement"))
    assert "[repeated-case-number]" in done.stdout
    with sqlite3.connect(tmp_path / cache.FOLDER / "letters.sqlite") as store:
        assert store.execute("SELECT count(*) FROM letters").fetchone() == (1,)


def test_what_has_changed_is_examined_again(folder: Path) -> None:
    run("check", ".", "--cache", cwd=folder)
    path = folder / SLIPS.name
    path.write_text(path.read_text(encoding="utf-8").replace("lumber", "lumbar"), encoding="utf-8")
    assert known(folder) == (11, 12)
    (folder / "imrlint.toml").write_text('words = ["radiculopthy"]\n', encoding="utf-8")
    assert known(folder) == (0, 12)
    assert known(folder) == (12, 12)
    path.rename(folder / "other.txt")
    assert known(folder) == (11, 12)


def test_another_imrlint_knows_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Cache(folder / "store")
    content, name = SLIPS.read_bytes(), str(SLIPS)
    store.put(Examiner(ExaminationOptions()).examine(content, name), Config(), AS_IT_LOOKS)
    assert store.get(content, name, Config(), AS_IT_LOOKS) is not None
    for changed in (Config(words=("lumber",)), Config(ignore=("dates",))):
        assert store.get(content, name, changed, AS_IT_LOOKS) is None
    for decoding in (Decoding("cp1252"), Decoding(ocr=True)):
        assert store.get(content, name, Config(), decoding) is None
    assert store.get(content, "other.txt", Config(), AS_IT_LOOKS) is None
    store.close()
    monkeypatch.setattr(cache, "_hash_software", lambda _: "another")
    other = Cache(folder / "store")
    assert other.get(content, name, Config(), AS_IT_LOOKS) is None
    other.close()


def test_every_part_of_what_was_found_comes_back(folder: Path) -> None:
    store = Cache(folder / "store")
    examiner = Examiner(ExaminationOptions())
    for path in sorted(folder.glob("*.*")):
        examined = examiner.examine_file(str(path))
        store.put(examined, Config(), AS_IT_LOOKS)
        again = store.get(path.read_bytes(), str(path), Config(), AS_IT_LOOKS)
        assert again is not None
        assert again.report is not None
        assert examined.report is not None
        assert again.report.diagnostics == examined.report.diagnostics
        assert again.report.secrets == examined.report.secrets
        assert vars(again.report.source)["text"] == examined.report.source.text
        assert again.report.source.pages == examined.report.source.pages
        assert again.report.source.paragraphs == examined.report.source.paragraphs
        assert again.clues == {rule: list(clues) for rule, clues in examined.clues.items()}
    store.close()


def test_what_went_wrong_is_tried_again(folder: Path) -> None:
    (folder / "bad.docx").write_bytes(b"PK\x03\x04")
    for _ in range(2):
        done = run("check", ".", "--cache", cwd=folder)
        assert done.returncode == 2
        assert "bad.docx: a damaged Word" in done.stderr


@pytest.mark.parametrize("damage", ["entry", "middle", "whole"])
def test_a_damaged_cache_costs_no_finding(folder: Path, damage: str) -> None:
    plain = run("check", ".", "--output-format", "jsonl", cwd=folder)
    run("check", ".", "--cache", cwd=folder)
    store = folder / cache.FOLDER / "letters.sqlite"
    if damage == "entry":
        with sqlite3.connect(store) as database:
            database.execute("UPDATE letters SET entry = x'00ff'")
    else:
        content = store.read_bytes()
        start = 0 if damage == "whole" else 8192
        store.write_bytes(content[:start] + b"\xa5" * (len(content) - start))
    done = run("check", ".", "--cache", "--output-format", "jsonl", cwd=folder)
    assert "delete it" in done.stderr
    if damage == "whole":
        assert (done.returncode, done.stdout) == (2, "")
    else:
        assert (done.returncode, done.stdout) == (1, plain.stdout)


def test_a_cache_that_cannot_be_written_is_named(folder: Path) -> None:
    run("check", ".", "--cache", cwd=folder)
    store = Cache(folder / cache.FOLDER)
    store._database.execute("PRAGMA query_only = ON")
    examined = Examiner(ExaminationOptions()).examine_file(str(SLIPS))
    store.put(examined, Config(), AS_IT_LOOKS)
    store.close()
    why = "attempt to write a readonly database"
    assert store.problem == f".imrlint-cache: cannot be written ({why}); the next run will examine these letters again"
    (folder / "file").mkdir()
    (folder / "file" / cache.FOLDER).write_text("", encoding="utf-8")
    done = run("check", str(SLIPS), "--cache", cwd=folder / "file")
    assert (done.returncode, done.stderr) == (2, "imrlint: .imrlint-cache: cannot be written: File exists\n")


def test_there_must_be_something_to_resume(folder: Path) -> None:
    done = run("check", ".", "--resume", cwd=folder)
    assert done.returncode == 2
    assert "there is no run to resume" in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the run is killed as POSIX does")
def test_a_run_that_was_killed_goes_on_and_loses_nothing(tmp_path: Path) -> None:
    for number in range(120):
        text = SLIPS.read_text(encoding="utf-8").replace("CM17-9902863", f"CM17-9910{number:03}")
        (tmp_path / f"{number:03}.txt").write_text(text, encoding="utf-8")
    options = ["check", ".", "--jobs", "2", "--ignore", "batch", "--output-format", "jsonl", "--cache"]
    plain = run_process(*options[:-1], cwd=tmp_path)
    with started(*options, cwd=tmp_path) as process:
        assert process.stdout
        for row in process.stdout:
            if json.loads(row)["path"] >= "060":
                break
    done = run_process(*options[:-1], "--resume", "--output", "json=all.json", cwd=tmp_path)
    assert done.stdout == plain.stdout
    findings = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["findings"]
    assert findings == [json.loads(line) for line in plain.stdout.splitlines()]
    (line,) = [line for line in done.stderr.splitlines() if "were taken from the cache" in line]
    assert 0 < int(line.split()[1]) < 120
