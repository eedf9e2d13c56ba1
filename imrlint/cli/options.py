"""Typer parameters made from the options of a run, which `imrlint.session.options` describes."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from enum import Enum, IntEnum, StrEnum
from functools import cache
from typing import Annotated, Any, get_args

import typer

from imrlint.cli.failure import fail
from imrlint.session import outputs
from imrlint.session.options import OptionField, RunOptions, option_fields, split_names
from imrlint.session.outputs import Target


def with_run_options(command: Callable[[RunOptions], None]) -> Callable[..., None]:
    """A command with a parameter for each field of RunOptions, which calls `command` with their values."""

    def run(**values: Any) -> None:
        command(RunOptions(**{name: _convert(option_fields()[name], value) for name, value in values.items()}))

    parameters = [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=None if field.is_tuple else field.default,
            annotation=Annotated[_parameter_type(field), typer_parameter(field.name)],
        )
        for field in option_fields().values()
    ]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    run.__doc__, run.__name__ = command.__doc__, command.__name__
    return run


def typer_parameter(name: str) -> Any:
    """The Typer parameter for the field of RunOptions with this name, for use in Annotated."""
    field = option_fields()[name]
    option = field.option
    shared: dict[str, Any] = {
        "help": option.help,
        "metavar": option.metavar,
        "show_default": option.default_text or True,
        "min": option.minimum,
        "max": option.maximum,
    }
    if option.positional:
        return typer.Argument(**shared)
    return typer.Option(*_names(field), **shared)


def _names(field: OptionField) -> list[str]:
    """The option's names on the command line, as Typer wants them."""
    name = "/".join(field.names)
    return [name, field.option.short] if field.option.short else [name]


def _parameter_type(field: OptionField) -> Any:
    if field.is_tuple:
        return list[str] | None
    type_ = _choices(field.type) if _is_int_enum(field.type) else field.type
    return type_ | None if field.default is None else type_


def _convert(field: OptionField, value: Any) -> Any:
    """The value of a field, from what Typer gives."""
    if field.is_tuple and get_args(field.type)[0] is Target:
        try:
            return outputs.parse_targets(value or ())
        except outputs.CannotWrite as error:
            fail(str(error))
    if field.is_tuple:
        return split_names(value) if field.option.comma_separated else tuple(value or field.default)
    if value is not None and _is_int_enum(field.type):
        return field.type[value.name]
    return value


def _is_int_enum(type_: Any) -> bool:
    return isinstance(type_, type) and issubclass(type_, IntEnum)


@cache
def _choices(levels: type[IntEnum]) -> type[Enum]:
    """The levels of an enumeration, the highest first, as words to choose from."""
    words = [(level.name, level.name.lower()) for level in sorted(levels, reverse=True)]
    choices: type[Enum] = StrEnum(levels.__name__, words)  # type: ignore[misc]  # the name is not a literal
    return choices
