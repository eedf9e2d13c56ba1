"""The commands on what a house has written before: `learn`, `memory`, `memory forget`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from imrlint.cli.commands import HELP_NAMES
from imrlint.cli.failure import fail
from imrlint.cli.options import typer_parameter
from imrlint.cli.parameters import Encoding
from imrlint.session.exit_codes import ExitCode

if TYPE_CHECKING:
    from imrlint.session.learning import Learnt

DEFAULT = "imrlint.memory"

app = typer.Typer(
    help="Show what the memory of your house holds, or take letters out of it.",
    invoke_without_command=True,
    rich_markup_mode=None,
    context_settings=HELP_NAMES,
)

MemoryFile = Annotated[
    Path | None,
    typer.Option("--memory", help="The file.", metavar="FILE", show_default=f"that of the settings, or {DEFAULT}"),
]
Jobs = Annotated[int | None, typer_parameter("jobs")]


def learn(
    paths: Annotated[list[str], typer.Argument(help="Letters that your house has mailed, folders of them, patterns.")],
    memory: MemoryFile = None,
    add: Annotated[bool, typer.Option("--add", help="Go on with a memory that is there already.")] = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="Also write what was noticed as a page.", metavar="FILE.html")
    ] = None,
    jobs: Jobs = None,
    encoding: Encoding = None,
) -> None:
    """Learn what your house writes from its letters, so that drafts are held against it.

    The memory is one file on this computer. What fewer than five letters have in common is not kept as text, and
    identifiers are taken out first. An interrupted run goes on where it stopped when it is started again with --add;
    letters that the memory has already are passed over. At the end it says where your house itself is divided.
    """
    from imrlint.memory.holdings import list_divided_passages, list_divided_spellings
    from imrlint.output import divisions

    path = memory or _find_memory()
    if path.exists() and not add:
        fail(f"{path}: there is a memory already; --add goes on with it")
    learnt, is_complete = _run(paths, path, jobs, encoding, forgets=False)
    typer.echo(
        f"{path}: {learnt.changed:,} letters learnt, {learnt.unchanged:,} known before; it holds {learnt.letters:,}"
    )
    passages, spellings = list_divided_passages(path), list_divided_spellings(path)
    typer.echo(divisions.write_text(passages, spellings), nl=False)
    if report:
        try:
            report.write_text(divisions.write_page(passages, spellings, learnt.letters), encoding="utf-8")
        except OSError as error:
            fail(f"{report}: cannot be written: {error.strerror or error}")
    if not is_complete:
        raise typer.Exit(ExitCode.FAILURE)


@app.callback()
def show(context: typer.Context, memory: MemoryFile = None) -> None:
    """Show what the memory of your house holds, or take letters out of it."""
    if context.invoked_subcommand:
        context.obj = memory
        return
    from imrlint.memory.errors import BadMemory
    from imrlint.memory.holdings import count_holdings

    path = memory or _find_memory()
    try:
        holds = count_holdings(path)
    except BadMemory as error:
        fail(str(error))
    period = f", decided from {holds.since} to {holds.until}" if holds.since else ""
    typer.echo(f"{path}: {holds.size / 1e6:,.1f} MB")
    typer.echo(f"letters: {holds.letters:,}{period}")
    typer.echo(f"sentences: {holds.sentences:,}, of which {holds.passages:,} stand in five letters or more")
    typer.echo(f"phrases: {holds.phrases:,}")
    typer.echo(f"spellings: {holds.spellings:,}")
    typer.echo(f"citations for kinds of items: {holds.citations:,}")


@app.command()
def forget(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(help="Letters, folders of letters, patterns.")],
    memory: MemoryFile = None,
    jobs: Jobs = None,
    encoding: Encoding = None,
) -> None:
    """Take letters out of the memory. They must be there as they were when it learnt from them."""
    path = memory or context.obj or _find_memory()
    if not path.exists():
        fail(f"{path}: there is no such memory")
    done, is_complete = _run(paths, path, jobs, encoding, forgets=True)
    typer.echo(
        f"{path}: {done.changed:,} letters taken out, {done.unchanged:,} were not in it; it holds {done.letters:,}"
    )
    if not is_complete:
        raise typer.Exit(ExitCode.FAILURE)


def _run(
    paths: list[str], memory: Path, jobs: int | None, encoding: str | None, *, forgets: bool
) -> tuple[Learnt, bool]:
    """Change a memory by letters. Returns what came of it, and whether all of them could be read."""
    from imrlint.memory.errors import BadMemory
    from imrlint.session.console import Console
    from imrlint.session.inputs import Decoding
    from imrlint.session.learning import LearningOptions, forget_letters, learn_letters

    console = Console(sys.stdout, sys.stderr)
    options = LearningOptions(tuple(paths), memory, jobs, Decoding(encoding))
    try:
        done = (forget_letters if forgets else learn_letters)(options, console)
    except BadMemory as error:
        fail(str(error))
    except KeyboardInterrupt:
        fail(f"{memory}: interrupted; what was learnt is kept, and --add goes on")
    return done, not console.has_problems


def _find_memory() -> Path:
    """The memory that the settings of this folder name, or else the file of the default name."""
    from imrlint.settings.config import ConfigError
    from imrlint.settings.files import SettingsReader

    try:
        named = SettingsReader().read_nearest(Path.cwd()).config().memory
    except ConfigError as error:
        fail(str(error))
    return named or Path(DEFAULT)
