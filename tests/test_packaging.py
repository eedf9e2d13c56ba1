"""What users install: the wheel, the hook, the pages; and that everything is in them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from imrlint import catalogue, docs

ROOT = Path(__file__).parent.parent
SLIPS = ROOT / "examples" / "slips-2017-drugs.txt"


def run(*command: object, cwd: Path = ROOT, **extra: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **extra}
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own files, committed to a git repository of their own."""
    folder = tmp_path_factory.mktemp("project") / "imrlint"
    kept = shutil.ignore_patterns(".*cache", "__pycache__", ".git", ".venv", "build", "dist", "*.egg-info")
    shutil.copytree(ROOT, folder, ignore=kept)
    commit(folder)
    return folder


def commit(folder: Path) -> None:
    who = ("-c", "user.name=test", "-c", "user.email=test@example.org")
    assert run("git", "init", "-q", cwd=folder).returncode == 0
    assert run("git", "add", "-A", cwd=folder).returncode == 0
    done = run("git", *who, "commit", "-q", "-m", "as it stands", cwd=folder)
    assert done.returncode == 0, done.stderr


def test_every_folder_of_python_is_in_the_packaging_map() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = set(project["tool"]["setuptools"]["packages"])
    folders = {path.parent for top in ("imrlint", "grammar", "rules") for path in (ROOT / top).rglob("__init__.py")}
    names = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    renamed = {re.sub(r"^(grammar|rules)", r"imrlint.\1", name) for name in names}
    assert listed == renamed


def test_a_letter_is_linted_from_the_wheel_in_a_clean_environment(copy: Path, tmp_path: Path) -> None:
    built = run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, copy)
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    for rule in catalogue.rules():
        assert rule.__module__.replace(".", "/") + ".py" in inside
    for name in ("grammar/letter.lark", "grammar/tables.pickle", "knowledge/tables/words.txt", "py.typed"):
        assert f"imrlint/{name}" in inside
    assert not any(name.startswith(("tests/", "rules/", "grammar/", "benchmarks/")) for name in inside)

    venv.create(tmp_path / "clean", with_pip=True)
    scripts = tmp_path / "clean" / ("Scripts" if os.name == "nt" else "bin")
    installed = run(scripts / "python", "-m", "pip", "install", "--quiet", wheel)
    assert installed.returncode == 0, installed.stderr
    linted = run(scripts / "imrlint", "check", SLIPS, cwd=tmp_path)
    assert linted.returncode == 1, linted.stderr
    assert linted.stdout == run(sys.executable, "-m", "imrlint", "check", SLIPS).stdout


def test_the_hook_finds_the_slips_in_a_repository_of_letters(copy: Path, tmp_path: Path) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    shutil.copy(SLIPS, letters / "slips.txt")
    shutil.copy(ROOT / "examples" / "clean-2017-shoulder.txt", letters / "clean.txt")
    revision = run("git", "rev-parse", "HEAD", cwd=copy).stdout.strip()
    (tmp_path / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {copy}\n    rev: {revision}\n    hooks:\n      - id: imrlint\n", encoding="utf-8"
    )
    commit(tmp_path)
    hooked = run(
        sys.executable, "-m", "pre_commit", "run", "--all-files", cwd=tmp_path, PRE_COMMIT_HOME=str(tmp_path / "cache")
    )
    assert hooked.returncode == 1, hooked.stdout + hooked.stderr
    assert "letters/slips.txt:45:1: error" in hooked.stdout
    assert "letters/clean.txt" not in hooked.stdout
    (letters / "slips.txt").unlink()
    commit(tmp_path)
    again = run(
        sys.executable, "-m", "pre_commit", "run", "--all-files", cwd=tmp_path, PRE_COMMIT_HOME=str(tmp_path / "cache")
    )
    assert again.returncode == 0, again.stdout + again.stderr


def test_the_page_of_all_rules_is_up_to_date() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == docs.everything(), "run: imrlint docs"


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


def test_the_output_shown_in_the_readme_is_real() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"such as\n\n```\n(.+?)```", readme, re.DOTALL)
    assert shown
    linted = run(sys.executable, "-m", "imrlint", "check", "examples/slips-2017-drugs.txt")
    assert shown[1] in linted.stdout


def test_no_package_registry_is_named() -> None:
    """An address in a file would tie the project to one machine's way of getting packages."""
    tracked = run("git", "ls-files").stdout.splitlines()
    names = re.compile(r"\b(?:files\.pythonhosted|pypi\.org|npmjs|registry\.npm|deb\.debian|crates\.io)\b")
    for name in tracked:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".yaml", ".txt", ".tsv", ""} and path.name != Path(__file__).name:
            assert not names.search(path.read_text(encoding="utf-8")), name
