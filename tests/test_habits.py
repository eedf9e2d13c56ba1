"""Habits of people who use a command line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from running import CLEAN, SLIPS, count_slips, run

from imrlint import source
from imrlint.settings.config import KEYS
from imrlint.settings.files import SettingsReader


@pytest.mark.parametrize(("level", "shown"), [("error", 1), ("warning", 2), ("note", 3)])
def test_a_level_leaves_out_what_is_less_serious(level: str, shown: int) -> None:
    done = run("check", SLIPS, "--level", level, "--output-format", "concise")
    words = ("error", "warning", "note")
    assert [word for word in words if f": {word}: " in done.stdout] == list(words[:shown])
    assert [word for word in words if word in done.stderr.split("(")[0]] == list(words[:shown])


def test_what_a_level_leaves_out_fails_no_check() -> None:
    only = ("check", SLIPS, "--select", "misspelling")
    assert run(*only).returncode == 1
    done = run(*only, "--level", "error")
    assert (done.returncode, done.stdout) == (0, "")
    assert run(*only, "--level", "note", "--fail-on", "error").returncode == 0
    assert run("check", SLIPS, "--level", "error", "--fail-on", "note").returncode == 1


def test_patterns_may_have_brackets_of_file_names(tmp_path: Path) -> None:
    folder = tmp_path / "drafts [old]"
    folder.mkdir()
    for name in ("a.txt", "b [1].txt", "b1.txt"):
        (folder / name).write_bytes(CLEAN.read_bytes())

    for pattern, letters in (("drafts [old]/*.txt", 3), ("drafts [old]/b [1].txt", 1), ("drafts*/b[0-9].txt", 1)):
        done = run("check", pattern, cwd=tmp_path)
        assert (done.returncode, done.stderr.split()[0]) == (0, str(letters)), (pattern, done.stderr)
    assert "no file matches" in run("check", "drafts [old]/x*", cwd=tmp_path).stderr


def test_a_letter_instead_of_a_command_is_answered_with_the_command() -> None:
    done = run("my letter.txt", "other.docx")
    assert (done.returncode, done.stderr) == (
        2, "imrlint: my letter.txt is not a command; to check it: imrlint check 'my letter.txt' other.docx\n",
    )  # fmt: skip
    assert "to check it: imrlint check ." in run(".").stderr
    assert "No such command 'chekc'" in run("chekc").stderr


def test_help_and_version_in_every_way() -> None:
    shown = run("--help").stdout
    assert "annotate" in shown
    assert run("-h").stdout == run("help").stdout == shown
    for command in (["check"], ["words", "add"], ["reader", "install"]):
        usage = run(*command, "--help").stdout
        assert usage.startswith(f"Usage: imrlint {' '.join(command)} ")
        assert run(*command, "-h").stdout == run("help", *command).stdout == usage
    done = run("help", "chekc")
    assert (done.returncode, done.stderr) == (2, 'imrlint: no command is called "chekc"; imrlint help lists them\n')
    assert run("version").stdout == run("--version").stdout


def test_the_findings_of_each_item_are_counted() -> None:
    done = run("check", SLIPS, "--by-item", cwd=SLIPS.parent)
    counted = done.stdout.partition(f"{SLIPS}, by item:\n")[2].splitlines()
    assert [line.split("  ")[1][:16] for line in counted if line] == [
        "1. Diclofenac so", "2. Tizanidine 4m", "3. Meloxicam 15m", "4. Hydrocodone/a", "the rest of the ",
    ]  # fmt: skip
    assert re.search(r"Upheld +1 error$", counted[1])
    figures = [int(n) for line in counted for n in re.findall(r"(\d+) (?:error|warning|note)s?\b", line)]
    assert sum(figures) == count_slips()
    assert done.stdout.startswith(run("check", SLIPS).stdout)
    kept_out = run("check", SLIPS, "--by-item", "--no-excerpts").stdout
    assert "  item 2" in kept_out
    assert "Tizanidine" not in kept_out.partition("by item:")[2]
    assert "by item" not in run("check", CLEAN, "--by-item").stdout


def test_a_title_in_the_count_of_items_is_masked(tmp_path: Path) -> None:
    text = SLIPS.read_text(encoding="utf-8").replace("Meloxicam 15mg tablets", "Meloxicam 219-09-9999 15mg tablets")
    (tmp_path / "letter.txt").write_text(text, encoding="utf-8")
    done = run("check", "--by-item", "letter.txt", cwd=tmp_path)
    assert "3. Meloxicam •••" in done.stdout
    assert "219-09" not in done.stdout


def test_the_count_of_items_comes_from_the_cache_as_well(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_bytes(SLIPS.read_bytes())
    first, second = (run("check", "--by-item", "--cache", "letter.txt", cwd=tmp_path) for _ in range(2))
    assert "by item" in first.stdout
    assert first.stdout == second.stdout


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_reports_are_written_although_nobody_reads_the_findings(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number}.txt").write_bytes(SLIPS.read_bytes())
    imrlint = f"'{sys.executable}' -m imrlint check . --jobs 1 --select misspelling,wrong-drug,ur-date-mismatch"
    command = f"{imrlint} --output csv=all.csv --output json=all.json | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 1, done.stderr
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr.splitlines()[-1].startswith("60 letters checked: ")
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr
    findings = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["findings"]
    assert {each["path"] for each in findings} == {f"{number}.txt" for number in range(60)}
    assert (tmp_path / "all.csv").is_file()


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX terminal")
@pytest.mark.parametrize("columns", [60, 100, 160])
def test_excerpts_are_as_wide_as_the_terminal(tmp_path: Path, columns: int) -> None:
    text = SLIPS.read_text(encoding="utf-8")
    parts = [part.replace("\n", " ") if "radiculopthy" in part else part for part in text.split("\n\n")]
    (tmp_path / "letter.txt").write_text("\n\n".join(parts), encoding="utf-8")
    shown = on_terminal(["check", "--select", "misspelling", "letter.txt"], tmp_path, columns)
    excerpts = [line for line in shown if re.match(r" +\d+ \| ", line)]
    assert max(map(len, excerpts)) == columns
    at = next(n for n, line in enumerate(shown) if "radiculopthy" in line and "|" in line)
    marks = shown[at + 1]
    assert shown[at][marks.index("^") : marks.rindex("^") + 1] == "radiculopthy"
    assert max(map(len, on_terminal(["check", "--diff", "letter.txt"], tmp_path, columns))) <= columns


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX terminal")
def test_watching_clears_the_screen(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_bytes(CLEAN.read_bytes())
    shown = on_terminal(["check", "--watch", "draft.txt"], tmp_path, 80, until=b"Ctrl-C ends it", plain=False)
    assert shown[0].startswith("\x1b[2J\x1b[H")
    assert re.search(r"imrlint: \d\d:\d\d:\d\d, draft\.txt$", shown[0])


def on_terminal(
    arguments: list[str], folder: Path, columns: int, *, until: bytes | None = None, plain: bool = True
) -> list[str]:
    """The lines that a command writes on a terminal: until its end, or until these bytes. `plain`: without colours."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    environment = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES", "NO_COLOR")}
    command = [sys.executable, "-m", "imrlint", *arguments]
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=theirs, cwd=folder, env=environment)
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 4096):
            shown += chunk
            if until and until in shown:
                break
    except OSError:  # on Linux, the end
        pass
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    text = shown.decode().replace("\r\n", "\n")
    return (re.sub(r"\x1b\[\d+m", "", text) if plain else text).splitlines()


