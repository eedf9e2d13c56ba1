"""Fixing a letter, round by round, until no fix is left to make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from imrlint import parser, revision, source
from imrlint.document.letter import Letter
from imrlint.document.text import Source, Span
from imrlint.engine import linter
from imrlint.engine.changes import Change, RuleEdit, list_changes, trace_back
from imrlint.engine.facts import Facts, collect_facts
from imrlint.engine.findings import Diagnostic, Edit
from imrlint.engine.fixes import ChosenFix, all_fixes, apply_fixes, drop_overlapping, safe_fixes
from imrlint.engine.linter import ActiveRule
from imrlint.engine.report import Report
from imrlint.reading import Reading
from imrlint.source.errors import Refused, Unreadable

MAX_ROUNDS = 10  # one fix may make room for another; more rounds than this mean that two fixes undo each other

FixChoice = Callable[[Report], Sequence[ChosenFix]]
"""Chooses which fixes of a report to make."""


class SkippedFix(NamedTuple):
    """A diagnostic whose fix was not made, and why."""

    diagnostic: Diagnostic
    reason: str


@dataclass(frozen=True)
class FixResult:
    """A fixed letter: its new content, its reports before and after, and which fixes were made and skipped.

    `changes` are the words that the fixes changed, as they may be printed, each at its place in the letter before.
    `refusal` says why letters of this kind cannot be changed, and is empty where they can.
    """

    content: bytes
    letter: Letter
    before: Report
    after: Report
    refusal: str
    made: tuple[Diagnostic, ...]
    changes: tuple[Change, ...]
    skipped: tuple[SkippedFix, ...]


def fix_letter(
    content: bytes,
    name: str,
    active_rules: Sequence[ActiveRule],
    choose: FixChoice = safe_fixes,
    *,
    encoding: str | None = None,
    track: datetime | None = None,
    read: Callable[[Letter], Reading] = Reading,
) -> FixResult:
    """Make the chosen fixes in the letter with this content, and return the result. Raises Unreadable.

    A fix that would change a fact, or that cannot be made in this kind of file, is skipped. With `track`,
    fixes are made as tracked changes of that time. `read` makes the Reading of a letter.
    """
    letter = parser.parse(source.decode(content, name, encoding))
    before = report = linter.lint(read(letter), active_rules)
    refusal = ""
    made: list[Diagnostic] = []
    changes: list[Change] = []
    rounds: list[list[Edit]] = []
    skipped: dict[str, SkippedFix] = {}  # by fingerprint
    seen = {letter.source.text}
    for _ in range(MAX_ROUNDS):
        try:
            draft = revision.open_revision(content, name, encoding=encoding, track=track)
        except Refused as error:
            refusal = str(error) if all_fixes(report) else ""
            break
        chosen = [each for each in choose(report) if each.diagnostic.fingerprint not in skipped]
        if not chosen:
            break
        possible: list[ChosenFix] = []
        for each in drop_overlapping(chosen):
            if all(draft.can_apply(edit) for edit in each.fix.edits):
                possible.append(each)
            else:
                _skip(each, "it cannot be made in this file", skipped)
        facts = collect_facts(letter)
        if not facts.preserved_in(_facts_after(letter.source, possible)):
            possible = _fixes_preserving(facts, letter.source, possible, skipped)
        if not possible:
            continue
        text = apply_fixes(letter.source.text, [each.fix for each in possible])
        if text in seen:  # two rules undo each other's fixes: leave the letter as it is
            break
        seen.add(text)
        edits = [RuleEdit(edit, each.diagnostic.name) for each in possible for edit in each.fix.edits]
        content = draft.apply([each.edit for each in edits])
        letter = parser.parse(source.decode(content, name, encoding))
        if letter.source.text != text:
            raise Unreadable(name, "not changed: its fixes do not fit the way the file is written")
        made += [each.diagnostic for each in possible]
        reading = read(letter)
        after = replace(linter.lint(reading, active_rules), secrets=reading.secrets)  # printed even if nothing is left
        for change in list_changes(report.printable.text, after.printable.text, edits):
            changes.append(change._replace(span=_trace_back(change.span, rounds)))
        rounds.append([each.edit for each in edits])
        report = after
    changes.sort()
    return FixResult(content, letter, before, report, refusal, tuple(made), tuple(changes), tuple(skipped.values()))


def _trace_back(span: Span, rounds: Sequence[Sequence[Edit]]) -> Span:
    """The place of words in the letter before these rounds of edits."""
    start, end = span
    for edits in reversed(rounds):
        start, end = trace_back(start, edits), trace_back(end, edits)
    return Span(start, end)


def preserves_facts(letter: Letter, chosen: ChosenFix) -> bool:
    """Whether the letter states the same facts after a fix."""
    return collect_facts(letter).preserved_in(_facts_after(letter.source, [chosen]))


def _fixes_preserving(
    facts: Facts, letter: Source, chosen: Sequence[ChosenFix], skipped: dict[str, SkippedFix]
) -> list[ChosenFix]:
    """The fixes that change no fact, each tried on top of those before it. The others are added to `skipped`."""
    kept: list[ChosenFix] = []
    for each in chosen:
        if facts.preserved_in(_facts_after(letter, [*kept, each])):
            kept.append(each)
        else:
            _skip(each, "it would change what the letter says", skipped)
    return kept


def _skip(chosen: ChosenFix, reason: str, skipped: dict[str, SkippedFix]) -> None:
    skipped[chosen.diagnostic.fingerprint] = SkippedFix(chosen.diagnostic, reason)


def _facts_after(letter: Source, chosen: Iterable[ChosenFix]) -> Facts:
    text = apply_fixes(letter.text, [each.fix for each in chosen])
    return collect_facts(parser.parse(replace(letter, text=text)))
