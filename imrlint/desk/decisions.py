"""What a person decides about a finding besides fixing it: it is waived, or its word is right in this house."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from imrlint.engine.findings import Diagnostic
from imrlint.engine.messages import quote
from imrlint.engine.report import Report
from imrlint.engine.rule import Trait
from imrlint.knowledge.language import lexicon
from imrlint.settings import house_words, waivers
from imrlint.settings.acceptance import is_forbidden
from imrlint.settings.config import Config, ConfigError
from imrlint.settings.files import Settings
from imrlint.settings.locations import find_nearest_file, relative_name
from imrlint.settings.waivers import Waiver
from imrlint.source.errors import Unreadable

_WORD = re.compile(r"[^\W\d_][\w'.-]*(?: [\w'.-]+)*")
_LONGEST_WORD = 60  # characters


class NotDecided(Exception):
    """A decision that cannot be kept. The message says why, in one line."""


class WordChoice(NamedTuple):
    """The word of a finding, and why it cannot become one of the house; `refusal` is empty where it can."""

    word: str
    refusal: str = ""


class Waived(NamedTuple):
    """A waiver that was written, and the file that has it."""

    waiver: Waiver
    path: Path


def find_word(diagnostic: Diagnostic, report: Report, config: Config) -> WordChoice | None:
    """The word of a finding by a rule that leaves the words of a house alone; None where there is no such word."""
    rule = config.ruleset.by_name.get(diagnostic.name)
    if rule is None or not rule.takes_words():
        return None
    word = unicodedata.normalize("NFKC", report.printable[diagnostic.finding.span].replace("\xad", ""))
    word = word.replace("’", "'").removesuffix("'s").removesuffix("'")
    if len(word) > _LONGEST_WORD or not _WORD.fullmatch(word):
        return None
    if Trait.KNOWN_WORDS in rule.traits and lexicon.is_known(word.lower()):
        return WordChoice(word, f"{quote(word)} is a word already; if it is right here, waive the finding")
    return WordChoice(word)


def word_to_add(diagnostic: Diagnostic, report: Report, config: Config) -> str:
    """The word of a finding that can become one of the house; empty where there is none."""
    choice = find_word(diagnostic, report, config)
    return choice.word if choice and not choice.refusal else ""


def may_waive(diagnostic: Diagnostic, config: Config) -> bool:
    """Whether the settings allow waivers of such findings."""
    return not is_forbidden(diagnostic, config.never_waive)


@dataclass(frozen=True)
class Decisions:
    """Keeps decisions about the findings in one letter, under its settings.

    Words go to the file of these settings, or to a new one in `settings_folder`; waivers to the nearest file of
    waivers at `waivers_folder` or above, or to a new one there.
    """

    settings: Settings
    config: Config
    letter: Path
    settings_folder: Path
    waivers_folder: Path

    def add_word(self, word: str) -> Path:
        """Add a word to those of the house. Returns the file that has it. Raises NotDecided."""
        try:
            return house_words.add_words([word], self.settings, self.settings_folder).path
        except ConfigError as error:
            raise NotDecided(str(error)) from error

    def waive(self, diagnostic: Diagnostic, reason: str, by: str) -> Waived:
        """Waive a finding from today on. Raises NotDecided, also where there is no reason or nobody who gives it."""
        if not reason.strip() or not by.strip():
            raise NotDecided("a waiver needs a reason, and the name of who gives it")
        if not may_waive(diagnostic, self.config):
            raise NotDecided(f"the settings forbid waiving findings of the rule {diagnostic.name}")
        path = find_nearest_file(self.waivers_folder, waivers.FILE_NAME) or self.waivers_folder / waivers.FILE_NAME
        letter = relative_name(str(self.letter), path.parent)
        waiver = Waiver(diagnostic.fingerprint, reason.strip(), by.strip(), diagnostic.name, letter, date.today())
        try:
            if path.exists():
                waivers.read_waivers(path)  # nothing is added to a file that cannot be read
            waivers.append_waivers(path, [waiver])
        except (ConfigError, Unreadable, OSError, UnicodeDecodeError) as error:
            raise NotDecided(f"not waived: {error}") from error
        return Waived(waiver, path)
