"""The commands that accept findings: `waive`, `baseline`."""

from __future__ import annotations

from typing import Annotated

import typer

from imrlint.cli.failure import fail
from imrlint.cli.parameters import ConfigFile, Profile
from imrlint.session.options import RunOptions


def waive(
    marks: Annotated[
        list[str],
        typer.Argument(help="The marks of the findings, complete or their first 8 characters.", metavar="MARKS..."),
    ],
    reason: Annotated[str, typer.Option(help="Why the findings are right as they are.")],
    by: Annotated[str, typer.Option(help="Who says so.")],
    until: Annotated[
        str | None, typer.Option(help="The last day on which the waiver is valid.", metavar="YYYY-MM-DD")
    ] = None,
    letters: Annotated[
        list[str] | None, typer.Option("--in", help="Where to look for the findings.", show_default="this folder")
    ] = None,
    config: ConfigFile = None,
    profile: Profile = None,
) -> None:
    """Accept findings, for good or for a while, with a reason.

    Writes to the nearest imrlint-waivers.toml, or to a new one in this folder.
    `imrlint check --marks` shows the marks.
    """
    from imrlint.session import waiver_commands
    from imrlint.settings.config import ConfigError

    try:
        options = RunOptions(paths=tuple(letters or (".",)), config=config, profile=profile)
        for line in waiver_commands.waive_findings(marks, options, reason=reason, by=by, until=until):
            typer.echo(line)
    except (waiver_commands.NotAccepted, ConfigError) as error:
        fail(str(error))


def baseline(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Letters, folders of letters, patterns.", show_default="this folder")
    ] = None,
    add: Annotated[bool, typer.Option("--add", help="Also accept new findings.")] = False,
    config: ConfigFile = None,
    profile: Profile = None,
) -> None:
    """Accept all present findings, so that only new ones count.

    Writes the nearest imrlint-baseline.json, or a new one in this folder. When run again, it removes what
    is no longer found, and adds new findings only with --add.
    """
    from imrlint.session import waiver_commands
    from imrlint.settings.config import ConfigError

    try:
        options = RunOptions(paths=tuple(paths or (".",)), config=config, profile=profile)
        typer.echo(waiver_commands.write_baseline(options, add=add))
    except (waiver_commands.NotAccepted, ConfigError) as error:
        fail(str(error))
