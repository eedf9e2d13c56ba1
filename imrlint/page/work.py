"""What is done with a letter on the desk: it is examined, written in, fixed, and its findings are accepted."""

from __future__ import annotations

from collections import Counter
from typing import Any

from imrlint import revision, source
from imrlint.desk.decisions import word_to_add
from imrlint.engine.findings import Diagnostic, Severity
from imrlint.engine.report import Report
from imrlint.page import answers
from imrlint.page.house import House
from imrlint.page.letters import Choice, OpenLetter
from imrlint.page.offsets import PageText
from imrlint.source.errors import Refused, Unreadable

MOST_CHARACTERS = 300_000  # of a letter; most have about 10,000


class NotThere(Exception):
    """A letter, a finding or a fix that is not there, or no longer. The message says which."""


def admit(letter: OpenLetter, house: House) -> None:
    """Read and examine a letter that has come. Where that cannot be done, it says why. Raises ConfigError."""
    with letter.lock:
        if letter.refusal:
            return
        try:
            _check_length(source.decode(letter.content, letter.name).text)
        except (Refused, Unreadable) as error:
            letter.refuse(error.reason if isinstance(error, Unreadable) else str(error))
            return
        examine(letter, house)


def _check_length(text: str) -> None:
    """Raises Refused where a text is so long that checking it would keep everybody waiting."""
    if len(text) > MOST_CHARACTERS:
        raise Refused(f"too large for the desk: {len(text):,} characters; imrlint check takes more")


def examine(letter: OpenLetter, house: House, *, thorough: bool = False) -> Report | None:
    """The findings in a letter, with `thorough` those of the trained reader, too; None where it cannot be read.

    Raises ConfigError.
    """
    if letter.refusal:
        return None
    with letter.lock:
        result = house.examine(letter.content, letter.name, thorough=thorough)
        if result.report is None:  # it stays on the list, with the reason
            letter.refuse(result.error)
        else:
            found = Counter(diagnostic.severity.word for diagnostic in result.report.diagnostics)
            letter.counts = {each.word: found[each.word] for each in Severity}
            letter.is_thorough = thorough or not house.has_reader(letter.name)
    return result.report


def describe(letter: OpenLetter, house: House, *, thorough: bool = False) -> dict[str, Any]:
    """All of a letter as the page is told of it; thoroughly also where that is known already.

    Raises Unreadable, ConfigError.
    """
    with letter.lock:
        thorough = thorough or house.has_read(letter.content, letter.name)
        report = examine(letter, house, thorough=thorough)
        if report is None:
            raise Unreadable(letter.name, letter.refusal)
        return {**answers.describe_letter(letter), **answers.describe_findings(letter, report, house)}


def write_text(letter: OpenLetter, text: str) -> None:
    """Let a typed letter have another text. Raises Refused where its encoding lacks a character, Unreadable."""
    with letter.lock:
        if not letter.is_typed:
            raise Refused("only plain text can be written in here")
        _check_length(text)
        edit = PageText(source.decode(letter.content, letter.name).text).edit_to(text)
        if edit is None:
            return
        draft = revision.open_revision(letter.content, letter.name)
        if not draft.can_apply(edit):
            raise Refused("not saved: the encoding of this file lacks a character that was written")
        letter.content = draft.apply([edit])


def make_fix(letter: OpenLetter, mark: str, number: int, house: House) -> str:
    """Make one of the fixes for the finding with this fingerprint. Returns why it was not made, empty where it was.

    Raises NotThere, Unreadable, ConfigError.
    """
    with letter.lock:
        diagnostic, report = _find(letter, mark, house)
        fixes = report.printable_fixes(diagnostic)
        if not 0 <= number < len(fixes):
            raise NotThere("this fix is no longer there")
        return _fix(letter, Choice(fixes[number].title, mark), house)


def make_safe_fixes(letter: OpenLetter, house: House) -> str:
    """Make all safe fixes. Returns why none was made, empty where one was. Raises Unreadable, ConfigError."""
    with letter.lock:
        return _fix(letter, Choice("all safe fixes"), house)


def waive(letter: OpenLetter, mark: str, house: House, *, reason: str, by: str) -> str:
    """Accept the finding with this fingerprint. Returns the file that says so.

    Raises NotThere, NotDecided, ConfigError.
    """
    diagnostic, _ = _find(letter, mark, house)
    return str(house.waive(letter.name, diagnostic, reason=reason, by=by))


def add_word(letter: OpenLetter, mark: str, house: House) -> str:
    """Make the word of a finding right in this house. Returns the file that says so.

    Raises NotThere, NotDecided, ConfigError.
    """
    diagnostic, report = _find(letter, mark, house)
    word = word_to_add(diagnostic, report, house.plan_for(letter.name).config)
    if not word:
        raise NotThere("this finding has no word that could be made right")
    return str(house.add_word(letter.name, word))


def _find(letter: OpenLetter, mark: str, house: House) -> tuple[Diagnostic, Report]:
    """The finding with a fingerprint, and the report that has it. Raises NotThere, ConfigError."""
    for thorough in (False, True):
        if report := examine(letter, house, thorough=thorough):
            for diagnostic in report.diagnostics:
                if diagnostic.fingerprint == mark:
                    return diagnostic, report
    raise NotThere("this finding is no longer there")


def _fix(letter: OpenLetter, choice: Choice, house: House) -> str:
    result = letter.fix(choice, house)
    if result.made:
        return ""
    return result.refusal or next((skipped.reason for skipped in result.skipped), "there is nothing left to fix")
