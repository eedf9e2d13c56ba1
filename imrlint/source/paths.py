"""Which letters are meant: files, folders, patterns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from imrlint.source import Unreadable

SUFFIX = ".txt"
_SKIPPED = frozenset({"node_modules", "__pycache__", "venv"})


def expand(paths: Iterable[str]) -> Iterator[Path | Unreadable]:
    """Each letter once, in order; in the place of what has no letter, why.

    A file is taken whatever it is called, a folder gives its `.txt` files and those of the folders
    in it, a pattern (`letters/*.txt`, `**/2017-*.txt`) what it matches.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _found(path):
            if isinstance(found, Unreadable):
                yield found
            elif found.absolute() not in seen:
                seen.add(found.absolute())
                yield found


def _found(path: str) -> Iterator[Path | Unreadable]:
    place = Path(path)
    if place.is_dir():
        letters = sorted(_letters_in(place))
        yield from letters
        if not letters:
            yield Unreadable(path, f"no letters in this folder: imrlint looks for {SUFFIX} files")
    elif any(sign in path for sign in "*?[") and not place.exists():
        import glob

        matches = sorted(Path(match) for match in glob.glob(path, recursive=True))  # noqa: PTH207
        yield from (match for match in matches if match.is_file())
        if not any(match.is_file() for match in matches):
            yield Unreadable(path, "no file matches this pattern")
    else:
        yield place


def _letters_in(folder: Path) -> Iterator[Path]:
    for place in folder.rglob(f"*{SUFFIX}"):
        inside = place.relative_to(folder).parts[:-1]
        lost = place.is_symlink() and not place.exists()  # named as unreadable rather than passed over
        if (place.is_file() or lost) and not any(part.startswith(".") or part in _SKIPPED for part in inside):
            yield place
