"""How the name of a command is looked up, and what is said where there is none of that name."""

from __future__ import annotations

import os
import shlex
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from imrlint.cli.failure import fail
from imrlint.source.paths import STDIN, is_letter, is_pattern

HELP_NAMES = {"help_option_names": ["-h", "--help"]}


class Commands(TyperGroup):
    """The commands of imrlint. Who names a letter instead of one is told how to check it."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if self.get_command(ctx, name) is None and _may_be_letter(name):
            fail(f"{name} is not a command; to check it: imrlint check {shlex.join(args)}")
        return super().resolve_command(ctx, args)


def show_help(
    ctx: typer.Context,
    command: Annotated[list[str] | None, typer.Argument(help="A command, such as check.", metavar="[COMMAND]")] = None,
) -> None:
    """Show the commands, or how to use one of them."""
    found: Any = ctx.find_root()
    for name in command or ():
        group = found.command
        inner = group.get_command(found, name) if isinstance(group, TyperGroup) else None
        if inner is None:
            fail(f'no command is called "{" ".join(command or ())}"; imrlint help lists them')
        found = type(found)(inner, info_name=name, parent=found)
    typer.echo(found.command.get_help(found))


def show_version() -> None:
    """Show the version."""
    from imrlint import __version__

    typer.echo(f"imrlint {__version__}")


def _may_be_letter(name: str) -> bool:
    return name == STDIN or is_letter(name) or is_pattern(name) or os.path.exists(name)  # noqa: PTH110
