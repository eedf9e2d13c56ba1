"""What people read about the rules, made from the rules themselves."""

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
    Category.OMISSION: "Something required is not there",
    Category.MALFORMED: "Something is there but cannot be read as what it should be",
    Category.SUSPECT: "Probably wrong; a person should look",
    Category.STYLE: "Right, but badly set",
}
_DIFF = re.compile(r"^```diff.*$", re.MULTILINE)


def listing(rules: Iterable[type[Rule]]) -> str:
    """A line for each rule."""
    return "".join(f"{rule.code}  {rule.severity().word:8}{rule.name():34}{rule.summary()}\n" for rule in rules)


def page(rule: type[Rule]) -> str:
    """All there is to say about a rule, in Markdown."""
    lines = [
        f"# {rule.name()}",
        "",
        f"{rule.code}, of the family {rule.family()}. {_KINDS[rule.category]}: reported as {rule.severity().word}, of "
        f"{rule.importance.word} importance.",
        "",
        _with_example(rule),
        "",
    ]
    if rule.often_right:
        lines += [f"It is only a note because {rule.often_right}.", ""]
    if options := list(_options(rule)):
        lines += ["## Options", "", *options, ""]
    lines += [
        "## Settings",
        "",
        "```toml",
        "# imrlint.toml; in pyproject.toml write [tool.imrlint.rules.…]",
        f"[rules.{rule.name()}]",
        f'severity = "{rule.severity().word}"  # or "error", "warning", "note", "off"',
        *_options_set(rule),
        "```",
        "",
    ]
    return "\n".join(lines)


def overview(ruleset: Ruleset, link: Callable[[type[Rule]], str]) -> str:
    """The rules by family; `link` says where the page of a rule is."""
    parts = [
        f"{TITLE}\n",
        f"{len(ruleset.rules)} rules. `imrlint explain NAME` shows one of them.\n",
    ]
    parts += [f"## {family}\n\n{table(ruleset, family, link)}" for family in ruleset.families]
    return "\n".join(parts)


def table(ruleset: Ruleset, family: str, link: Callable[[type[Rule]], str]) -> str:
    """What a family is about, and a row for each of its rules."""
    lines = [ruleset.families[family], "", "| rule | code | level | says |", "|---|---|---|---|"]
    lines += [
        f"| [{rule.name()}]({link(rule)}) | {rule.code} | {rule.severity().word} | {rule.summary()} |"
        for rule in ruleset.rules
        if rule.family() == family
    ]
    return "\n".join(lines) + "\n"


def _with_example(rule: type[Rule]) -> str:
    """The guide of a rule with words that lead from one block of its example to the next."""
    differs = "a letter stands beside another from which it differs so"
    what = differs if issubclass(rule, BatchRule) else "a right letter is changed so"
    guide = _DIFF.sub(f"For example, when {what} (`-` goes, `+` comes):\n\n```diff", rule.guide())
    return guide.replace("```findings", "imrlint finds:\n\n```text")


def _options(rule: type[Rule]) -> Iterable[str]:
    if not is_dataclass(rule):
        return
    hints = get_type_hints(rule, include_extras=True)
    for option in fields(rule):
        hint = hints[option.name]
        about = get_args(hint)[1] if get_origin(hint) is Annotated else ""
        default = "" if option.default is MISSING else f" (default: {_shown(option.default)})"
        yield f"- `{option.name.replace('_', '-')}`: {about}{default}"


def _options_set(rule: type[Rule]) -> Iterator[str]:
    """The options of a rule as a file of settings would have them, as far as they have a value."""
    if not is_dataclass(rule):
        return
    for option in fields(rule):
        if option.default not in (MISSING, ()):
            value = list(option.default) if isinstance(option.default, tuple) else option.default
            yield f"{option.name.replace('_', '-')} = {json.dumps(value, ensure_ascii=False)}"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return f"`{list(value)}`" if value else "none"
    return f"`{value}`"
