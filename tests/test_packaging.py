"""What users install: the wheel, the hook, the pages; and that everything is in them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
import running
import typeset
from conftest import commit
from running import BESIDE_THE_TEXT, CLEAN, ROOT, SLIPS

from imrlint.authoring import pages
from imrlint.engine import ruleset


def run(*command: object, cwd: Path = ROOT, **extra: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **extra}
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_every_folder_of_python_is_in_the_packaging_map() -> None:
    """But for the families of rules, which are installed with what is in the folder of rules."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = set(project["tool"]["setuptools"]["packages"])
    assert project["tool"]["setuptools"]["package-data"]["imrlint.rules"] == ["*/*.py"]
    folders = {path.parent for path in (ROOT / "imrlint").rglob("__init__.py")} | {ROOT / "grammar", ROOT / "rules"}
    names = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    renamed = {re.sub(r"^(grammar|rules)", r"imrlint.\1", name) for name in names}
    assert listed == renamed


@pytest.mark.slow
def test_a_letter_is_linted_from_the_wheel_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    for rule in ruleset.installed().rules:
        assert rule.__module__.replace(".", "/") + ".py" in inside
    for name in ("grammar/letter.lark", "grammar/tables.json", "knowledge/language/words.txt", "py.typed"):
        assert f"imrlint/{name}" in inside
    assert not any(name.startswith(("tests/", "rules/", "grammar/", "benchmarks/", "training/")) for name in inside)

    venv.create(tmp_path / "clean", with_pip=True)
    scripts = tmp_path / "clean" / ("Scripts" if os.name == "nt" else "bin")
    installed = run(scripts / "python", "-m", "pip", "install", "--quiet", wheel)
    assert installed.returncode == 0, installed.stderr
    linted = run(scripts / "imrlint", "check", SLIPS, cwd=tmp_path)
    assert linted.returncode == 1, linted.stderr
    assert linted.stdout == run(sys.executable, "-m", "imrlint", "check", SLIPS).stdout


def hooked(folder: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-m", "pre_commit", "run", "--all-files", cwd=folder, PRE_COMMIT_HOME=str(cache))


@pytest.mark.slow
def test_the_hooks_check_and_fix_letters_of_every_kind(project: Path, tmp_path: Path) -> None:
    folder, cache = tmp_path / "repository", tmp_path / "cache"
    letters = folder / "letters"
    letters.mkdir(parents=True)
    slips, clean = SLIPS.read_text(encoding="utf-8"), CLEAN.read_text(encoding="utf-8")
    (letters / "slips.txt").write_text(slips, encoding="utf-8")
    (letters / "draft.docx").write_bytes(typeset.word(slips))
    (letters / "printed.PDF").write_bytes(typeset.pdf(typeset.paged(slips)))
    (letters / "old.rtf").write_bytes(typeset.rtf(slips))
    (letters / "clean.docx").write_bytes(typeset.word(clean))
    (letters / "clean.pdf").write_bytes(typeset.pdf(typeset.paged(clean)))
    (folder / "README.md").write_text("Letters of a test.", encoding="utf-8")
    revision = run("git", "rev-parse", "HEAD", cwd=project).stdout.strip()
    config = f"repos:\n  - repo: {project}\n    rev: {revision}\n    hooks:\n      - id: {{}}\n"
    (folder / ".pre-commit-config.yaml").write_text(config.format("imrlint"), encoding="utf-8")
    commit(folder)
    checked = hooked(folder, cache)
    assert checked.returncode == 1, checked.stdout + checked.stderr
    assert "letters/slips.txt:45:1: error" in checked.stdout
    for name, place in (("draft.docx", "paragraph"), ("printed.PDF", "page"), ("old.rtf", "paragraph")):
        assert f"letters/{name}, {place} " in checked.stdout
    assert "6 letters checked" in checked.stdout
    assert "repeated-case-number" not in checked.stdout  # one letter, in four forms
    assert "clean." not in checked.stdout

    (folder / ".pre-commit-config.yaml").write_text(config.format("imrlint-fix"), encoding="utf-8")
    commit(folder)
    assert "files were modified by this hook" in hooked(folder, cache).stdout
    changed = run("git", "diff", "--name-only", cwd=folder).stdout.split()
    assert changed == ["letters/draft.docx", "letters/slips.txt"]
    assert "modified" not in hooked(folder, cache).stdout

    (folder / ".pre-commit-config.yaml").write_text(config.format("imrlint"), encoding="utf-8")
    for name in ("slips.txt", "draft.docx", "printed.PDF", "old.rtf"):
        (letters / name).unlink()
    commit(folder)
    again = hooked(folder, cache)
    assert again.returncode == 0, again.stdout + again.stderr


def test_the_hooks_install_what_reading_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    needed = {entry for extra in ("docx", "pdf", "rtf") for entry in extras[extra]}
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    listed = re.findall(r"additional_dependencies: \[(.+)\]", hooks)
    assert len(listed) == hooks.count("- id:")
    for line in listed:
        assert set(re.findall(r"'(.+?)'", line)) == needed - {entry for entry in needed if entry.startswith("pypdf>")}


def test_every_rule_has_a_row_and_a_page_with_its_example() -> None:
    """The site is made from these."""
    rows = pages.write_overview(ruleset.installed(), lambda rule: f"{rule.name()}.md")
    for rule in ruleset.installed().rules:
        assert f"| [{rule.name()}]({rule.name()}.md) | {rule.code} |" in rows
        page = pages.write_page(rule)
        assert page.startswith(f"# {rule.name()}\n")
        assert ("imrlint finds:" in page) != (rule.name() in BESIDE_THE_TEXT)


def test_the_architecture_names_every_module_and_no_other() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / "imrlint").rglob("*.py")
    }
    shown = set(re.findall(r"`(imrlint\.[\w.]+)`", page))
    assert shown - modules - {"imrlint.grammar", "imrlint.rules"} == set(), "named but not there"
    for module in modules - shown - {"imrlint"}:
        package, _, name = module.rpartition(".")
        assert f"`{name}`" in page, f"{module} is not described"
        assert f"`{package}`" in page


