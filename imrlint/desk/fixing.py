"""Fixes put into a letter, until no more are left to make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from imrlint import parser, revision, source
from imrlint.document.letter import Letter
from imrlint.document.text import Source
from imrlint.engine import facts, fixes, linter
from imrlint.engine.findings import Diagnostic, Fix
from imrlint.engine.linter import ActiveRule
from imrlint.engine.report import Report
from imrlint.reading import Reading
from imrlint.source.errors import Refused, Unreadable

ROUNDS = 10  # one fix may make room for another; more rounds than this mean that two undo each other

Choice = Callable[[Report], Sequence[tuple[Diagnostic, Fix]]]
"""Which fixes to make in a letter as it stands."""


@dataclass(frozen=True)
class Fixed:
    """What became of a letter: its bytes, what was done, what is left, and what could not be done."""

    content: bytes
    letter: Letter
    before: Report
    after: Report
    refused: str  # why letters of this kind are not changed, "" where they are
    done: tuple[Diagnostic, ...]
    undone: tuple[tuple[Diagnostic, str], ...]  # with the reason


def fixed(
    content: bytes,
    name: str,
    active_rules: Sequence[ActiveRule],
    choice: Choice = fixes.safe,
    *,
    encoding: str | None = None,
    track: datetime | None = None,
) -> Fixed:
    """The letter in `content` with the chosen fixes in it. Raises Unreadable.

    A fix that would change a fact, or that cannot be made in this kind of file, is left out, and why.
    """
    letter = parser.parse(source.decoded(content, name, encoding))
    before = report = linter.lint(Reading(letter), active_rules)
    refused = ""
    done: list[Diagnostic] = []
    undone: dict[str, tuple[Diagnostic, str]] = {}
    seen = {letter.source.text}
    for _ in range(ROUNDS):
        try:
            draft = revision.opened(content, name, encoding=encoding, track=track)
        except Refused as why:
            refused = str(why) if fixes.every(report) else ""
            break
        chosen = [(d, fix) for d, fix in choice(report) if d.fingerprint not in undone]
        if not chosen:
            break
        made: list[tuple[Diagnostic, Fix]] = []
        for diagnostic, fix in fixes.apart(chosen):
            if not all(draft.can(edit) for edit in fix.edits):
                undone[diagnostic.fingerprint] = (diagnostic, "it cannot be made in this file")
            else:
                made.append((diagnostic, fix))
        known = facts.of(letter)
        if not facts.kept(known, _facts_with(letter.source, made)):
            made = _harmless(letter.source, made, known, undone)
        if not made:
            continue
        text = fixes.apply(letter.source.text, [fix for _, fix in made])
        if text in seen:  # two rules that undo each other's fixes: leave it as it is
            break
        seen.add(text)
        content = draft.made([edit for _, fix in made for edit in fix.edits])
        letter = parser.parse(source.decoded(content, name, encoding))
        if letter.source.text != text:
            raise Unreadable(name, "not changed: its fixes do not fit the way it is typed")
        done += [diagnostic for diagnostic, _ in made]
        report = linter.lint(Reading(letter), active_rules)
    if done:  # nothing may be left to find, and the letter be shown all the same
        report = replace(report, secrets=Reading(letter).secrets)
    return Fixed(content, letter, before, report, refused, tuple(done), tuple(undone.values()))


def _harmless(
    letter: Source,
    made: Sequence[tuple[Diagnostic, Fix]],
    known: facts.Facts,
    undone: dict[str, tuple[Diagnostic, str]],
) -> list[tuple[Diagnostic, Fix]]:
    """The fixes that change no fact, tried one upon another."""
    kept: list[tuple[Diagnostic, Fix]] = []
    for each in made:
        if facts.kept(known, _facts_with(letter, [*kept, each])):
            kept.append(each)
        else:
            undone[each[0].fingerprint] = (each[0], "it would change what the letter says")
    return kept


def _facts_with(letter: Source, made: Iterable[tuple[Diagnostic, Fix]]) -> facts.Facts:
    text = fixes.apply(letter.text, [fix for _, fix in made])
    return facts.of(parser.parse(replace(letter, text=text)))
