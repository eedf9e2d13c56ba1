"""Reading tables: a file with its columns becomes a tuple of typed rows, or an error that names file and line.

A table is a text file with tabs between its cells; the first line names the columns. A row is a `NamedTuple`
whose fields are the columns: the annotation of a field says how its cells are read, and a field without a
default must not be empty. Cells with several values part them with "|".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import Enum
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

from imrlint.once import cached_property

R = TypeVar("R", bound=NamedTuple)

Lines: TypeAlias = bytes | mmap
"""The content of a file of lines."""

_FOLDER = Path(__file__).parent
_SUPPORT = re.compile(r"law|guideline|published list|letters:(?P<letters>0|[1-9]\d*)")


class BadTable(ValueError):
    """A table that does not hold what it was declared to hold: the message names file, line and column."""


class Support(str):
    """What supports a row: "law", "guideline", "published list", or "letters:N".

    N counts published letters by different reviewers in which the row was seen, where reviewers can be told
    apart, else letters. Raises `ValueError` for anything else.
    """

    __slots__ = ()

    def __new__(cls, written: str) -> Support:
        if not _SUPPORT.fullmatch(written):
            raise ValueError(f"{written!r} is no support")
        return super().__new__(cls, written)

    @property
    def letters(self) -> int | None:
        """The number of letters, None where something better than letters supports the row."""
        found = _SUPPORT.fullmatch(self)
        return int(found["letters"]) if found and found["letters"] else None


class Table(Generic[R]):
    """A table: its file below `imrlint/knowledge/`, and the class of its rows, which declares its columns."""

    def __init__(self, file: str, row: type[R]) -> None:
        self.file = file
        self.row = row

    @cached_property
    def rows(self) -> tuple[R, ...]:
        """Every row, read when it is first wanted. Raises `BadTable`."""
        return tuple(read_rows(self.file, read_text(self.file), self.row))


def read_text(file: str) -> str:
    return find_path(file).read_text(encoding="utf-8")


def map_bytes(file: str) -> Lines:
    """The content of a large file, of which only what is looked at is read."""
    with find_path(file).open("rb") as opened:
        return mmap(opened.fileno(), 0, access=ACCESS_READ)


def find_path(file: str) -> Path:
    """The path of a file of tables or words by its name below `imrlint/knowledge/`."""
    return _FOLDER / file


def find_line(content: Lines, key: bytes, low: int = 0, high: int | None = None) -> bytes | None:
    """What follows a key and a tab in lines that are sorted by their keys; empty for a line without a tab.

    None where no line has the key. Only lines from `low` up to `high` are looked at.
    """
    at = find_place(content, key + b"\t", low, high)
    end = at + len(key)
    if content[at:end] != key:
        return None
    match content[end : end + 1]:
        case b"\t":
            line_end = content.find(b"\n", end)
            return content[end + 1 : line_end if line_end >= 0 else len(content)]
        case b"\n" | b"":
            return b""
        case _:
            return None


def find_place(content: Lines, beginning: bytes, low: int = 0, high: int | None = None) -> int:
    """Where the first of sorted lines begins that is not before `beginning`."""
    high = len(content) if high is None else high
    length = len(beginning)
    while low < high:
        start = content.rfind(b"\n", low, (low + high) // 2) + 1 or low
        if content[start : start + length] < beginning:
            low = content.find(b"\n", start) + 1 or high
        else:
            high = start
    return low


def read_rows(file: str, text: str, row: type[R]) -> Iterator[R]:
    """The rows in the text of a table; `file` is the name that an error gives. Raises `BadTable`."""
    header, *lines = text.splitlines() or [""]
    columns = header.split("\t")
    if problem := _problem_of_columns(columns, row._fields):
        raise BadTable(f"{file}, line 1: {problem}")
    hints = get_type_hints(row)
    readers = [_Column(column, hints[column], row._field_defaults.get(column, _REQUIRED)) for column in columns]
    cells = [line.split("\t") for line in lines]
    for number, each in enumerate(cells, 2):
        if len(each) != len(columns):
            raise BadTable(f"{file}, line {number}: {len(each)} cells, {len(columns)} columns")
    by_column = zip(*cells, strict=True) if cells else [()] * len(columns)
    try:  # a column at once, which is several times as fast as row by row
        values = [reader.read(column) for reader, column in zip(readers, by_column, strict=True)]
    except _BadCell:
        _refuse_bad_cell(file, cells, readers)
        raise
    yield from map(row, *(values[columns.index(column)] for column in row._fields))


def _refuse_bad_cell(file: str, cells: list[list[str]], readers: list[_Column]) -> None:
    """Raises BadTable for the first cell that cannot be read."""
    for number, line in enumerate(cells, 2):
        for reader, cell in zip(readers, line, strict=True):
            try:
                reader[cell]
            except _BadCell as error:
                raise BadTable(f"{file}, line {number}{error}") from error.__cause__


_REQUIRED = object()  # in place of the default of a field that has none


class _BadCell(Exception):
    """A cell that cannot be read. The message is the end of that of a BadTable."""


class _Column(dict[str, Any]):
    """The values of the cells of a column, each read once: most cells recur."""

    def __init__(self, name: str, hint: Any, default: object) -> None:
        super().__init__()
        self._name = name
        self._reader = _reader(hint)
        if default is not _REQUIRED:
            self[""] = default

    def read(self, cells: Sequence[str]) -> Sequence[Any]:
        """The values of cells, which are texts in most columns and stay as they are."""
        return cells if self._reader is None and "" not in cells else list(map(self.__getitem__, cells))

    def __missing__(self, cell: str) -> Any:
        if not cell:
            raise _BadCell(f": {self._name} is empty")
        try:
            self[cell] = self._reader(cell) if self._reader else cell
        except ValueError as error:
            raise _BadCell(f", {self._name}: {error}") from error
        return self[cell]


def _problem_of_columns(columns: list[str], declared: tuple[str, ...]) -> str | None:
    if unknown := [column for column in columns if column not in declared]:
        return f"unknown column {', '.join(unknown)}"
    if missing := [column for column in declared if column not in columns]:
        return f"no column {', '.join(missing)}"
    return "a column is there twice" if len(columns) != len(declared) else None


def _reader(hint: Any) -> Callable[[str], Any] | None:
    """How a cell that is not empty becomes a value of a type; None where it stays as it is."""
    if hint is str:
        return None
    if hint is bool:
        return _read_yes
    if hint == date | None:
        return date.fromisoformat
    if get_origin(hint) in (tuple, frozenset):
        collect: Callable[[Any], Any] = get_origin(hint)
        member = _reader(get_args(hint)[0])
        if member is None:
            return lambda cell: collect(cell.split("|"))
        return lambda cell: collect(map(member, cell.split("|")))
    if isinstance(hint, type) and issubclass(hint, (int, float, str, Enum)):
        return hint
    raise TypeError(f"no cell is read as {hint}")


def _read_yes(cell: str) -> bool:
    if cell != "yes":
        raise ValueError(f"{cell!r} is not yes")
    return True