def test_ci_runs_the_test_command_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    marked = re.search(r"<!-- test command -->\n```sh\n(.+)\n```", readme)
    assert marked
    assert "\n" not in marked[1]
    assert "<!-- test command -->" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def first_commands() -> tuple[str, str]:
    """The commands that install imrlint and check a letter: for a shell, and for PowerShell."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"## Try it\n.*?```sh\n(.+?)\n```.*?```powershell\n(.+?)\n```", readme, re.DOTALL)
    assert found
    return found[1], found[2]


def test_the_first_command_of_the_readme_says_the_same_on_windows() -> None:
    shell, windows = first_commands()
    same = windows.replace(".venv\\Scripts\\", ".venv/bin/").replace("\\", "/").replace("; ", " && ")
    assert re.sub(r"^py ", "python3 ", same) == shell
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert '".[all]"' in shell
    (every,) = project["project"]["optional-dependencies"]["all"]
    assert {"docx", "pdf", "rtf"} <= set(re.findall(r"\w+", every))


@pytest.mark.slow
def test_the_first_command_of_the_readme_reads_word_and_pdf(project: Path, tmp_path: Path) -> None:
    copy, (command, _) = tmp_path / "copy", first_commands()
    assert run("git", "clone", "--quiet", project, copy).returncode == 0
    done = run("bash", "-c", command, cwd=copy)
    assert done.returncode == 1, done.stderr
    assert "[ur-date-mismatch]" in done.stdout
    text = SLIPS.read_text(encoding="utf-8")
    (tmp_path / "draft.docx").write_bytes(typeset.word(text))
    (tmp_path / "printed.pdf").write_bytes(typeset.pdf(typeset.paged(text)))
    checked = run(copy / ".venv" / "bin" / "imrlint", "check", "draft.docx", "printed.pdf", cwd=tmp_path)
    assert checked.returncode == 1, checked.stderr
    assert "2 letters checked" in checked.stderr
    assert run("git", "status", "--short", cwd=copy).stdout == ""


def test_the_output_shown_in_the_readme_is_real() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"such as\n\n```text\n(.+?)```", readme, re.DOTALL)
    assert shown
    assert shown[1] in running.run("check", "examples/slips-2017-drugs.txt", cwd=ROOT).stdout


def test_no_package_registry_is_named() -> None:
    """An address in a file would tie the project to one machine's way of getting packages."""
    tracked = run("git", "ls-files").stdout.splitlines()
    names = re.compile(r"\b(?:files\.pythonhosted|pypi\.org|npmjs|registry\.npm|deb\.debian|crates\.io)\b")
    for name in tracked:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".yaml", ".txt", ".tsv", ""} and path.name != Path(__file__).name:
            assert not names.search(path.read_text(encoding="utf-8")), name
