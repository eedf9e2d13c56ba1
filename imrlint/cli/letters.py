"""The commands on letters: `check`, `annotate`, `parse`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from imrlint.cli.failure import fail, write_error
from imrlint.cli.parameters import ConfigFile, Encoding, Ignore, Memory, Select
from imrlint.session.exit_codes import ExitCode
from imrlint.session.loading import load
from imrlint.session.options import RunOptions, split_names


def check(options: RunOptions) -> None:
    """Check letters, and fix them.

    Exits with 0 when nothing at or above --fail-on was found (with --diff: when nothing would change), 1
    otherwise, 2 when a letter could not be read or a rule failed; the other letters are still checked.
    """
    if conflict := options.find_conflict():
        fail(conflict)
    if options.watch:
        from imrlint.session.watch import watch_letters

        raise typer.Exit(watch_letters(options))
    load()
    from imrlint.session.run import check_letters

    raise typer.Exit(check_letters(options))


def annotate(
    paths: Annotated[list[str], typer.Argument(help="Letters in Word or PDF, folders of letters, patterns.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The name of the copy; for several letters a folder.",
            show_default="LETTER-reviewed",
        ),
    ] = None,
    select: Select = None,
    ignore: Ignore = None,
    config: ConfigFile = None,
) -> None:
    """Write a copy of a letter with the findings in its margin.

    In Word they are comments, in a PDF highlights with notes. The letter itself stays as it is. In a folder,
    copies that were written before are left out.
    """
    from imrlint.desk.annotation import SUFFIXES, annotate_file, default_copy, is_copy
    from imrlint.settings.config import ConfigError
    from imrlint.settings.files import SettingsReader
    from imrlint.source import Unreadable
    from imrlint.source.paths import expand, is_pattern

    several = len(paths) > 1 or is_pattern(paths[0]) or Path(paths[0]).is_dir()
    folder = output if output is not None and (output.is_dir() or several) else None
    if folder is not None and not folder.is_dir():
        fail(f"{folder}: no such folder; the copies of several letters need one")
    reader = SettingsReader()
    try:
        chosen = reader.read_file(config) if config else None
    except ConfigError as error:
        fail(str(error))
    load()
    failed = False
    for path in list(expand(paths, suffixes=SUFFIXES)):  # all of them, before there are copies among them
        try:
            if isinstance(path, Unreadable):
                raise path
            letter = Path(path)
            if path not in paths and is_copy(letter):
                continue
            copy = folder / letter.name if folder else output or default_copy(letter)
            if copy != output and copy.exists():
                raise Unreadable(path, f"{copy} already exists; choose another name with --output")
            settings = chosen or reader.read_nearest(letter.parent.absolute())
            summary = annotate_file(letter, copy, settings, select=split_names(select), ignore=split_names(ignore))
            typer.echo(summary, err=True)
        except (Unreadable, ConfigError) as error:
            write_error(str(error))
            failed = True
    if failed:
        raise typer.Exit(ExitCode.FAILURE)


def parse(
    path: Annotated[str, typer.Argument(help="A letter, or - for standard input.")],
    text: Annotated[bool, typer.Option("--text", help="Only the text, whose characters findings count.")] = False,
    readings: Annotated[
        bool, typer.Option("--readings", help="What its words mean: every annotation, with its place.")
    ] = False,
    memory: Memory = None,
    encoding: Encoding = None,
) -> None:
    """Show how imrlint reads a letter: its parts as JSON, each with its place."""
    import json

    from imrlint import parser
    from imrlint.output.parsed import describe_letter
    from imrlint.output.readings import describe_reading
    from imrlint.session.inputs import read_letter
    from imrlint.settings.config import Config
    from imrlint.source import Unreadable

    if text and readings:
        fail("--text and --readings exclude each other")
    if conflict := RunOptions(encoding=encoding).find_conflict():
        fail(conflict)
    try:
        letter = read_letter(path, encoding)
    except Unreadable as error:
        fail(str(error))
    if text:
        typer.echo(letter.text, nl=False)
        return
    read = parser.parse(letter)
    described = describe_reading(Config(memory=memory).read(read)) if readings else describe_letter(read)
    typer.echo(json.dumps(described, indent=2, ensure_ascii=False))
