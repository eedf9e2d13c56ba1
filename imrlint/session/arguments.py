"""The options of `imrlint check` as they stand on a command line, read without Typer where nothing is unusual.

Loading Typer takes as long as checking some letters. It is loaded where help is wanted or something is wrong, and
then it says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, IntEnum
from pathlib import Path
from typing import Any, get_args

from imrlint.session.options import OptionField, RunOptions, option_fields, split_names
from imrlint.session.outputs import CannotWrite, Target, parse_targets
from imrlint.source.paths import STDIN


class _Unusual(Exception):
    """Something that is left to Typer."""


def read_options(words: Sequence[str]) -> RunOptions | None:
    """The options of a check with these words behind the command; None where Typer must read them."""
    paths: list[str] = []
    written: dict[str, list[Any]] = {}
    rest = iter(words)
    try:
        for word in rest:
            if not word.startswith("-") or word == STDIN:
                paths.append(word)
            else:
                name, value = _read_option(word, rest)
                written.setdefault(name, []).append(value)
        given = {name: _combine(option_fields()[name], values) for name, values in written.items()}
    except (_Unusual, CannotWrite):
        return None
    options = RunOptions(paths=tuple(paths) or (".",), **given)
    return None if options.watch or options.find_conflict() else options


def _read_option(word: str, rest: Iterator[str]) -> tuple[str, Any]:
    """The field that an option sets, and its value, which may be the next of the other words. Raises _Unusual."""
    written, equals, value = word.partition("=")
    for field in option_fields().values():
        if field.option.positional or written not in (*field.names, field.option.short):
            continue
        if field.type is bool:
            if equals:
                break
            return field.name, written != field.names[-1] or len(field.names) == 1
        if not equals:
            value = next(rest, "")
        elif not written.startswith("--"):
            break
        if not value or value.startswith("-"):
            break
        return field.name, value
    raise _Unusual


def _combine(field: OptionField, values: list[Any]) -> Any:
    """The value of a field from what was written for it: all of that for a tuple, else the last. Raises _Unusual."""
    if not field.is_tuple:
        return _convert(field, values[-1])
    if get_args(field.type)[0] is Target:
        return parse_targets(values)
    if field.option.comma_separated:
        return split_names(values)
    return tuple(values)


def _convert(field: OptionField, value: Any) -> Any:
    kind = field.type
    if kind in (bool, str):
        return value
    if kind is Path:
        return Path(value)
    try:
        if issubclass(kind, IntEnum):
            return next(each for each in kind if each.name.lower() == value)
        made = kind(value)
    except (StopIteration, ValueError) as error:
        raise _Unusual from error
    least, most = field.option.minimum, field.option.maximum
    if not isinstance(made, Enum) and ((least is not None and made < least) or (most is not None and made > most)):
        raise _Unusual
    return made
