"""The commands on rules and settings: `config`, `rules`, `explain`, `new`, `docs`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from imrlint.cli.failure import fail
from imrlint.cli.parameters import ConfigFile, Profile


def show_config(
    letter: Annotated[str, typer.Argument(help="A letter, or a folder.", show_default="this folder")] = ".",
    config: ConfigFile = None,
    profile: Profile = None,
) -> None:
    """Show which settings apply to a letter, and where they come from."""
    from imrlint.settings import listing
    from imrlint.settings.config import ConfigError

    try:
        typer.echo(listing.shown(Path(letter), config, profile), nl=False)
    except ConfigError as error:
        fail(str(error))


def list_rules(
    family: Annotated[str | None, typer.Argument(help="Only the rules of this family.")] = None,
) -> None:
    """List the rules: name, code, severity, and a sentence on each."""
    from imrlint.authoring import pages
    from imrlint.engine import ruleset

    _load_house_rules()
    known = ruleset.families()
    if family is not None and family not in known:
        fail(f'no family is called "{family}"; there are {", ".join(known)}')
    typer.echo(pages.listing([rule for rule in ruleset.rules() if family in (None, rule.family())]), nl=False)


def explain(
    name: Annotated[str, typer.Argument(help="A rule, by name or code.")],
) -> None:
    """Explain a rule: why it matters, an example, its options."""
    from imrlint.authoring import pages
    from imrlint.engine import ruleset

    _load_house_rules()
    for rule in ruleset.rules():
        if name.lower() in (rule.name(), rule.code.lower()):
            typer.echo(pages.page(rule), nl=False)
            return
    if name.lower() in ruleset.families():
        fail(f"{name.lower()} is a family of rules; imrlint rules {name.lower()} lists them")
    fail(f'no rule is called "{name}"{pages.nearest(name)}')


def new_rule(
    rule: Annotated[str, typer.Argument(help="FAMILY/NAME of the rule, such as dates/late-decision.")],
) -> None:
    """Start a new rule: write an empty one, with an example to fill in."""
    from imrlint.authoring import scaffold
    from imrlint.settings import files
    from imrlint.settings.config import ConfigError

    try:
        settings = files.nearest(Path.cwd())
        paths = settings.content.get("rule-paths", [])
        folder = Path(settings.origin).parent / paths[0] if paths else None
        typer.echo(f"wrote {scaffold.write(rule, Path.cwd(), folder)}")
    except (scaffold.Refused, ConfigError) as error:
        fail(str(error))


def write_docs(
    check: Annotated[bool, typer.Option("--check", help="Only say whether the pages are up to date.")] = False,
    folder: Annotated[Path, typer.Argument(help="Where the pages are.")] = Path("docs"),
) -> None:
    """Write the page of all rules from the rules themselves."""
    from imrlint.authoring import pages

    path = folder / "rules.md"
    current = path.read_text(encoding="utf-8") if path.exists() else ""
    if check:
        if current != pages.everything():
            fail(f"{path} is out of date; run: imrlint docs {folder}")
        typer.echo(f"{path} is up to date")
    elif not folder.is_dir() or (current and not current.startswith(pages.TITLE)):
        fail(f"{path} is not the page of all rules; run this at the top of the project")
    else:
        path.write_text(pages.everything(), encoding="utf-8")
        typer.echo(f"wrote {path}")


def _load_house_rules() -> None:
    """Load the rules that the settings of this folder add."""
    from imrlint.settings import files
    from imrlint.settings.config import ConfigError

    try:
        files.nearest(Path.cwd())
    except ConfigError as error:
        fail(str(error))
