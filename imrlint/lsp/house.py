"""What a house and its editor want for the letters that are open: settings, and accepted findings."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from imrlint.engine.messages import did_you_mean
from imrlint.session.examination import ExaminationOptions, Examiner, LetterPlan
from imrlint.settings import baseline, files, waivers
from imrlint.settings.acceptance import Acceptance, read_acceptance
from imrlint.settings.config import ConfigError
from imrlint.settings.files import SettingsReader

FILES = (*files.FILE_NAMES, waivers.FILE_NAME, baseline.FILE_NAME)
"""The names of the files in which a house says what it wants."""

_KEYS = {"profile": str, "reader": bool, "by": str}
_NOT_OURS = ("path", "files", "trace")  # settings of the same name space that concern the editor alone


@dataclass(frozen=True)
class EditorSettings:
    """What the editor is set to: a profile, whether the trained reader is used, and whose name waivers bear."""

    profile: str | None = None
    reader: bool = True
    by: str = ""

    @property
    def signer(self) -> str:
        """Whose name a waiver bears: by default the user of this machine."""
        if self.by:
            return self.by
        try:
            return getpass.getuser()
        except (KeyError, OSError):  # the user has no name
            return "somebody at an editor"


def read_editor_settings(content: Any) -> EditorSettings:
    """The settings of an editor, as it sends them; null and "" mean the default. Raises ConfigError."""
    if content is None:
        return EditorSettings()
    if not isinstance(content, Mapping):
        raise ConfigError("the settings of the editor must be a table")
    wanted: dict[str, Any] = {}
    for key, value in content.items():
        if key in _NOT_OURS or value is None or value == "":
            continue
        if key not in _KEYS:
            raise ConfigError(f'the settings of the editor: unknown key "{key}"{did_you_mean(key, _KEYS)}')
        if not isinstance(value, _KEYS[key]):
            kind = "true or false" if _KEYS[key] is bool else "text"
            raise ConfigError(f"the settings of the editor: {key} must be {kind}")
        wanted[key] = value
    return EditorSettings(**wanted)


class House:
    """The files of settings and accepted findings as they are now, each read once: after a change, make a new one."""

    def __init__(self, editor: EditorSettings) -> None:
        self.editor = editor
        self._examiner = Examiner(ExaminationOptions(profile=editor.profile, reader=editor.reader), SettingsReader())
        self._accepted: dict[Path, Acceptance] = {}

    def plan_for(self, name: str) -> LetterPlan:
        """The configuration of a letter, and the rules to run on it. Raises ConfigError."""
        return self._examiner.plan_for(name)

    def acceptance_for(self, name: str) -> Acceptance:
        """What is accepted in a letter: by the waivers and the baseline nearest to it. Raises ConfigError."""
        folder = Path(name).absolute().parent
        if folder not in self._accepted:
            self._accepted[folder] = read_acceptance(folder, date.today())
        return self._accepted[folder]
