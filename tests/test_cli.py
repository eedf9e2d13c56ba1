"""The commands as people and scripts meet them: output, exit codes, errors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from running import CLEAN, SLIPS, run, run_process

from imrlint.engine import ruleset
from imrlint.engine.findings import Importance, Severity
from imrlint.output import Format
from imrlint.session.options import Engine, RunOptions
from imrlint.session.outputs import Target


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_clean_letter_ends_with_0() -> None:
    done = run("check", CLEAN)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "1 letter checked: nothing to report\n"


def test_text_shows_place_line_mark_reason_other_place_and_fix() -> None:
    lines = ["", *SLIPS.read_text(encoding="utf-8").splitlines()]
    done = run("check", SLIPS, "--select", "real-word-error", "--select", "ur-date-mismatch")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        f'{SLIPS}:28:5: warning: did you mean "lumbar"? [real-word-error] medium',
        f"    28 | {lines[28]}",
        "       |     ^^^^^^",
        "  fix (suggested): write lumbar",
        "",
        f'{SLIPS}:45:1: error: the utilization review is dated "1-30-17" here, "02/09/2017" on the cover'
        " [ur-date-mismatch] high",
        f"    45 | {lines[45]}",
        "       | ^^^^^^^",
        "  line 3: the UR denial date on the cover",
        f"     3 | {lines[3]}",
        "       | " + " " * lines[3].index("02/09/2017") + "-" * 10,
        "",
    ]
    assert lines[28][4:10] == "lumber"
    assert done.stderr == "1 letter checked: 1 error, 1 warning (importance: 1 high, 1 medium)\n"


@pytest.mark.parametrize(
    "words",
    [
        ["check", SLIPS, "none.txt"],
        ["check", "--quiet", "--output-format", "concise", "-"],
        ["parse", SLIPS],
        ["explain", "misspelling"],
    ],
    ids=lambda words: words[0],
)
def test_a_process_says_what_the_same_command_says_in_this_one(words: list[object]) -> None:
    """Most tests run commands in the process of the tests."""
    given = SLIPS.read_bytes() if "-" in words else b""
    here, there = run(*words, given=given), run_process(*words, given=given)
    assert here.stdout + here.stderr
    assert (here.returncode, here.stdout, here.stderr) == (there.returncode, there.stdout, there.stderr)


def test_plain_check_and_check_with_options_say_the_same() -> None:
    """The first does not load the command-line library."""
    assert run("check", SLIPS).stdout == run("check", "--excerpts", SLIPS).stdout


def test_a_plain_check_imports_neither_the_command_line_nor_processes() -> None:
    code = (
        "import sys\n"
        f"sys.argv = ['imrlint', 'check', {str(CLEAN)!r}]\n"
        "from imrlint.__main__ import main\n"
        "try:\n"
        "    main()\n"
        "except SystemExit:\n"
        "    print(sorted({'typer', 'click', 'multiprocessing', 'sqlite3'} & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(("name", "code"), [(CLEAN, 0), (SLIPS, 1)])
def test_a_process_ends_with_what_is_to_be_done_at_its_end(name: Path, code: int) -> None:
    script = (
        "import atexit, sys\n"
        "atexit.register(print, 'the end')\n"
        f"sys.argv = ['imrlint', 'check', {str(name)!r}]\n"
        "from imrlint.__main__ import start\n"
        "start()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert done.stdout.endswith("the end\n")


def test_every_option_of_a_run_reaches_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[RunOptions] = []

    def check_letters(options: RunOptions) -> int:
        given.append(options)
        return 0

    monkeypatch.setattr("imrlint.session.run.check_letters", check_letters)
    run("check", "--fix")
    assert given == [RunOptions(fix=True)]
    written = RunOptions(
        paths=("a.txt", "b.txt"),
        select=("dates", "wrong-drug", "DEC001"),
        ignore=("batch",),
        fail_on=Severity.NOTE,
        output_format=Format.CONCISE,
        output=(Target(Format.CSV, Path("a.csv")), Target(Format.JSON, Path("a.json"))),
        marks=True,
        waivers=False,
        jobs=3,
        time_limit=0.5,
        cache=True,
        resume=True,
        reader=False,
        memory=Path("house.memory"),
        excerpts=False,
        quiet=True,
        config=Path("house.toml"),
        profile="draft",
        stdin_filename="c.txt",
        encoding="cp1252",
        ocr=True,
        fix=True,
        suggested=True,
        track=True,
        backup=True,
    )
    words = (
        "a.txt b.txt --select dates,wrong-drug --select DEC001 --ignore batch --fail-on note --output-format concise"
        " --output csv=a.csv --output json=a.json --marks --no-waivers --memory house.memory --jobs 3 --time-limit 0.5"
        " --cache --resume"
        " --no-reader --no-excerpts -q --config house.toml --profile draft --stdin-filename c.txt --encoding cp1252"
        " --ocr --fix --suggested --track --backup"
    )
    assert run("check", *words.split()).returncode == 0
    assert given[1] == written
    apart = {
        "statistics",
        "interactive",
        "diff",
        "watch",
        "level",
        "importance",
        "show_fixes",
        "by_item",
        "store",
        "store_excerpts",
        "engine",
        "scheduler",
    }  # which do not go with others
    defaults = RunOptions()
    assert {f.name for f in fields(RunOptions) if getattr(written, f.name) == getattr(defaults, f.name)} == apart
    for word, changed in (
        ("--statistics", RunOptions(statistics=True)),
        ("-i", RunOptions(interactive=True)),
        ("--diff", RunOptions(diff=True)),
        ("--by-item", RunOptions(by_item=True)),
        ("--importance=high", RunOptions(importance=Importance.HIGH)),
        ("--level=error", RunOptions(level=Severity.ERROR)),
        ("--store=runs --store-excerpts", RunOptions(store=Path("runs"), store_excerpts=True)),
        ("--engine=dask --scheduler=tcp://a:1", RunOptions(engine=Engine.DASK, scheduler="tcp://a:1")),
    ):
        run("check", *word.split())
        assert given[-1] == changed


def test_jsonl_is_what_other_tools_rely_on() -> None:
    done = run("check", "--output-format", "jsonl", SLIPS)
    assert done.returncode == 1
    assert done.stderr == ""
    text = SLIPS.read_bytes().decode("utf-8")
    for row in rows(done):
        assert list(row) == [
            "path", "code", "name", "family", "category", "severity", "confidence", "message", "start", "end", "line",
            "column", "end_line", "end_column", "excerpt", "notes", "fix", "fingerprint", "importance",
        ]  # fmt: skip
        assert row["path"] == str(SLIPS)
        assert row["excerpt"] == text[row["start"] : row["end"]]
        assert row["line"] == text.count("\n", 0, row["start"]) + 1
        assert row["column"] == row["start"] - text.rfind("\n", 0, row["start"])
        assert row["severity"] in ("error", "warning", "note")
        for note in row["notes"]:
            assert list(note) == ["message", "start", "end", "line", "column", "excerpt"]
        if row["fix"]:
            assert list(row["fix"]) == ["title", "safety", "edits"]
            assert all(list(edit) == ["start", "end", "text"] for edit in row["fix"]["edits"])
    assert len({row["fingerprint"] for row in rows(done)}) == len(rows(done))


def test_offsets_leave_line_ends_as_they_stand_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(SLIPS.read_bytes().replace(b"\n", b"\r\n"))
    text = path.read_bytes().decode("utf-8")
    for row in rows(run("check", "--output-format", "jsonl", path)):
        assert row["excerpt"] == text[row["start"] : row["end"]]


def test_fingerprints_survive_changes_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("A line more.\n\n" + SLIPS.read_text(encoding="utf-8"), encoding="utf-8")
    before = {row["fingerprint"] for row in rows(run("check", "--output-format", "jsonl", SLIPS))}
    after = {row["fingerprint"] for row in rows(run("check", "--output-format", "jsonl", path))}
    assert before == after


def test_no_excerpts_keeps_every_word_of_the_letter_out() -> None:
    for form in ("text", "jsonl"):
        done = run("check", "--no-excerpts", "--output-format", form, SLIPS.parent)
        assert done.returncode == 1
        for word in ("lumber", "radiculopthy", "Zolpidem", "accupuncture", "Meloxicam", "1-30-17", "Califronia"):
            assert word not in done.stdout


def test_fail_on_decides_the_exit_code() -> None:
    assert (
        run("check", SLIPS, "--ignore", "wrong-drug,wrong-strength,ur-date-mismatch", "--fail-on", "error").returncode
        == 0
    )
    assert run("check", SLIPS, "--fail-on", "error").returncode == 1
    assert run("check", SLIPS, "--select", "guideline-mismatch").returncode == 0
    assert run("check", SLIPS, "--select", "guideline-mismatch", "--fail-on", "note").returncode == 1


def test_standard_input() -> None:
    done = run("check", "-", "--stdin-filename", "draft.txt", "-q", given=SLIPS.read_bytes())
    assert done.returncode == 1
    assert done.stdout.startswith("draft.txt:")
    assert done.stderr == ""
    assert run("check", "-", given=b"").stderr.startswith("imrlint: <stdin>: the file is empty")


def test_what_cannot_be_read_is_named_and_the_rest_is_linted(tmp_path: Path) -> None:
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02")
    (tmp_path / "letter.txt").write_bytes(SLIPS.read_bytes())
    done = run("check", tmp_path, tmp_path / "gone.txt")
    assert done.returncode == 2
    assert "letter.txt:28:5" in done.stdout
    assert done.stderr.splitlines() == [
        f"imrlint: {tmp_path}/binary.txt: not a text file: it contains NUL characters",
        f"imrlint: {tmp_path}/gone.txt: no such file or folder",
        "1 letter checked: 3 errors, 5 warnings, 1 note (importance: 3 high, 6 medium); 2 files could not be checked",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="everything is readable to root")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("x", encoding="utf-8")
    path.chmod(0)
    assert "cannot be read" in run("check", path).stderr


def test_a_broken_configuration_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "imrlint.toml").write_text('slect = ["all"]\n', encoding="utf-8")
    (tmp_path / "letter.txt").write_bytes(SLIPS.read_bytes())
    said = f'imrlint: {tmp_path}/imrlint.toml: unknown key "slect"; did you mean "select"?\n'
    done = run("check", tmp_path / "letter.txt")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
    done = run("check", "letter.txt", CLEAN, SLIPS, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(said)
    assert str(SLIPS) in done.stdout


def test_the_configuration_of_one_folder_does_not_stop_another(tmp_path: Path) -> None:
    for name in ("bad", "good"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "letter.txt").write_bytes(SLIPS.read_bytes())
    (tmp_path / "bad" / "imrlint.toml").write_text("?", encoding="utf-8")
    done = run("check", tmp_path, cwd=tmp_path)
    assert done.returncode == 2
    assert "good/letter.txt" in done.stdout
    assert "bad/letter.txt" not in done.stdout


def test_configuration_by_option(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text('select = ["missing-frequency"]\n[rules.missing-frequency]\nseverity = "note"\n', encoding="utf-8")
    done = run("check", SLIPS, "--config", path, "--output-format", "jsonl")
    assert [(row["name"], row["severity"]) for row in rows(done)] == [("missing-frequency", "note")]
    assert run("check", SLIPS, "--config", tmp_path / "gone.toml").returncode == 2


def test_unknown_names_on_the_command_line() -> None:
    done = run("check", SLIPS, "--select", "wrongdrug")
    assert done.returncode == 2
    assert 'the command line: no rule or family is called "wrongdrug"; did you mean "wrong-drug"?' in done.stderr
    assert run("check", SLIPS, "--ignore", "all").stderr.endswith(": no rule is left to run\n")
    assert run("chekc").returncode == 2


def test_a_rule_that_fails_is_named_and_the_rest_run(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    from imrlint.session.run import check_letters

    def broken(*_: object) -> Any:
        raise RuntimeError("out of luck")

    (misspelling,) = (rule for rule in ruleset.installed().rules if rule.name() == "misspelling")
    monkeypatch.setattr(misspelling, "check", broken)
    assert check_letters(RunOptions(paths=(str(SLIPS),))) == 2
    captured = capsys.readouterr()
    assert "the rule misspelling failed (RuntimeError in test_cli.py, line " in captured.err
    assert "wrong-drug" in captured.out


def test_parse_prints_the_typed_letter() -> None:
    done = run("parse", SLIPS)
    letter = json.loads(done.stdout)
    assert list(letter) == [
        "path", "generation", "header", "reviewer", "sections", "summary", "disputes", "announcements", "loose",
    ]  # fmt: skip
    text = SLIPS.read_text(encoding="utf-8")

    def leaves(thing: Any) -> list[dict[str, Any]]:
        if isinstance(thing, list):
            return [leaf for each in thing for leaf in leaves(each)]
        if isinstance(thing, dict):
            if "text" in thing and "start" in thing:
                return [thing]
            return [leaf for each in thing.values() for leaf in leaves(each)]
        return []

    found = leaves(letter)
    assert len(found) > 80
    for leaf in found:
        assert "".join(text[leaf["start"] : leaf["end"]].split()) == "".join(leaf["text"].split())
    assert letter["disputes"][0]["decision"]["value"] == "Overturned"
    assert run("parse", "--text", SLIPS).stdout == text
    assert run("parse", "gone.txt").returncode == 2


def test_rules_lists_every_rule_once() -> None:
    listed = run("rules").stdout.splitlines()
    assert len(listed) == len(ruleset.installed().rules)
    assert all("  " in line for line in listed)
    assert len(run("rules", "dates").stdout.splitlines()) < len(listed)
    assert run("rules", "datez").returncode == 2


def test_explain_by_name_and_code() -> None:
    by_name = run("explain", "missing-frequency").stdout
    assert by_name == run("explain", "REQ001").stdout
    assert 'severity = "warning"  # error, warning, note or off' in by_name
    assert "\ndays = 45\n" in run("explain", "late-decision").stdout
    assert "citation is a family of rules; imrlint rules citation lists them" in run("explain", "citation").stderr
    assert 'did you mean "wrong-drug"?' in run("explain", "wrong-drugs").stderr


def test_new_writes_an_empty_rule(tmp_path: Path) -> None:
    (tmp_path / "rules" / "dates").mkdir(parents=True)
    done = run("new", "dates/long-gap", cwd=tmp_path)
    assert done.returncode == 0
    text = (tmp_path / "rules" / "dates" / "long_gap.py").read_text(encoding="utf-8")
    assert "class LongGap(Rule):" in text
    taken = [int(rule.code[3:]) for rule in ruleset.installed().rules if rule.code.startswith("DAT")]
    assert f'code = "DAT{max(taken) + 1:03}"' in text
    compile(text, "long_gap.py", "exec")
    assert "already exists" in run("new", "dates/long-gap", cwd=tmp_path).stderr


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_output_that_nobody_reads() -> None:
    for end in ("| head -n 1", ">&-", ">&- 2>&-"):
        command = f"'{sys.executable}' -m imrlint check '{SLIPS}' {end}"
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr, end


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("options", ["--fix", "--fix --suggested --show-fixes"])
def test_letters_are_fixed_and_reports_written_although_nobody_reads_on(tmp_path: Path, options: str) -> None:
    text = SLIPS.read_text(encoding="utf-8")
    letters = [tmp_path / f"{number}.txt" for number in range(4)]
    for path in letters:
        path.write_text(text, encoding="utf-8")
    command = f"'{sys.executable}' -u -m imrlint check . {options} --no-reader --output json=report.json | true"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert all(path.read_text(encoding="utf-8") != text for path in letters)
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["letters"] == len(letters)


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("command", ["rules", "explain missing-frequency"])
def test_rules_may_be_read_in_part(command: str) -> None:
    whole = f"'{sys.executable}' -u -m imrlint {command} | true"
    done = subprocess.run(["bash", "-c", whole], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_version_and_help() -> None:
    assert run("--version").stdout.startswith("imrlint ")
    for command in ("check", "parse", "rules", "explain", "new", "try"):
        done = run(command, "--help")
        assert done.returncode == 0
        assert "Usage" in done.stdout
