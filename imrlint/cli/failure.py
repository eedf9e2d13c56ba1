"""How a command stops with an error."""

from __future__ import annotations

from typing import NoReturn

import typer

from imrlint.session.exit_codes import ExitCode


def fail(reason: str) -> NoReturn:
    """Write why the command cannot go on, and end it."""
    write_error(reason)
    raise typer.Exit(ExitCode.FAILURE)


def write_error(reason: str) -> None:
    """Write an error, in one line on standard error."""
    typer.echo(f"imrlint: {reason}", err=True)
