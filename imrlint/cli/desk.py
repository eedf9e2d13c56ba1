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
    keep_open: Annotated[bool, typer.Option("--keep-open", help="Go on when no page is open any more.")] = False,
    config: ConfigFile = None,
    profile: Profile = None,
) -> None:
    """Open a page on which letters are dropped, checked and fixed.

    Only this computer can reach the page. Letters are kept in memory until the desk is closed, or all of its pages
    for some minutes. Settings and waivers are those of this folder.
    """
    try:
        from imrlint.page.presence import Patience
        from imrlint.page.server import CannotListen, serve_desk
    except ImportError:
        fail('for the desk, install the missing extra: pip install "imrlint[desk]"')
    from imrlint.session.loading import load
    from imrlint.settings.config import ConfigError

    load()
    options = RunOptions(config=config, profile=profile)
    patience = None if keep_open else Patience()
    try:
        serve_desk(options, port, lambda line: typer.echo(line, err=True), opens_browser=browser, patience=patience)
    except (CannotListen, ConfigError) as error:
        fail(str(error))
