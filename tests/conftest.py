"""Where the letters are, the switch that rewrites expected findings, and which tests run where."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from houses import build_house

from imrlint.source import sandbox

os.environ.setdefault("IMRLINT_READER", "off")  # what it says changes with its training; tests of the reader want it

TESTS = Path(__file__).parent
ROOT = TESTS.parent
REAL = Path(os.environ.get("IMRLINT_LETTERS", ROOT.parent / "shared" / "letters"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write what was found into the cases")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Some tests by name run in this process: other processes take longer to start than such tests take."""
    by_name = bool(config.option.keyword) or any("::" in argument for argument in config.args)
    return 0 if by_name or config.option.accept else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is held against all real letters is slow; what is slow may take longer than the others."""
    for item in items:
        if "real_letters" in getattr(item, "fixturenames", ()):
            item.add_marker("slow")
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.timeout(600))


def make_once(factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], None]) -> Path:
    """A folder of this name that `fill` fills once for all processes of a run of tests, whichever asks first."""
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent  # each process has a folder of its own in the one of the run
    folder, done = root / name, root / f"{name}.done"
    with FileLock(root / f"{name}.lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            fill(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own files, committed to a git repository of their own."""
    return make_once(tmp_path_factory, "project", _copy_project) / "imrlint"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """What users install, built from the project's files."""

    def build(folder: Path) -> None:
        command = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(project)]
        subprocess.run([sys.executable, *command], check=True)

    (path,) = make_once(tmp_path_factory, "wheel", build).glob("*.whl")
    return path


def _copy_project(folder: Path) -> None:
    left_out = shutil.ignore_patterns(".*cache", "__pycache__", ".git", ".venv", "build", "dist", "*.egg-info")
    shutil.copytree(ROOT, folder / "imrlint", ignore=left_out)
    commit(folder / "imrlint")


def commit(folder: Path) -> None:
    """Commit all files of a folder to a git repository in it."""
    who = ("-c", "user.name=test", "-c", "user.email=test@example.org")
    for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "as it stands")):
        subprocess.run(["git", *words], cwd=folder, check=True)


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    """Word, PDF and RTF files are read in a process with a limit of seconds: let it be no limit on a busy machine."""
    sandbox.SANDBOX.seconds = 60


@pytest.fixture(scope="session")
def accept(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--accept"))


@pytest.fixture(scope="session")
def base_letters() -> dict[str, str]:
    """The letters that cases change, by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in (TESTS / "letters").glob("*.txt")}


@pytest.fixture(scope="session")
def clean(base_letters: dict[str, str]) -> str:
    return base_letters["clean"]


@pytest.fixture(scope="session")
def real_letters() -> dict[str, str]:
    """Real letters, where a folder of them is at hand; they are never part of the project."""
    paths = sorted(REAL.glob("*/*.txt"))
    if not paths:
        pytest.skip("no folder of real letters at hand")
    return {path.stem: path.read_bytes().decode("utf-8") for path in paths}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with a letter and a rule of its own."""
    build_house(tmp_path)
    return tmp_path
