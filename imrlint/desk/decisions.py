"""What a person decides about a finding besides fixing it: it is waived, or its word is right in this house."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from imrlint.engine.findings import Diagnostic
from imrlint.engine.report import Report
from imrlint.settings import house_words, waivers
from imrlint.settings.acceptance import is_forbidden
from imrlint.settings.config import ConfigError
from imrlint.settings.files import Settings
from imrlint.settings.locations import find_nearest_file, relative_name
from imrlint.settings.waivers import Waiver
from imrlint.source.errors import Unreadable

_WORD = re.compile(r"[^\W\d_][\w'’.-]*")


class NotDecided(Exception):
    """A decision that cannot be kept. The message says why, in one line."""


@dataclass(frozen=True)
class Decisions:
    """Keeps decisions about the findings in one letter, under its settings.

    Waivers go to the nearest file of waivers at `folder` or above, or to a new one there.
    """

    settings: Settings
    letter: Path
    folder: Path

    def find_word(self, diagnostic: Diagnostic, report: Report) -> str | None:
        """The word of a finding, where the house can have it as a right one; None where it is not about a word."""
        rule = self.settings.ruleset.by_name.get(diagnostic.name)
        text = report.printable[diagnostic.finding.span].replace("’", "'").removesuffix("'s").removesuffix("'")
        return text if rule is not None and rule.takes_words() and _WORD.fullmatch(text) else None

    def add_word(self, word: str) -> str:
        """Add a word to those of the house. Returns what was done, in one line. Raises NotDecided."""
        try:
            added = house_words.add_words([word], self.settings, self.letter.absolute().parent)
        except ConfigError as error:
            raise NotDecided(str(error)) from error
        return f'"{word}" is a word of this house now, in {added.path}'

    def may_waive(self, diagnostic: Diagnostic) -> bool:
        """Whether the settings allow waivers of such findings."""
        return not is_forbidden(diagnostic, self.settings.config(self.letter).never_waive)

    def waive(self, diagnostic: Diagnostic, reason: str, by: str) -> Waiver:
        """Waive a finding from today on. Returns the waiver, which has been written. Raises NotDecided."""
        if not self.may_waive(diagnostic):
            raise NotDecided(f"the settings forbid waiving findings of the rule {diagnostic.name}")
        path = find_nearest_file(self.folder, waivers.FILE_NAME) or self.folder / waivers.FILE_NAME
        letter = relative_name(str(self.letter), path.parent)
        waiver = Waiver(diagnostic.fingerprint, reason, by, diagnostic.name, letter, date.today())
        try:
            waivers.append_waivers(path, [waiver])
        except (Unreadable, OSError, UnicodeDecodeError) as error:
            raise NotDecided(f"not waived: {error}") from error
        return waiver
