"""The commands that write the settings of a house: `init`, `words add`, `words remove`, `words list`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from imrlint.cli.commands import HELP_NAMES
from imrlint.cli.failure import fail, write_error
from imrlint.cli.parameters import ConfigFile
from imrlint.session.exit_codes import ExitCode

words_app = typer.Typer(
    help="The words that are right in your house: list them, add to them, and remove some.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings=HELP_NAMES,
)


def init() -> None:
    """Write settings to begin with into this folder: imrlint.toml, a file for waivers, and a hook of pre-commit.

    Every setting is in the file with an explanation, as a comment: imrlint does what it does without it. A file
    that is there already stays as it is.
    """
    from imrlint.settings import starting
    from imrlint.source import Unreadable

    refused = False
    for name in starting.NAMES:
        try:
            starting.write_new(name, Path())
            typer.echo(f"{name}: written")
        except Unreadable as error:
            write_error(str(error))
            refused = True
    if refused:
        raise typer.Exit(ExitCode.FAILURE)


@words_app.command("add")
def add_words(
    words: Annotated[list[str], typer.Argument(help="Words, in any case; their possessives are right with them.")],
    config: ConfigFile = None,
) -> None:
    """Add words to the nearest settings, or to a new imrlint.toml in this folder. Nothing else in the file changes."""
    from imrlint.settings import house_words
    from imrlint.settings.config import ConfigError

    try:
        added = house_words.add_words(words, house_words.nearest_settings(Path.cwd(), config), Path.cwd())
    except ConfigError as error:
        fail(str(error))
    typer.echo(f"{added.path}: {', '.join(added.words)} added" if added.words else "nothing to do: they are there")


@words_app.command("remove")
def remove_words(
    words: Annotated[list[str], typer.Argument(help="Words, in any case.")],
    config: ConfigFile = None,
) -> None:
    """Remove words from the nearest settings. Nothing else in the file changes."""
    from imrlint.settings import house_words
    from imrlint.settings.config import ConfigError

    try:
        removed = house_words.remove_words(words, house_words.nearest_settings(Path.cwd(), config))
    except ConfigError as error:
        fail(str(error))
    gone = ", ".join(removed.words)
    typer.echo(f"{removed.path}: {gone} removed" if gone else "nothing to do: they are not there")


@words_app.command("list")
def list_words(config: ConfigFile = None) -> None:
    """List the words of the nearest settings, one a line."""
    from imrlint.settings import house_words
    from imrlint.settings.config import ConfigError

    try:
        for word in house_words.list_words(house_words.nearest_settings(Path.cwd(), config)):
            typer.echo(word)
    except ConfigError as error:
        fail(str(error))
