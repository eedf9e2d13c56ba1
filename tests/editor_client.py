"""An editor with open letters, which talks to `imrlint lsp` in a process of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from cattrs import Converter
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

PATIENCE = 60  # seconds

EVERYTHING: dict[str, Any] = {
    "text_document": types.TextDocumentClientCapabilities(
        publish_diagnostics=types.PublishDiagnosticsClientCapabilities(related_information=True, version_support=True),
        hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
    ),
    "workspace": types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
    ),
    "window": types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(support=True)),
}
"""What an ordinary editor says that it can do."""


class Editor:
    """An editor with some letters open. The server is told of every change."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.published: list[types.PublishDiagnosticsParams] = []
        self.registered: list[types.Registration] = []
        self.is_over = False

    def open(self, path: Path | str, text: str, language: str = "plaintext") -> str:
        """Open a letter, which need not be saved. Returns its address."""
        uri = path.as_uri() if isinstance(path, Path) else path
        self.texts[uri], self.versions[uri] = text, 1
        document = types.TextDocumentItem(uri, language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))
        return uri

    def change(self, uri: str, text: str) -> None:
        """Type another text."""
        self.texts[uri] = text
        self.versions[uri] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        whole = [types.TextDocumentContentChangeWholeDocument(text)]
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, whole))

    async def close_all(self) -> None:
        """Close all letters, and forget what has come from the server."""
        for uri in self.texts:
            self.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
        if self.texts:
            last = next(reversed(self.texts))
            await self.wait(lambda: any(each.uri == last and each.version is None for each in self.published))
        for kept in (self.texts, self.versions, self.published, self.client.messages, self.client.shown_documents):
            kept.clear()

    async def wait(self, is_there: Callable[[], Any]) -> None:
        """Wait until something has come from the server."""
        async with asyncio.timeout(PATIENCE):
            while not is_there():
                await asyncio.sleep(0.02)

    def latest(self, uri: str) -> types.PublishDiagnosticsParams | None:
        """The latest diagnostics of the latest version of a letter; None where none have come."""
        found = [each for each in self.published if each.uri == uri and each.version == self.versions[uri]]
        return found[-1] if found else None

    async def diagnostics(self, uri: str) -> Sequence[types.Diagnostic]:
        """The diagnostics of the latest version of a letter, as the server publishes them."""
        await self.wait(lambda: self.latest(uri))
        latest = self.latest(uri)
        assert latest is not None
        return latest.diagnostics

    async def find(self, uri: str, rule: str) -> types.Diagnostic:
        """The first diagnostic of a rule."""
        return next(each for each in await self.diagnostics(uri) if each.code == rule)

    async def actions(self, uri: str, at: types.Range, *only: str) -> Sequence[types.CodeAction]:
        """What can be done at a range."""
        context = types.CodeActionContext([], only=list(only) or None)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), at, context)
        found = await self.client.text_document_code_action_async(params)
        return [each for each in found or () if isinstance(each, types.CodeAction)]

    async def do(self, action: types.CodeAction) -> object:
        """Run the command of an action."""
        assert action.command is not None
        params = types.ExecuteCommandParams(action.command.command, arguments=action.command.arguments)
        return await self.client.workspace_execute_command_async(params)

    def apply(self, edit: types.WorkspaceEdit | None, uri: str) -> str:
        """A letter with an edit of the workspace applied, as an editor does that: in units of UTF-16."""
        assert edit is not None
        changes: list[Any] = list((edit.changes or {}).get(uri, ()))
        for document in edit.document_changes or ():
            assert isinstance(document, types.TextDocumentEdit)
            assert document.text_document == types.OptionalVersionedTextDocumentIdentifier(uri, self.versions[uri])
            changes += document.edits
        return apply_edits(self.texts[uri], changes)

    async def end(self) -> int | None:
        """Tell the server to end, and wait until it has. Returns its exit code."""
        self.is_over = True
        await self.client.shutdown_session()
        return self.client._server.returncode if self.client._server else None

    @property
    def messages(self) -> list[str]:
        """What the server had the editor show."""
        return [each.message for each in self.client.messages]


def apply_edits(text: str, edits: Sequence[types.TextEdit]) -> str:
    """A text with edits applied, whose columns count units of UTF-16; written without the code of the server."""
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda each: (each.range.start.line, each.range.start.character), reverse=True):
        start, end = edit.range.start, edit.range.end
        before = lines[start.line].encode("utf-16-le")[: 2 * start.character].decode("utf-16-le")
        after = lines[end.line].encode("utf-16-le")[2 * end.character :].decode("utf-16-le")
        lines[start.line : end.line + 1] = (before + edit.new_text + after).split("\n")
    return "\n".join(lines)


def make_converter() -> Converter:
    """A converter that takes an action with a command for an action: that of pytest-lsp takes it for a command."""
    converter: Converter = default_converter()  # type: ignore[no-untyped-call]

    def structure(content: Any, _: object) -> types.Command | types.CodeAction:
        kind = types.Command if isinstance(content.get("command"), str) else types.CodeAction
        action: Any = converter.structure(content, kind)
        return action  # type: ignore[no-any-return]

    converter.register_structure_hook(types.Command | types.CodeAction, structure)
    return converter


@asynccontextmanager
async def start_editor(
    folder: Path, options: object = None, settings: dict[str, Any] | None = None, **abilities: Any
) -> AsyncIterator[Editor]:
    """An editor in which a folder is open. Without other `options`, the trained reader is left out."""
    client = LanguageClient(converter_factory=make_converter, configuration={"": settings or {}})
    editor = Editor(client)

    def publish(_: LanguageClient, params: types.PublishDiagnosticsParams) -> None:
        editor.published.append(params)

    def register(_: LanguageClient, params: types.RegistrationParams) -> None:
        editor.registered += params.registrations

    features = {**DEFAULT_CLIENT_FEATURES, types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: publish}
    features[types.CLIENT_REGISTER_CAPABILITY] = register
    register_lsp_features(client, features)
    environment = {**os.environ, "IMRLINT_READER": "on"}
    await client.start_io(sys.executable, "-m", "imrlint", "lsp", cwd=folder, env=environment)
    await client.initialize_session(
        types.InitializeParams(
            types.ClientCapabilities(**{**EVERYTHING, **abilities}),
            workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name)],
            initialization_options={"reader": False} if options is None else options,
        )
    )
    try:
        yield editor
    finally:
        if not editor.is_over:
            await client.shutdown_session()
        await client.stop()  # type: ignore[no-untyped-call]
