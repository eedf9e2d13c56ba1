"""What the house wants of the letters on the desk: its settings, its waivers, its words."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from imrlint import reader
from imrlint.desk.decisions import Decisions
from imrlint.engine.findings import Diagnostic
from imrlint.session.examination import Examiner, LetterPlan, LetterResult
from imrlint.session.options import RunOptions
from imrlint.session.preparation import examination_options
from imrlint.settings.acceptance import read_acceptance
from imrlint.settings.config import ConfigError
from imrlint.settings.files import SettingsReader
from imrlint.source import Kind
from imrlint.source.errors import Refused
from imrlint.source.sandbox import SANDBOX

_ANY_LETTER = b"MAXIMUS FEDERAL SERVICES\n\nCLINICAL CASE SUMMARY\n\nThe patient has pain.\n"
_KEPT = 16  # results; a letter is asked for again when a finding in it is waived or fixed


class House:
    """Examines letters under the settings and waivers of this folder, and writes to these."""

    def __init__(self, options: RunOptions) -> None:
        """Raises ConfigError where the settings, or the waivers, cannot be used."""
        self._options = options
        self._lock = threading.Lock()
        self._results: OrderedDict[tuple[bytes, str, bool], LetterResult] = OrderedDict()
        self.reload()

    def reload(self) -> None:
        """Read the settings and the accepted findings anew. Raises ConfigError."""
        settings = SettingsReader()
        chosen = examination_options(self._options, settings)
        acceptance = read_acceptance(Path.cwd(), date.today())
        with self._lock:
            self._settings = settings
            self._examiners = {
                thorough: Examiner(replace(chosen, reader=thorough and chosen.reader), settings)
                for thorough in (False, True)
            }
            self._acceptance = acceptance
            self._results.clear()

    def warm_up(self) -> None:
        """Load what the first letter needs, before there is one."""
        with suppress(ConfigError):
            self._examiners[False].examine(_ANY_LETTER, "letter.txt")
            self.plan_for("letter.txt").config.doubter()
        with suppress(Refused):
            SANDBOX.read(Kind.WORD, b"")

    def has_reader(self, name: str) -> bool:
        """Whether the trained reader reads a letter of this name, too. Raises ConfigError."""
        return reader.is_installed() and self.plan_for(name).config.reader.use

    def plan_for(self, name: str) -> LetterPlan:
        """The rules for a letter of this name, and the trained reader. Raises ConfigError."""
        return self._examiners[True].plan_for(name)

    def examine(self, content: bytes, name: str, *, thorough: bool = False) -> LetterResult:
        """What there is to say of a letter, accepted findings set apart. `thorough`: with the trained reader.

        Raises ConfigError.
        """
        key = (hashlib.sha256(content).digest(), name, thorough)
        with self._lock:
            known = self._results.get(key)
            examiner, acceptance = self._examiners[thorough], self._acceptance
        if known:
            return known
        result = examiner.examine(content, name)
        if result.report:
            never_waive = examiner.plan_for(name).config.never_waive
            result = replace(result, report=acceptance.set_apart(result.report, never_waive))
        with self._lock:
            if examiner is self._examiners[thorough]:
                self._results[key] = result
                while len(self._results) > _KEPT:
                    self._results.popitem(last=False)
        return result

    def waive(self, name: str, diagnostic: Diagnostic, *, reason: str, by: str) -> Path:
        """Accept a finding for good. Returns the file of waivers. Raises NotDecided, ConfigError."""
        path = self._decisions(name).waive(diagnostic, reason, by).path
        self.reload()
        return path

    def add_word(self, name: str, word: str) -> Path:
        """Make a word of a letter of this name right in this house. Returns the file of settings.

        Raises NotDecided, ConfigError.
        """
        path = self._decisions(name).add_word(word)
        self.reload()
        return path

    def _decisions(self, name: str) -> Decisions:
        settings = self._examiners[True].options.settings or self._settings.read_nearest(Path.cwd())
        return Decisions(settings, self.plan_for(name).config, Path(name), Path.cwd(), Path.cwd())
