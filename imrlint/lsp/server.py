"""The language server: the letters that are open in an editor, and what the editor is told of them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lsprotocol import types
from lsprotocol.types import MessageType
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from imrlint import __version__
from imrlint.lsp.actions import Draft
from imrlint.lsp.checking import CheckedLetter
from imrlint.lsp.diagnostics import build_diagnostics
from imrlint.lsp.editor import Editor
from imrlint.lsp.house import FILES, EditorSettings, House, read_editor_settings
from imrlint.lsp.lines import Lines
from imrlint.lsp.schedule import OpenLetter, Schedule
from imrlint.settings.config import ConfigError
from imrlint.source import Unreadable
from imrlint.source.kinds import SUFFIXES
from imrlint.source.paths import is_letter

DELAY = 0.2  # seconds without typing after which a letter is checked


class LetterServer(LanguageServer):
    """A language server for letters."""

    def __init__(self) -> None:
        # Whole texts are sent: an editor and pygls do not count the same lines where a text has form feeds.
        super().__init__("imrlint", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.schedule = Schedule(House(EditorSettings()), self._show, self.tell)
        self.editor = Editor(types.ClientCapabilities())
        self.wants = EditorSettings()
        self._initial: Mapping[str, Any] = {}
        self._said: set[str] = set()
        self._pages: Path | None = None

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ARG002
        """Say that something failed, without words of a letter."""
        self.say_once(f"imrlint failed ({type(error).__name__}); please tell its authors", MessageType.Error)

    def say(self, message: str, kind: MessageType = MessageType.Info) -> None:
        """Show a message."""
        self.window_show_message(types.ShowMessageParams(kind, message))

    def say_once(self, message: str, kind: MessageType) -> None:
        """Show a message that would otherwise come with every check."""
        if message not in self._said:
            self._said.add(message)
            self.say(message, kind)

    def open(self, document: types.TextDocumentItem) -> None:
        """Begin to check a text that was opened, if it may be a letter."""
        if (name := self.name_of(document.uri, document.language_id)) is not None:
            self.schedule.begin(OpenLetter(document.uri, name, document.text, document.version))

    def change(self, uri: str) -> None:
        """Check a text again that has changed, in a moment."""
        document = self.workspace.get_text_document(uri)
        if (name := self.name_of(uri, document.language_id)) is not None:
            self.schedule.begin(OpenLetter(uri, name, document.source, document.version or 0), DELAY)

    def name_of(self, uri: str, language: str | None) -> str | None:
        """The name of the letter in a text; None where it is none, but a README or a file of imrlint."""
        path = Path(to_fs_path(uri) or uri.rpartition(":")[2] or "letter")
        if not path.is_absolute():
            path = self.folder_of(None) / path
        name = str(path)
        if path.name in FILES or (self._pages is not None and path.parent == self._pages):
            return None
        if path.name.lower().endswith(SUFFIXES) and not is_letter(path.name):
            return None
        if language == "markdown" and not path.name.lower().endswith((".md", ".markdown")):
            name += ".md"
        return name

    def folder_of(self, letter: Path | None) -> Path:
        """The folder of the workspace that a letter is in, or else its own; the first one where there is no letter."""
        folders = [Path(path) for each in self.workspace.folders if (path := to_fs_path(each))]
        if letter is None:
            return folders[0] if folders else Path.cwd()
        return next((folder for folder in folders if letter.is_relative_to(folder)), letter.parent)

    def meet(self, params: types.InitializeParams) -> None:
        """Take note of what the editor can do and wants."""
        self.editor = Editor(params.capabilities)
        if isinstance(params.initialization_options, Mapping):
            self._initial = params.initialization_options
        self.use({})

    def use(self, content: Mapping[str, Any]) -> None:
        """Use these settings of the editor over those of the beginning, and check all open letters under them."""
        try:
            self.wants = read_editor_settings({**self._initial, **content})
        except ConfigError as error:
            self.tell(error)
            return
        self.reload()

    def reload(self) -> None:
        """Read all files of the house again, and check all open letters."""
        self.schedule.restart(House(self.wants))

    async def draft(self, uri: str) -> Draft | None:
        """The version of a letter that is open, once the rules have checked it; None where it cannot be checked."""
        letter = await self.schedule.current(uri)
        if letter is None or letter.checked is None:
            return None
        return Draft(uri, letter.version, letter.checked, self.lines(letter.checked), self.editor.has_versions)

    def lines(self, checked: CheckedLetter) -> Lines:
        """The lines of a letter, in the encoding that the editor wants."""
        return Lines(checked.text, self.workspace.position_encoding or types.PositionEncodingKind.Utf16)

    def diagnostics(self, letter: OpenLetter) -> Sequence[types.Diagnostic]:
        """What is known of a letter."""
        if letter.checked is None:
            return []
        lines, related = self.lines(letter.checked), self.editor.shows_related
        return build_diagnostics(letter.checked, letter.uri, lines, shows_related=related)

    def show_page(self, name: str, text: str) -> None:
        """Show a page in an editor that can show documents."""
        if self._pages is None:
            self._pages = Path(tempfile.mkdtemp(prefix="imrlint-"))
        page = self._pages / f"{name}.md"
        page.write_text(text, encoding="utf-8")
        self.window_show_document(types.ShowDocumentParams(page.as_uri(), take_focus=True), lambda _: None)

    def close(self) -> None:
        """End all work, and remove what was written for the editor."""
        self.schedule.close()
        if self._pages is not None:
            shutil.rmtree(self._pages, ignore_errors=True)

    def _show(self, letter: OpenLetter) -> None:
        if letter.checked is not None:
            for crash in letter.checked.report.crashes:
                self.say_once(crash.message, MessageType.Error)
        if self.editor.pulls:
            self.workspace_diagnostic_refresh(None, lambda _: None)
            return
        found = self.diagnostics(letter)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(letter.uri, found, letter.version))

    def tell(self, error: Exception) -> None:
        """Show why something could not be done, without words of a letter."""
        if isinstance(error, (ConfigError, Unreadable)):
            self.say_once(f"imrlint: {error}", MessageType.Warning)
        else:
            self.report_server_error(error, None)
