"""What people read about the rules, made from the rules themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, fields, is_dataclass
from typing import Annotated, get_args, get_origin, get_type_hints

from imrlint import catalogue
from imrlint.rule import Rule

TITLE = "# The rules"


def listing(rules: Iterable[type[Rule]]) -> str:
    """A line for each rule."""
    return "".join(f"{rule.code}  {rule.severity().word:8}{rule.name():34}{rule.summary()}\n" for rule in rules)


def page(rule: type[Rule]) -> str:
    """All there is to say about a rule, in Markdown."""
    lines = [
        f"# {rule.name()}",
        "",
        f"{rule.code}, family {rule.family()}, {rule.category.value}, reported as {rule.severity().word}.",
        "",
        rule.guide(),
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
        'severity = "off"    # or "note", "warning", "error"',
        "```",
        "",
    ]
    return "\n".join(lines)


def everything() -> str:
    """The page of all rules, by family."""
    rules = catalogue.rules()
    parts = [
        f"{TITLE}\n",
        f"{len(rules)} rules, made from the rules themselves by `imrlint docs`. "
        "`imrlint explain NAME` shows one of them.\n",
    ]
    for family, about in catalogue.families().items():
        parts.append(f"## {family}\n\n{about}\n\n| rule | code | level | says |\n|---|---|---|---|")
        parts += [
            f"| [{rule.name()}](#{rule.name()}) | {rule.code} | {rule.severity().word} | {rule.summary()} |"
            for rule in rules
            if rule.family() == family
        ]
        parts.append("")
    parts += [page(rule).replace("\n## ", "\n### ").replace("# ", "## ", 1) for rule in rules]
    return "\n".join(parts)


def nearest(name: str) -> str:
    """The rule that a wrong name may have meant, as the end of a sentence."""
    from rapidfuzz import fuzz, process

    known = [rule.name() for rule in catalogue.rules()]
    best = process.extractOne(name.lower(), known, scorer=fuzz.ratio, score_cutoff=50)
    return f'; did you mean "{best[0]}"?' if best else ""


def _options(rule: type[Rule]) -> Iterable[str]:
    if not is_dataclass(rule):
        return
    hints = get_type_hints(rule, include_extras=True)
    for option in fields(rule):
        hint = hints[option.name]
        about = get_args(hint)[1] if get_origin(hint) is Annotated else ""
        default = "" if option.default is MISSING else f" (default: {_shown(option.default)})"
        yield f"- `{option.name.replace('_', '-')}`: {about}{default}"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return f"`{list(value)}`" if value else "none"
    return f"`{value}`"
