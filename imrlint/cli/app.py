"""The command line: all commands, in the order of the help text."""

from __future__ import annotations

from typing import Annotated

import typer

from imrlint.cli import acceptance, archive, commands, desk, editor, house, letters, memory, reader, rules
from imrlint.cli.options import with_run_options

app = typer.Typer(
    name="imrlint",
    cls=commands.Commands,
    context_settings=commands.HELP_NAMES,
    help="Find what is wrong with an Independent Medical Review determination letter before it is mailed.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def start(
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    if version:
        commands.show_version()
        raise typer.Exit


app.command()(with_run_options(letters.check))
app.command()(acceptance.waive)
app.command()(acceptance.baseline)
app.command()(letters.annotate)
app.command()(desk.desk)
app.command()(letters.parse)
app.command("config")(rules.show_config)
app.command("rules")(rules.list_rules)
app.command()(rules.explain)
app.command()(house.init)
app.add_typer(house.words_app, name="words")
app.command()(memory.learn)
app.add_typer(memory.app, name="memory")
app.command()(archive.runs)
app.command()(archive.compare)
app.command()(archive.trends)
app.command()(archive.verdict)
app.command()(archive.calibrate)
app.command("new")(rules.new_rule)
app.command("try")(rules.try_rule)
app.command("lsp")(editor.serve)
app.add_typer(reader.app, name="reader")
app.command("version")(commands.show_version)
app.command("help")(commands.show_help)