@pytest.mark.parametrize("odd", [b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"])
def test_a_byte_that_windows_does_not_have_leaves_the_others_as_they_are(tmp_path: Path, odd: bytes) -> None:
    content = SLIPS.read_bytes().replace(b"the lumber spine", b"the \x93lumber\x94 spine\x92s \xb0" + odd)
    text = source.decode(content, "letter.txt").text
    assert "the “lumber” spine’s °" + chr(odd[0]) in text
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    assert run("check", "--fix", "--select", "misspelling", path).returncode in (0, 1)
    assert path.read_bytes() == content.replace(b"radiculopthy", b"radiculopathy")


def test_a_stray_byte_in_utf_8_leaves_the_others_as_they_are() -> None:
    text = source.decode("“pain” – 90°".encode() + b" worker\x92s", "letter.txt").text
    assert text == "“pain” – 90° worker’s"


def test_old_line_ends_are_read_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    content = SLIPS.read_bytes().replace(b"\n", b"\r")
    path.write_bytes(content)
    places = [
        [line.partition(": ")[0].partition(".txt")[2] for line in run(*words).stdout.splitlines()]
        for each in (SLIPS, path)
        for words in [("check", each, "--output-format", "concise")]
    ]
    assert places[0] == places[1]
    assert ":27\n- low back pain" in run("check", "--diff", path).stdout
    run("check", "--fix", path)
    assert path.read_bytes() == content.replace(b"radiculopthy", b"radiculopathy")


def test_init_writes_files_to_begin_with_and_replaces_none(tmp_path: Path) -> None:
    done = run("init", cwd=tmp_path)
    names = ["imrlint.toml", "imrlint-waivers.toml", ".pre-commit-config.yaml"]
    assert (done.returncode, done.stdout.splitlines()) == (0, [f"{name}: written" for name in names])
    (tmp_path / "letter.txt").write_bytes(SLIPS.read_bytes())
    assert (
        run("check", "letter.txt", cwd=tmp_path).stdout.replace("letter.txt", str(SLIPS)) == run("check", SLIPS).stdout
    )
    (tmp_path / "imrlint.toml").write_text("mine", encoding="utf-8")
    (tmp_path / ".pre-commit-config.yaml").unlink()
    again = run("init", cwd=tmp_path)
    assert again.returncode == 2
    assert again.stdout == ".pre-commit-config.yaml: written\n"
    assert again.stderr.splitlines() == [f"imrlint: {name}: not written: it is there already" for name in names[:2]]
    assert (tmp_path / "imrlint.toml").read_text(encoding="utf-8") == "mine"


def test_what_init_writes_can_be_used(tmp_path: Path) -> None:
    """Every setting in it can be made to count, and the hook is one that pre-commit takes."""
    from pre_commit.clientlib import load_config

    run("init", cwd=tmp_path)
    path = tmp_path / "imrlint.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^# (?=\[|[a-z-]+ = )", "", text, flags=re.MULTILINE), encoding="utf-8")
    settings = SettingsReader().read_file(path)
    assert {*KEYS, "letters", "profile"} - {"select"} == {*settings.content}
    (hook,) = load_config(tmp_path / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    assert (hook["id"], hook["entry"]) == ("imrlint", "imrlint check")
    assert re.search(hook["files"], "letters/a.DOCX")
    assert re.search(hook["exclude"], "letters/README.md")
