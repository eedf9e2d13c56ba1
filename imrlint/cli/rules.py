"""The commands on rules and settings: `config`, `rules`, `explain`, `new`, `try`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from imrlint.authoring import trial
from imrlint.cli.failure import fail
from imrlint.cli.parameters import ConfigFile, Profile
from imrlint.session.exit_codes import ExitCode
from imrlint.session.options import RunOptions

if TYPE_CHECKING:
    from imrlint.settings.files import Settings


def show_config(
    letter: Annotated[str, typer.Argument(help="A letter, or a folder.", show_default="this folder")] = ".",
    config: ConfigFile = None,
    profile: Profile = None,
) -> None:
    """Show which settings apply to a letter, and where they come from."""
    from imrlint.settings.config import ConfigError
    from imrlint.settings.listing import describe_settings

    try:
        typer.echo(describe_settings(Path(letter), config, profile), nl=False)
    except ConfigError as error:
        fail(str(error))


def list_rules(
    family: Annotated[str | None, typer.Argument(help="Only the rules of this family.")] = None,
) -> None:
    """List the rules: name, code, severity, and a sentence on each."""
    from imrlint.authoring import pages

    settings = _load_settings()
    ruleset = settings.ruleset
    if family is not None and family not in ruleset.families:
        fail(f'no family is called "{family}"; the families are {", ".join(ruleset.families)}')
    listed = [rule for rule in ruleset.rules if family in (None, rule.family())]
    typer.echo(pages.list_rules(listed, _link_names(settings)), nl=False)


def explain(
    name: Annotated[str, typer.Argument(help="A rule, by name or code.")],
) -> None:
    """Explain a rule: why it matters, an example, its options."""
    from imrlint.authoring import pages

    settings = _load_settings()
    ruleset = settings.ruleset
    rule = ruleset.named(name)
    if rule is None and name.lower() in ruleset.families:
        fail(f"{name.lower()} is a family of rules; imrlint rules {name.lower()} lists them")
    if rule is None:
        fail(f'no rule is called "{name}"{ruleset.suggestion(name)}')
    typer.echo(pages.write_page(rule, _link_names(settings)), nl=False)


def new_rule(
    rule: Annotated[str, typer.Argument(help="FAMILY/NAME of the rule, such as dates/long-gap.")],
) -> None:
    """Start a new rule: write an empty one with an example to fill in, and a page for more cases."""
    from imrlint.authoring import scaffold

    settings = _load_settings()
    folder = settings.rule_folders[0] if settings.rule_folders else None
    try:
        for line in scaffold.create_rule(rule, settings.ruleset, Path.cwd(), folder).describe():
            typer.echo(line)
    except scaffold.CannotCreate as error:
        fail(str(error))


def try_rule(
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
    from imrlint.session.run import collect_reports

    settings = _load_settings()
    ruleset = settings.ruleset
    if rule not in ruleset.by_name:
        fail(f'no rule is called "{rule}"{ruleset.suggestion(rule)}')
    if verdicts is None and trial.VERDICTS.is_file():
        verdicts = trial.VERDICTS
    try:
        judged = trial.read_verdicts(verdicts) if verdicts else {}
    except trial.BadVerdicts as error:
        fail(str(error))
    options = RunOptions(paths=tuple(paths), waivers=False)
    collected = collect_reports(options, sys.stderr, settings.only(rule))  # the letters may be another house's
    for line in trial.describe_findings(rule, collected.reports, judged):
        typer.echo(line)
    if not collected.complete:
        raise typer.Exit(ExitCode.FAILURE)


def _link_names(settings: Settings) -> Callable[[str], str]:
    """Makes the name of a rule a link to its page, on a terminal that follows links; as it is where there is none."""
    from imrlint.output.text import link_words
    from imrlint.session.console import Console
    from imrlint.settings.config import ConfigError

    if not Console(sys.stdout, sys.stderr).follows_links:
        return str
    try:
        config = settings.config()
    except ConfigError as error:
        fail(str(error))
    return lambda name: link_words(name, config.rule_page(name))


def _load_settings() -> Settings:
    """The settings of this folder, with their rules. Ends the command where they cannot be used."""
    from imrlint.settings.config import ConfigError
    from imrlint.settings.files import SettingsReader

    try:
        settings = SettingsReader().read_nearest(Path.cwd())
        settings.ruleset  # noqa: B018 (it is loaded here, where an error can still be reported)
        return settings
    except ConfigError as error:
        fail(str(error))
