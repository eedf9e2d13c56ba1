"""Checking the text of a letter as an editor has it: first by the rules, then also by the trained reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from imrlint import parser, source
from imrlint.desk.fixing import preserves_facts
from imrlint.document.letter import Letter
from imrlint.document.text import Span, View
from imrlint.engine import linter
from imrlint.engine.findings import Diagnostic, Edit, Fix
from imrlint.engine.fixes import ChosenFix
from imrlint.engine.report import Report
from imrlint.lsp.house import House
from imrlint.reader.doubts import Doubt, Reader
from imrlint.reading import Reading
from imrlint.revision.typed import TypedRevision
from imrlint.session.examination import LetterPlan
from imrlint.source import Kind, Unreadable, kinds, markdown
from imrlint.source.errors import Refused

_AT_ONCE = 8  # sentences that the reader reads before it looks whether it is still wanted


class Superseded(Exception):
    """The reader was stopped: something more urgent is to be done. What it has read so far is remembered."""


@dataclass(frozen=True)
class CheckedLetter:
    """A text of an editor, how it was read, and what was found in it.

    Spans of the report count characters of the letter, which is the text without Markdown markup.
    """

    name: str
    text: str
    letter: Letter
    plan: LetterPlan
    report: Report
    view: View | None = None

    @property
    def content(self) -> bytes:
        """The text as the content of a file."""
        return _encode(self.text)

    def place(self, span: Span) -> Span:
        """A span of the letter in the text of the editor."""
        return self.view.span(*span) if self.view else span

    def possible_fixes(self, diagnostic: Diagnostic) -> Sequence[Fix]:
        """The fixes of a finding that may be shown, can be made, and change no fact."""
        revision = self._revision()
        return [
            fix
            for fix in self.report.printable_fixes(diagnostic)
            if all(revision.can_apply(edit) for edit in fix.edits)
            and preserves_facts(self.letter, ChosenFix(diagnostic, fix))
        ]

    def locate(self, fix: Fix) -> Sequence[Edit]:
        """The edits of a fix in characters of the text."""
        revision = self._revision()
        return [revision.locate(edit) for edit in fix.edits]

    def _revision(self) -> TypedRevision:
        return TypedRevision(self.content, Kind.MARKDOWN if self.view else Kind.TEXT, "utf-8")


def check_by_rules(text: str, name: str, house: House) -> CheckedLetter:
    """What the rules find in a text, without what is accepted. Raises Unreadable, ConfigError."""
    content = _encode(text)
    try:
        kind = kinds.recognize(content, name)
    except Refused as error:
        raise Unreadable(name, str(error)) from error
    if kind not in (Kind.TEXT, Kind.MARKDOWN):
        raise Unreadable(name, f"{kind.value} cannot be checked in an editor; use imrlint check")
    plan = house.plan_for(name)
    letter = parser.parse(source.decode(content, name, "utf-8"))
    report = linter.lint(Reading(letter, memory=plan.config.recall()), plan.active_rules)
    view = markdown.strip_markup(text) if kind is Kind.MARKDOWN else None
    return CheckedLetter(name, text, letter, plan, _set_apart(report, plan, house), view)


def add_doubts(checked: CheckedLetter, house: House, is_urgent: Callable[[], bool]) -> CheckedLetter | None:
    """The letter with what the trained reader finds, too; None where there is no reader.

    Raises Superseded where something else is urgent, ConfigError.
    """
    doubter = checked.plan.config.doubter()
    if doubter is None:
        return None
    interruptible = doubter._replace(reader=_Interruptible(doubter.reader, is_urgent))
    reading = Reading(checked.letter, interruptible, checked.plan.config.recall())
    reading.doubts  # noqa: B018 (they are made here, where it can still be stopped)
    report = _set_apart(linter.lint(reading, checked.plan.active_rules), checked.plan, house)
    return replace(checked, report=report)


def _set_apart(report: Report, plan: LetterPlan, house: House) -> Report:
    return house.acceptance_for(report.source.name).set_apart(report, plan.config.never_waive)


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "replace")  # for half of a surrogate pair, a question mark: one character for one


class _Interruptible:
    """A reader that stops between sentences."""

    def __init__(self, reader: Reader, is_urgent: Callable[[], bool]) -> None:
        self._reader = reader
        self._is_urgent = is_urgent

    @property
    def name(self) -> str:
        return self._reader.name

    def read(self, sentences: Sequence[str]) -> list[tuple[Doubt, ...]]:
        found: list[tuple[Doubt, ...]] = []
        for start in range(0, len(sentences), _AT_ONCE):
            if start and self._is_urgent():
                raise Superseded
            found += self._reader.read(sentences[start : start + _AT_ONCE])
        return found
