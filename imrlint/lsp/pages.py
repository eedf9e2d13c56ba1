"""What an editor shows about findings: on hovering over one, and to explain a rule."""

from __future__ import annotations

import re
from collections.abc import Iterable

from imrlint.authoring import pages
from imrlint.engine.findings import Diagnostic
from imrlint.engine.rule import Rule
from imrlint.lsp.checking import CheckedLetter
from imrlint.lsp.lines import Lines

_MARKUP = re.compile(r"([\\`*_\[\]<>#~|])")


def describe_findings(found: Iterable[Diagnostic], checked: CheckedLetter, lines: Lines) -> str:
    """Findings with their notes, and the page of the rule of each, in Markdown."""
    return "\n\n---\n\n".join(_describe(each, checked, lines) for each in found)


def explain_rule(rule: type[Rule]) -> str:
    """The page of a rule, in Markdown."""
    return pages.write_page(rule)


def summarize_rule(rule: type[Rule]) -> str:
    """What a rule finds, and why that matters, for a message of some lines."""
    why = rule.guide().partition("```")[0].strip()
    return f"{rule.name()}: {why}"


def _describe(diagnostic: Diagnostic, checked: CheckedLetter, lines: Lines) -> str:
    def printable(message: str) -> str:
        return _MARKUP.sub(r"\\\1", checked.report.printable_message(message, diagnostic))

    parts = [f"**{diagnostic.severity.word}**: {printable(diagnostic.finding.message)}"]
    for note in diagnostic.finding.notes:
        line = lines.position(checked.place(note.span).start).line + 1
        parts.append(f"- line {line}: {printable(note.message)}")
    weight = f"Importance {diagnostic.importance.word}, confidence {diagnostic.confidence:.2f}."
    rule = checked.plan.config.ruleset.named(diagnostic.name)
    return "\n".join([*parts, "", weight, *(["", explain_rule(rule)] if rule else [])])
