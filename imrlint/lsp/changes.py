"""What an editor writes into the files of a house: waivers, and words that are right there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from imrlint.engine.findings import Diagnostic
from imrlint.lsp.checking import CheckedLetter
from imrlint.settings import house_words, waivers
from imrlint.settings.acceptance import is_forbidden
from imrlint.settings.files import SettingsReader
from imrlint.settings.locations import find_nearest_file, relative_name
from imrlint.settings.waivers import Waiver

REASON = "waived in the editor"


def can_waive(diagnostic: Diagnostic, checked: CheckedLetter) -> bool:
    """Whether the settings let a finding be waived."""
    return not is_forbidden(diagnostic, checked.plan.config.never_waive)


def waive(diagnostic: Diagnostic, checked: CheckedLetter, folder: Path, by: str, reason: str) -> Path:
    """Waive a finding, in the file of waivers nearest to the letter, or in a new one in `folder`. Returns the file.

    Raises Unreadable where the file cannot be written, ConfigError where it has mistakes.
    """
    letter = Path(checked.name).absolute()
    path = find_nearest_file(letter.parent, waivers.FILE_NAME) or folder / waivers.FILE_NAME
    if path.exists():
        waivers.read_waivers(path)  # nothing is added to a file that cannot be read
    name = relative_name(str(letter), path.parent)
    waivers.append_waivers(path, [Waiver(diagnostic.fingerprint, reason, by, diagnostic.name, name, date.today())])
    return path


def word_to_add(diagnostic: Diagnostic, checked: CheckedLetter) -> str:
    """The word that a finding is about, where a house can say that it is right; "" where there is none."""
    word = checked.letter.source[diagnostic.finding.span].strip()
    if checked.report.is_secret(diagnostic) or not word or word != " ".join(word.split()):
        return ""
    if diagnostic.fingerprint in checked.doubted:
        return word if word.replace("'", "").replace("-", "").isalpha() else ""
    rule = checked.plan.config.ruleset.named(diagnostic.name)
    return word if rule is not None and rule.takes_words() else ""


def add_word(word: str, checked: CheckedLetter, folder: Path) -> Path:
    """Add a word to the settings of a letter, or to new ones in `folder`. Returns the file. Raises ConfigError."""
    settings = SettingsReader().read_nearest(Path(checked.name).absolute().parent)
    return house_words.add_words([word], settings, folder).path
