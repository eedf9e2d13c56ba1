"""Documentation of the rules, generated from the rules themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from typing import Annotated, get_args, get_origin, get_type_hints

from imrlint.engine.findings import Category
from imrlint.engine.rule import BatchRule, Rule
from imrlint.engine.ruleset import Ruleset

TITLE = "# The rules"
_KINDS = {
    Category.CONTRADICTION: "The letter disagrees with itself or with the facts",
    Category.OMISSION: "Something required is missing",
    Category.MALFORMED: "Something is present but cannot be understood",
    Category.SUSPECT: "Probably wrong; a person should check",
    Category.STYLE: "Correct, but poorly formatted",
}
_NAME_WIDTH = 34  # columns
_DIFF = re.compile(r"^```diff.*$", re.MULTILINE)


def list_rules(rules: Iterable[type[Rule]], show_name: Callable[[str], str] = str) -> str:
    """A line for each rule: code, severity, importance, name and summary. `show_name` makes a name a link."""
    return "".join(
        f"{rule.code}  {rule.severity().word:8}{rule.importance.word:7}"
        f"{show_name(rule.name())}{' ' * (_NAME_WIDTH - len(rule.name()))}{rule.summary()}\n"
        for rule in rules
    )


def write_page(rule: type[Rule], show_name: Callable[[str], str] = str) -> str:
    """The documentation of a rule, in Markdown. `show_name` makes the name in its title a link."""
    lines = [
        f"# {show_name(rule.name())}",
        "",
        f"Code {rule.code}, family {rule.family()}; severity {rule.severity().word}, importance "
        f"{rule.importance.word}. {_KINDS[rule.category]}.",
        "",
        _introduce_example(rule),
        "",
    ]
    if rule.often_right:
        lines += [f"The severity is only note because {rule.often_right}.", ""]
    if options := list(_describe_options(rule)):
        lines += ["## Options", "", *options, ""]
    lines += [
        "## Settings",
        "",
        "```toml",
        "# in imrlint.toml; in pyproject.toml: [tool.imrlint.rules.…]",
        f"[rules.{rule.name()}]",
        f'severity = "{rule.severity().word}"  # error, warning, note or off',
        *_set_options(rule),
        "```",
        "",
    ]
    return "\n".join(lines)


def path_on_site(rule: type[Rule]) -> str:
    """The path of the page on a rule within the documentation as a site."""
    return f"docs/rules/{rule.family()}/{rule.name()}.html"


def write_overview(ruleset: Ruleset, link: Callable[[type[Rule]], str]) -> str:
    """All rules by family, in Markdown. `link` returns the address of the page of a rule."""
    parts = [
        f"{TITLE}\n",
        f"{len(ruleset.rules)} rules. `imrlint explain NAME` shows one of them.\n",
    ]
    parts += [f"## {family}\n\n{write_family(ruleset, family, link)}" for family in ruleset.families]
    return "\n".join(parts)


def write_family(ruleset: Ruleset, family: str, link: Callable[[type[Rule]], str]) -> str:
    """The description of a family and a table of its rules, in Markdown."""
    lines = [ruleset.families[family], "", "| rule | code | severity | importance | finds |", "|---|---|---|---|---|"]
    lines += [
        f"| [{rule.name()}]({link(rule)}) | {rule.code} | {rule.severity().word} | {rule.importance.word} "
        f"| {rule.summary()} |"
        for rule in ruleset.rules
        if rule.family() == family
    ]
    return "\n".join(lines) + "\n"


def _introduce_example(rule: type[Rule]) -> str:
    """The guide of a rule, with an introduction before each block of its example."""
    if issubclass(rule, BatchRule):
        introduction = "For example, when a second letter differs from the first like this:"
    else:
        introduction = "For example, when a correct letter is changed like this:"
    guide = _DIFF.sub(f"{introduction}\n\n```diff", rule.guide())
    return guide.replace("```findings", "imrlint finds:\n\n```text")


def _describe_options(rule: type[Rule]) -> Iterable[str]:
    if not is_dataclass(rule):
        return
    hints = get_type_hints(rule, include_extras=True)
    for option in fields(rule):
        hint = hints[option.name]
        about = get_args(hint)[1] if get_origin(hint) is Annotated else ""
        default = "" if option.default is MISSING else f" (default: {_format_default(option.default)})"
        yield f"- `{option.name.replace('_', '-')}`: {about}{default}"


def _set_options(rule: type[Rule]) -> Iterator[str]:
    """The options of a rule with their defaults, as lines of a file of settings; without those that are empty."""
    if not is_dataclass(rule):
        return
    for option in fields(rule):
        if option.default not in (MISSING, ()):
            value = list(option.default) if isinstance(option.default, tuple) else option.default
            yield f"{option.name.replace('_', '-')} = {json.dumps(value, ensure_ascii=False)}"


def _format_default(value: object) -> str:
    if isinstance(value, tuple):
        return f"`{list(value)}`" if value else "none"
    return f"`{value}`"
