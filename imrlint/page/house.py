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
from imrlint.settings import house_words, waivers
from imrlint.settings.acceptance import read_acceptance
from imrlint.settings.config import ConfigError
from imrlint.settings.files import Settings, SettingsReader
from imrlint.settings.locations import find_nearest_file
from imrlint.source import Kind
from imrlint.source.errors import Refused
from imrlint.source.sandbox import SANDBOX

_ANY_LETTER = b"MAXIMUS FEDERAL SERVICES\n\nCLINICAL CASE SUMMARY\n\nThe patient has pain.\n"
_Key = tuple[bytes, str, bool]  # digest and name of a letter, and whether the trained reader has read it
_KEPT = 16  # results; a letter is asked for again when a finding in it is waived or fixed


class House:
    """Examines letters under the settings and waivers of this folder, and writes to these."""

    def __init__(self, options: RunOptions) -> None:
        """Raises ConfigError where the settings, or the waivers, cannot be used."""
        self._options = options
        self._lock = threading.Lock()
        self._results: OrderedDict[_Key, LetterResult] = OrderedDict()
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

    def has_read(self, content: bytes, name: str) -> bool:
        """Whether it is known what the trained reader finds in a letter, too."""
        with self._lock:
            return _key(content, name, thorough=True) in self._results

    def plan_for(self, name: str) -> LetterPlan:
        """The rules for a letter of this name, and the trained reader. Raises ConfigError."""
        return self._examiners[True].plan_for(name)

    def examine(self, content: bytes, name: str, *, thorough: bool = False) -> LetterResult:
        """What there is to say of a letter, accepted findings set apart. `thorough`: with the trained reader.

        Raises ConfigError.
        """
        key = _key(content, name, thorough=thorough)
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

    def has_waiver(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding is accepted by a waiver, rather than by the baseline."""
        return self._acceptance.has_waiver(diagnostic.fingerprint)

    def waive(self, name: str, diagnostic: Diagnostic, *, reason: str, by: str) -> Path:
        """Accept a finding for good. Returns the file of waivers. Raises NotDecided, ConfigError."""
        path = self._decisions(name).waive(diagnostic, reason, by).path
        self.reload()
        return path

    def take_waiver_back(self, fingerprint: str) -> Path:
        """Let a finding count again. Returns the file of waivers. Raises Unreadable, ConfigError where it has none."""
        path = find_nearest_file(Path.cwd(), waivers.FILE_NAME) or Path.cwd() / waivers.FILE_NAME
        waivers.remove_waiver(path, fingerprint)
        self.reload()
        return path

    def add_word(self, name: str, word: str) -> Path:
        """Make a word of a letter of this name right in this house. Returns the file of settings.

        Raises NotDecided, ConfigError.
        """
        path = self._decisions(name).add_word(word)
        self.reload()
        return path

    def take_word_back(self, word: str) -> Path:
        """Let a word be judged again. Returns the file of settings. Raises ConfigError."""
        removed = house_words.remove_words([word], self._word_settings())
        self.reload()
        return removed.path

    def _word_settings(self) -> Settings:
        """The settings that list the words of this house. Raises ConfigError."""
        return self._examiners[True].options.settings or self._settings.read_nearest(Path.cwd())

    def _decisions(self, name: str) -> Decisions:
        return Decisions(self._word_settings(), self.plan_for(name).config, Path(name), Path.cwd(), Path.cwd())


def _key(content: bytes, name: str, *, thorough: bool) -> _Key:
    return hashlib.sha256(content).digest(), name, thorough
