"""The command `desk`: a page in the browser for those who would rather not type commands."""

from __future__ import annotations

from typing import Annotated

import typer

from imrlint.cli.failure import fail
from imrlint.cli.parameters import ConfigFile, Profile
from imrlint.session.options import RunOptions


def desk(
    port: Annotated[
        int, typer.Option(help="The port of the page.", min=0, max=65535, metavar="NUMBER", show_default="any")
    ] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser, or only say where it is.")] = True,
    config: ConfigFile = None,
    profile: Profile = None,
) -> None:
    """Open a page on which letters are dropped, checked and fixed.

    Only this computer can reach the page, and letters are kept in memory until it is closed. Settings and
    waivers are those of this folder.
    """
    try:
        from imrlint.page.server import CannotListen, serve_desk
    except ImportError:
        fail('for the desk, install the missing extra: pip install "imrlint[desk]"')
    from imrlint.settings.config import ConfigError

    options = RunOptions(config=config, profile=profile)
    try:
        serve_desk(options, port, lambda line: typer.echo(line, err=True), opens_browser=browser)
    except (CannotListen, ConfigError) as error:
        fail(str(error))
