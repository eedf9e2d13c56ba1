"""The commands on a store of runs: `runs`, `compare`, `trends`, `verdict`, `calibrate`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from imrlint.archive.formats import SheetFormat
from imrlint.archive.schema import Judgment
from imrlint.cli.failure import fail
from imrlint.session.exit_codes import ExitCode
from imrlint.session.options import split_names

if TYPE_CHECKING:
    from imrlint.archive.sheets import Account
    from imrlint.archive.store import Store

StoreFolder = Annotated[Path, typer.Option("--store", help="The folder of the store.", metavar="FOLDER")]
Written = Annotated[SheetFormat, typer.Option("--output-format", help="How it is written.")]
File = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write to this file.", show_default="standard output")
]


def runs(
    store: Annotated[Path, typer.Argument(help="The folder of the store.", metavar="FOLDER")],
    output_format: Written = SheetFormat.TEXT,
    output: File = None,
) -> None:
    """List the runs that imrlint check --store has kept, the last one first."""
    from imrlint.archive.accounts import describe_runs
    from imrlint.archive.runs import list_runs

    with _opened(store) as opened:
        _write(describe_runs(list_runs(opened)), output_format, output)


def compare(
    before: Annotated[str, typer.Argument(help="A run: its name, the beginning of it, last or previous.")],
    after: Annotated[str, typer.Argument(help="The later run.")],
    store: StoreFolder,
    output_format: Written = SheetFormat.TEXT,
    output: File = None,
) -> None:
    """Compare two runs: which findings are new, gone, regraded or moved, of which rules, in which letters.

    Exits with 1 where a finding is new, gone or regraded, with 0 where none is.
    """
    from imrlint.archive.accounts import describe_comparison
    from imrlint.archive.comparison import compare_runs

    with _opened(store) as opened:
        comparison = compare_runs(opened, opened.find_run(before), opened.find_run(after))
        _write(describe_comparison(comparison), output_format, output)
    if comparison.differs:
        raise typer.Exit(ExitCode.FINDINGS)


def trends(
    store: StoreFolder,
    run: Annotated[
        list[str] | None, typer.Option("--run", help="Only letters of this run. Repeat it for several.")
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option(help="Only findings of these rules or families.", metavar="NAME")
    ] = None,
    specialty: Annotated[str, typer.Option(help="Only letters by reviewers of this specialty.")] = "",
    kind: Annotated[str, typer.Option(help="Only findings in items of this kind, such as drug.")] = "",
    since: Annotated[str, typer.Option(help="Only letters decided in this month or later.", metavar="YYYY-MM")] = "",
    until: Annotated[str, typer.Option(help="Only letters decided in this month or before.", metavar="YYYY-MM")] = "",
    verdicts: Annotated[
        bool, typer.Option("--verdicts", help="Also how often findings are right, by the verdicts.")
    ] = False,
    output_format: Written = SheetFormat.TEXT,
    output: File = None,
) -> None:
    """Show how often something is found: by rule, family, specialty, kind of item and month.

    Every letter counts once, as it was when it was last checked. Figures come with the number of letters and with
    their uncertainty.
    """
    from imrlint.archive.accounts import describe_trends
    from imrlint.archive.precision import measure_precision
    from imrlint.archive.trends import Choice, measure_trends
    from imrlint.archive.verdicts import read_verdicts

    with _opened(store) as opened:
        chosen = [opened.find_run(each) for each in run] if run else None
        choice = Choice(chosen, split_names(select), specialty, kind, since, until)
        precisions = measure_precision(read_verdicts(opened)) if verdicts else None
        _write(describe_trends(measure_trends(opened, choice), precisions), output_format, output)


def verdict(
    mark: Annotated[str, typer.Argument(help="The mark of a finding, complete or its first 8 characters.")],
    judgment: Annotated[Judgment, typer.Argument(help="Whether the finding is right.", metavar="right|wrong")],
    reason: Annotated[str, typer.Option(help="Why.")],
    store: StoreFolder,
    by: Annotated[str | None, typer.Option(help="Who says so.", show_default="the name you are logged in with")] = None,
) -> None:
    """Say of a finding that it is right, or wrong.

    Verdicts are only added, and several people may add them at once. Of several on a finding the last one counts.
    `imrlint check --marks` shows the marks.
    """
    from getpass import getuser

    from imrlint.archive.verdicts import add_verdict, find_marked

    with _opened(store) as opened:
        finding = find_marked(opened, mark)
        given = add_verdict(opened, finding, judgment, reason, getuser() if by is None else by)
    typer.echo(f"{given.judgment.value}: {finding.rule} in {finding.letter}, says {given.by}")


def calibrate(store: StoreFolder) -> None:
    """Propose severities that follow from the verdicts, as lines for imrlint.toml. Nothing is changed."""
    from imrlint.archive.calibration import propose_severities, read_severities, write_settings
    from imrlint.archive.precision import measure_precision
    from imrlint.archive.verdicts import read_verdicts

    with _opened(store) as opened:
        precisions = measure_precision(read_verdicts(opened))
        if not precisions:
            fail(f"{store}: there are no verdicts yet; imrlint verdict gives one")
        typer.echo(write_settings(propose_severities(precisions, read_severities(opened))), nl=False)


@contextmanager
def _opened(folder: Path) -> Iterator[Store]:
    """The store in a folder. What is wrong with it ends the command."""
    from imrlint.archive.schema import BadStore
    from imrlint.archive.store import Store

    try:
        yield Store(folder)
    except BadStore as error:
        fail(str(error))


def _write(account: Account, format_: SheetFormat, path: Path | None) -> None:
    from imrlint.archive.writing import write_account

    text = write_account(account, format_)
    if path is None:
        typer.echo(text, nl=False)
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        fail(f"{path}: cannot be written: {error.strerror or error}")
