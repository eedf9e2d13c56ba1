"""Where the files of a house are, and what letters are called in them."""

from __future__ import annotations

import os
from pathlib import Path


def find_nearest_file(folder: Path, name: str) -> Path | None:
    """The file of this name in a folder, or in the nearest folder above that has one; None where none has."""
    return next((place / name for place in (folder, *folder.parents) if (place / name).is_file()), None)


def relative_name(letter: str, folder: Path) -> str:
    """The name of a letter relative to a folder, with slashes on every system."""
    try:
        place = Path(letter)
        return Path(os.path.relpath(place.parent.resolve() / place.name, folder.resolve())).as_posix()
    except ValueError:  # on Windows, from one drive to another
        return Path(letter).absolute().as_posix()
