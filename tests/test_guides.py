"""Every command that the README and the guides show is run, and ends as it should."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typeset
from running import CLEAN, SLIPS, run

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "guides").glob("*.md"))]
NOT_RUN = {
    "check --watch": "it does not end",
    "check - ": "it reads what is typed",
    "check --interactive": "it asks",
    "desk": "it serves a page until it is closed",
    "reader install": "it fetches",
    "imrlint lsp": "it waits for an editor",
    "reader remove": "it removes",
    "--engine dask": "it starts a cluster",
    "RUNNER_TEMP": "it is for a workflow of GitHub",
}


def commands() -> list[tuple[str, str]]:
    """Each line with an imrlint command, with the page it stands on."""
    found = []
    for page in PAGES:
        for block in re.findall(r"```(?:sh|yaml)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            for line in block.splitlines():
                match = re.match(r"\s*(?:- (?:run: )?)?(imrlint .+)", line)
                if match:
                    found.append((page.name, re.sub(r"\s+#.*", "", match[1])))
    return found


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with everything that the pages speak of."""
    text = SLIPS.read_text(encoding="utf-8")
    for name in ("letters", "drafts", "our-rules", "archive", "withdrawn"):
        (tmp_path / name).mkdir()
    shutil.copy(SLIPS, tmp_path / "letter.txt")
    shutil.copy(SLIPS, tmp_path / "letters" / "a.txt")
    shutil.copy(SLIPS, tmp_path / "archive" / "a.txt")
    for name in ("draft.docx", "drafts/a.docx", "withdrawn/a.docx"):
        (tmp_path / name).write_bytes(typeset.word(text))
    (tmp_path / "printed.pdf").write_bytes(typeset.pdf(typeset.paged(text)))
    (tmp_path / "imrlint.toml").write_text('rule-paths = ["our-rules"]\n', encoding="utf-8")
    return tmp_path


def test_the_pages_have_commands() -> None:
    assert len(commands()) > 30
    assert {page for page, _ in commands()} == {page.name for page in PAGES}


@pytest.mark.parametrize("command", [command for _, command in commands()])
def test_each_command_runs(desk: Path, command: str) -> None:
    if any(part in command for part in NOT_RUN):
        pytest.skip(next(why for part, why in NOT_RUN.items() if part in command))
    if "imrlint memory" in command or "--memory" in command:
        run("learn", "archive", cwd=desk)
    if "imrlint init" in command:
        (desk / "imrlint.toml").unlink()
    if "imrlint try" in command:
        (desk / "our-rules" / "wording").mkdir()
        (desk / "our-rules" / "wording" / "no_shorthand.py").write_text(rule_of_the_guide(), encoding="utf-8")
    if "draft-reviewed" in command:
        shutil.copy(desk / "draft.docx", desk / "draft-reviewed.docx")
    done = run("check", "letters", "--output-format", "jsonl", cwd=desk)
    mark = json.loads(done.stdout.splitlines()[0])["fingerprint"]
    words = shlex.split(re.sub(r"\s*>.*", "", command.replace("3f2a9c1b", mark)))[1:]
    words = [word.replace("LETTER", "letter.txt") for word in words]
    if "imrlint-runs" in command:
        for _ in range(2):
            run("check", "letters", "--store", "imrlint-runs", cwd=desk)
        run("verdict", mark, "right", "--reason", "it is", "--store", "imrlint-runs", cwd=desk)
    done = run(*words, cwd=desk)
    assert done.returncode in (0, 1), done.stderr
    assert "Usage" not in done.stderr


def rule_of_the_guide() -> str:
    guide = (ROOT / "docs" / "guides" / "house-rules.md").read_text(encoding="utf-8")
    (rule,) = re.findall(r"```python\n(.*?)^```$", guide, re.DOTALL | re.MULTILINE)
    return str(rule)


def test_the_rule_of_the_guide_works_and_so_does_its_test(tmp_path: Path) -> None:
    (tmp_path / "imrlint.toml").write_text('rule-paths = ["our-rules"]\n', encoding="utf-8")
    (tmp_path / "our-rules" / "letters").mkdir(parents=True)
    assert run("new", "wording/no-shorthand", cwd=tmp_path).returncode == 0
    (tmp_path / "our-rules" / "wording" / "no_shorthand.py").write_text(rule_of_the_guide(), encoding="utf-8")
    shutil.copy(CLEAN, tmp_path / "our-rules" / "letters" / "clean.txt")
    command = [sys.executable, "-m", "pytest", "-q", "our-rules", "-k", "no-shorthand"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "2 passed" in done.stdout, done.stdout
    text = CLEAN.read_text(encoding="utf-8").replace("A full-thickness tear", "A tear s/p fall")
    (tmp_path / "letter.txt").write_text(text, encoding="utf-8")
    (line,) = run("check", "letter.txt", "-q", "--output-format", "concise", cwd=tmp_path).stdout.splitlines()
    assert line.endswith("note: workers cannot read this [no-shorthand] medium")


def test_each_table_of_settings_can_be_used(tmp_path: Path) -> None:
    tables = []
    (tmp_path / "our-rules").mkdir()
    for page in PAGES:
        tables += re.findall(r"```toml\n(# imrlint.toml.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert len(tables) == 3
    for table in tables:
        assert tomllib.loads(table)
        (tmp_path / "imrlint.toml").write_text(table, encoding="utf-8")
        shutil.copy(SLIPS, tmp_path / "letter.txt")
        assert run("check", ".", cwd=tmp_path).returncode == 1


def test_links_between_pages_lead_somewhere() -> None:
    for page in [*PAGES, *(ROOT / "docs").glob("*.md"), ROOT / "examples" / "README.md"]:
        for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in link:
                assert (page.parent / link).exists(), f"{page.name}: {link}"
