"""The commands. Each is one call on the modules below."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from imrlint.authoring import trial
from imrlint.cli.options import ConfigFile, Encoding, Ignore, Level, Profile, Select
from imrlint.output import Format
from imrlint.session.order import SECONDS, Order

if TYPE_CHECKING:
    from imrlint.settings.files import Settings

app = typer.Typer(
    name="imrlint",
    help="Find what is wrong with an Independent Medical Review determination letter before it is mailed.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def start(
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    if version:
        from imrlint import __version__

        typer.echo(f"imrlint {__version__}")
        raise typer.Exit


@app.command()
def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Letters, folders of letters, patterns, or - for standard input.", show_default="this folder"
        ),
    ] = None,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: Annotated[
        Level | None, typer.Option(help="The least serious finding that makes the check fail.", show_default="warning")
    ] = None,
    output_format: Annotated[Format, typer.Option(help="How findings are written.")] = Format.TEXT,
    output: Annotated[
        list[str] | None,
        typer.Option(help="Write a file, too: sarif=findings.sarif. Repeat it for several.", metavar="FORMAT=FILE"),
    ] = None,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="How often each rule found something, instead of the findings.")
    ] = False,
    marks: Annotated[bool, typer.Option("--marks", help="Show the mark of each finding, to waive it by.")] = False,
    waivers: Annotated[
        bool, typer.Option("--waivers/--no-waivers", help="Leave out what waivers and the baseline accept, or show it.")
    ] = True,
    jobs: Annotated[
        int | None, typer.Option(help="Processes side by side.", show_default="as many as are worth it", min=1, max=256)
    ] = None,
    time_limit: Annotated[
        float, typer.Option(help="Seconds for one letter, where there is more than one process.", min=0.1)
    ] = SECONDS,
    cache: Annotated[
        bool, typer.Option("--cache", help="Keep what is found in .imrlint-cache, and examine only what has changed.")
    ] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run with --cache that broke off.")] = False,
    excerpts: Annotated[
        bool, typer.Option("--excerpts/--no-excerpts", help="Show words of the letter, or keep them out of the output.")
    ] = True,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Findings only: no summary, no progress.")] = False,
    config: ConfigFile = None,
    profile: Profile = None,
    stdin_filename: Annotated[
        str | None, typer.Option(help="What to call the letter from standard input.", metavar="NAME")
    ] = None,
    encoding: Encoding = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Make the fixes that are safe, in the letters themselves.")
    ] = False,
    suggested: Annotated[
        bool, typer.Option("--suggested", help="With --fix or --diff: make the suggested fixes, too.")
    ] = False,
    interactive: Annotated[
        bool, typer.Option("--interactive", "-i", help="Ask about each fix, one at a time.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")] = False,
    track: Annotated[
        bool, typer.Option("--track", help="With --fix: make the fixes in Word files as tracked changes.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on checking letters whenever they are saved. Ctrl-C ends it.")
    ] = False,
) -> None:
    """Check letters, and fix them.

    Ends with 0 when nothing at or above --fail-on was found (with --diff: when nothing would change), 1
    otherwise, 2 when a letter could not be read or a rule failed; the others are checked all the same.
    """
    from imrlint.engine.findings import Severity
    from imrlint.session import outputs, run

    _known(encoding)
    try:
        targets = outputs.targets(output or ())
    except outputs.CannotWrite as error:
        _give_up(str(error))
    order = Order(
        paths=tuple(paths or (".",)),
        select=_listed(select),
        ignore=_listed(ignore),
        fail_on=Severity[fail_on.name] if fail_on else None,
        config=config,
        profile=profile,
        output_format=output_format,
        excerpts=excerpts,
        quiet=quiet,
        stdin_filename=stdin_filename,
        encoding=encoding,
        fix=fix,
        suggested=suggested,
        interactive=interactive,
        diff=diff,
        track=track,
        targets=targets,
        statistics=statistics,
        marks=marks,
        waive=waivers,
        jobs=jobs,
        seconds=time_limit,
        cache=cache,
        resume=resume,
    )
    if clash := order.clash():
        _give_up(clash)
    if watch:
        from imrlint.session import watch as watching

        raise typer.Exit(watching.watch(order))
    raise typer.Exit(run.check(order))


@app.command()
def waive(
    marks: Annotated[
        list[str], typer.Argument(help="The marks of the findings, whole or their first 8 signs.", metavar="MARKS...")
    ],
    reason: Annotated[str, typer.Option(help="Why they are right as they stand.")],
    by: Annotated[str, typer.Option(help="Who says so.")],
    until: Annotated[
        str | None, typer.Option(help="The last day on which the waiver holds.", metavar="YYYY-MM-DD")
    ] = None,
    letters: Annotated[
        list[str] | None, typer.Option("--in", help="Where to look for the findings.", show_default="this folder")
    ] = None,
    config: ConfigFile = None,
    profile: Profile = None,
) -> None:
    """Accept findings for good or for a while, with a reason.

    Writes to imrlint-waivers.toml, the nearest one or a new one in this folder.
    `imrlint check --marks` shows the marks.
    """
    from imrlint.session import acceptance
    from imrlint.settings.config import ConfigError

    try:
        asked = Order(paths=tuple(letters or (".",)), config=config, profile=profile)
        for line in acceptance.waive(marks, asked, reason=reason, by=by, until=until):
            typer.echo(line)
    except (acceptance.NotAccepted, ConfigError) as error:
        _give_up(str(error))


@app.command()
def baseline(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Letters, folders of letters, patterns.", show_default="this folder")
    ] = None,
    add: Annotated[bool, typer.Option("--add", help="Accept what is new, too.")] = False,
    config: ConfigFile = None,
    profile: Profile = None,
) -> None:
    """Accept the present findings of a batch, so that only new ones count.

    Writes imrlint-baseline.json, the nearest one or a new one in this folder. Run again, it takes out
    what is no longer found; what is new it only adds when told to.
    """
    from imrlint.session import acceptance
    from imrlint.settings.config import ConfigError

    try:
        typer.echo(acceptance.baseline(Order(paths=tuple(paths or (".",)), config=config, profile=profile), add=add))
    except (acceptance.NotAccepted, ConfigError) as error:
        _give_up(str(error))


@app.command()
def annotate(
    paths: Annotated[list[str], typer.Argument(help="Letters in Word or PDF, or patterns.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="Where the copy goes; for several letters a folder.", show_default="LETTER-reviewed"
        ),
    ] = None,
    select: Select = None,
    ignore: Ignore = None,
    config: ConfigFile = None,
) -> None:
    """Write a copy of a letter with the findings in its margin.

    In Word they are comments, in a PDF highlights with notes. The letter itself stays as it is.
    """
    from imrlint.desk import annotation
    from imrlint.settings.config import ConfigError
    from imrlint.settings.files import named
    from imrlint.source import Unreadable
    from imrlint.source.paths import expand, is_pattern

    several = len(paths) > 1 or is_pattern(paths[0])
    folder = output if output is not None and (output.is_dir() or several) else None
    if folder is not None and not folder.is_dir():
        _give_up(f"{folder}: no such folder; several letters need one to go to")
    try:
        chosen = named(config) if config else None
    except ConfigError as error:
        _give_up(str(error))
    failed = False
    for path in expand(paths, folders=False):
        try:
            if isinstance(path, Unreadable):
                raise path
            letter = Path(path)
            out = folder / letter.name if folder else output or annotation.beside(letter)
            if out != output and out.exists():
                raise Unreadable(path, f"{out} is there already; name another place with --output")
            done = annotation.annotate(letter, out, select=_listed(select), ignore=_listed(ignore), chosen=chosen)
            typer.echo(done, err=True)
        except (Unreadable, ConfigError) as error:
            typer.echo(f"imrlint: {error}", err=True)
            failed = True
    if failed:
        raise typer.Exit(2)


@app.command()
def parse(
    path: Annotated[str, typer.Argument(help="A letter, or - for standard input.")],
    text: Annotated[bool, typer.Option("--text", help="Only the text, as findings count its characters.")] = False,
    encoding: Encoding = None,
) -> None:
    """Show how imrlint reads a letter: its parts as JSON, each with its place."""
    import json

    from imrlint import parser
    from imrlint.output import parsed
    from imrlint.session import run
    from imrlint.source import Unreadable

    _known(encoding)
    try:
        letter = run.read(path, encoding=encoding)
    except Unreadable as error:
        _give_up(str(error))
    if text:
        typer.echo(letter.text, nl=False)
    else:
        typer.echo(json.dumps(parsed.letter(parser.parse(letter)), indent=2, ensure_ascii=False))


@app.command("config")
def config_(
    letter: Annotated[str, typer.Argument(help="A letter, or a folder.", show_default="this folder")] = ".",
    config: ConfigFile = None,
    profile: Profile = None,
) -> None:
    """Show which settings hold for a letter, and where they come from."""
    from imrlint.settings import listing
    from imrlint.settings.config import ConfigError

    try:
        typer.echo(listing.shown(Path(letter), config, profile), nl=False)
    except ConfigError as error:
        _give_up(str(error))


@app.command()
def rules(
    family: Annotated[str | None, typer.Argument(help="Only the rules of this family.")] = None,
) -> None:
    """List the rules: name, code, severity, what each says."""
    from imrlint.authoring import pages

    ruleset = _house().ruleset
    if family is not None and family not in ruleset.families:
        _give_up(f'no family is called "{family}"; there are {", ".join(ruleset.families)}')
    typer.echo(pages.listing([rule for rule in ruleset.rules if family in (None, rule.family())]), nl=False)


@app.command()
def explain(
    name: Annotated[str, typer.Argument(help="A rule, by name or code.")],
) -> None:
    """Explain a rule: why it matters, an example, how to set it."""
    from imrlint.authoring import pages

    ruleset = _house().ruleset
    rule = ruleset.named(name)
    if rule is None and name.lower() in ruleset.families:
        _give_up(f"{name.lower()} is a family of rules; imrlint rules {name.lower()} lists them")
    if rule is None:
        _give_up(f'no rule is called "{name}"{ruleset.suggestion(name)}')
    typer.echo(pages.page(rule), nl=False)


@app.command()
def new(
    rule: Annotated[str, typer.Argument(help="FAMILY/NAME of the rule, such as dates/late-decision.")],
) -> None:
    """Start a new rule: write an empty one, with its example to fill in, and a page for more cases."""
    from imrlint.authoring import scaffold

    house = _house()
    folder = house.rule_folders[0] if house.rule_folders else None
    try:
        for line in scaffold.begin_rule(rule, house.ruleset, Path.cwd(), folder).describe():
            typer.echo(line)
    except scaffold.Refused as error:
        _give_up(str(error))


@app.command("try")
def try_(
    rule: Annotated[str, typer.Argument(help="A rule, by name.")],
    paths: Annotated[list[str], typer.Argument(help="Letters, folders of letters, patterns.")],
    verdicts: Annotated[
        Path | None,
        typer.Option(
            help="Findings that people judged.", metavar="FILE", show_default=f"{trial.VERDICTS}, if it is there"
        ),
    ] = None,
) -> None:
    """Show what a rule finds in real letters, beside what people judged of its findings."""
    from imrlint.session import run

    ruleset = _house().ruleset
    if rule not in ruleset.by_name:
        _give_up(f'no rule is called "{rule}"{ruleset.suggestion(rule)}')
    if verdicts is None and trial.VERDICTS.is_file():
        verdicts = trial.VERDICTS
    try:
        judged = trial.read_verdicts(verdicts) if verdicts else {}
    except trial.NoVerdicts as error:
        _give_up(str(error))
    reports, whole = run.found(Order(paths=tuple(paths), select=(rule,), waive=False), sys.stderr)
    for line in trial.describe(rule, reports, judged):
        typer.echo(line)
    if not whole:
        raise typer.Exit(2)


def _house() -> Settings:
    """The settings of the house whose folder this is. Stops the command where they cannot be used."""
    from imrlint.settings import files
    from imrlint.settings.config import ConfigError

    try:
        return files.nearest(Path.cwd())
    except ConfigError as error:
        _give_up(str(error))


def _known(encoding: str | None) -> None:
    """Stops the command where there is no such encoding."""
    from imrlint.source import encodings

    if encoding is not None and not encodings.known(encoding):
        _give_up(f'no encoding is called "{encoding}"')


def _listed(names: list[str] | None) -> tuple[str, ...]:
    return tuple(name.strip() for entry in names or () for name in entry.split(",") if name.strip())


def _give_up(reason: str) -> NoReturn:
    typer.echo(f"imrlint: {reason}", err=True)
    raise typer.Exit(2)
