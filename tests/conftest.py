"""Where the letters are, the switch that rewrites expected findings, and which tests run where."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from imrlint.source import sandbox

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
    """What is held against all real letters is slow."""
    for item in items:
        if "real_letters" in getattr(item, "fixturenames", ()):
            item.add_marker("slow")


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
