"""The files that a house begins with; they are in the folder `templates`."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from imrlint.settings import waivers
from imrlint.settings.files import FILE_NAMES
from imrlint.source.errors import Unreadable

NAMES = (FILE_NAMES[0], waivers.FILE_NAME, ".pre-commit-config.yaml")


def write_new(name: str, folder: Path) -> None:
    """Write the file of this name into a folder that has none yet. Raises Unreadable."""
    path = folder / name
    template = files("imrlint.settings") / "templates" / name.removeprefix(".")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(template.read_text(encoding="utf-8"))
    except FileExistsError as error:
        raise Unreadable(str(path), "not written: it is there already") from error
    except OSError as error:
        raise Unreadable(str(path), f"cannot be written: {error.strerror or error}") from error
