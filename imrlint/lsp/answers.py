"""What an editor may ask the language server, and the answers."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from lsprotocol import types
from lsprotocol.types import MessageType
from pygls.uris import to_fs_path

from imrlint.desk.decisions import Decisions, NotDecided, word_to_add
from imrlint.engine.findings import Diagnostic
from imrlint.lsp import actions
from imrlint.lsp.checking import CheckedLetter
from imrlint.lsp.house import FILES
from imrlint.lsp.pages import describe_findings, explain_rule, summarize_rule
from imrlint.lsp.server import LetterServer
from imrlint.settings import waivers
from imrlint.settings.config import ConfigError
from imrlint.settings.files import SettingsReader
from imrlint.settings.locations import find_nearest_file

_SECTION = "imrlint"
_REASON = "waived in the editor"


def start() -> None:
    """Serve the editor at standard input and output, until it says that it is done."""
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a rule prints must not get into what the editor reads
    gc.enable()  # it is off at the start of a command, which a server outlives
    make_server().start_io(sys.stdin.buffer, out)


def make_server() -> LetterServer:
    """A server with everything that an editor may ask."""
    server = LetterServer()
    register: dict[str, tuple[Callable[..., Any], Any]] = {
        types.INITIALIZE: (_initialize, None),
        types.INITIALIZED: (_initialized, None),
        types.SHUTDOWN: (_shutdown, None),
        types.TEXT_DOCUMENT_DID_OPEN: (_did_open, None),
        types.TEXT_DOCUMENT_DID_CHANGE: (_did_change, None),
        types.TEXT_DOCUMENT_DID_SAVE: (_did_save, None),
        types.TEXT_DOCUMENT_DID_CLOSE: (_did_close, None),
        types.TEXT_DOCUMENT_HOVER: (_hover, None),
        types.TEXT_DOCUMENT_CODE_ACTION: (
            _code_action,
            types.CodeActionOptions([types.CodeActionKind.QuickFix, actions.FIX_ALL], resolve_provider=True),
        ),
        types.CODE_ACTION_RESOLVE: (_resolve, None),
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (_did_change_files, None),
        types.WORKSPACE_DID_CHANGE_CONFIGURATION: (_did_change_settings, None),
    }
    for name, (answer, options) in register.items():
        server.feature(name, options)(answer)
    for command, run in ((actions.WAIVE, _waive), (actions.ADD_WORD, _add_word), (actions.EXPLAIN, _explain)):
        server.command(command)(run)
    return server


def _initialize(server: LetterServer, params: types.InitializeParams) -> None:
    server.meet(params)
    if server.editor.pulls:
        options = types.DiagnosticOptions(
            inter_file_dependencies=False, workspace_diagnostics=False, identifier=_SECTION
        )
        server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)(_diagnostic)


async def _initialized(server: LetterServer, _: types.InitializedParams) -> None:
    if server.editor.watches_files:
        watchers = [types.FileSystemWatcher(f"**/{name}") for name in (*FILES, "*.words")]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("imrlint-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        await server.client_register_capability_async(types.RegistrationParams([registration]))
    await _ask_for_settings(server)


async def _ask_for_settings(server: LetterServer) -> None:
    if not server.editor.tells_settings:
        return
    wanted = types.ConfigurationParams([types.ConfigurationItem(section=_SECTION)])
    answers = await server.workspace_configuration_async(wanted)
    if answers and isinstance(answers[0], Mapping):
        server.use(answers[0])


def _shutdown(server: LetterServer, _: None) -> None:
    server.close()


def _did_open(server: LetterServer, params: types.DidOpenTextDocumentParams) -> None:
    server.open(params.text_document)


def _did_change(server: LetterServer, params: types.DidChangeTextDocumentParams) -> None:
    server.change(params.text_document.uri)


def _did_save(server: LetterServer, params: types.DidSaveTextDocumentParams) -> None:
    if Path(to_fs_path(params.text_document.uri) or "").name in FILES:
        server.reload()


def _did_close(server: LetterServer, params: types.DidCloseTextDocumentParams) -> None:
    server.schedule.drop(params.text_document.uri)
    if not server.editor.pulls:
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))


def _did_change_files(server: LetterServer, _: types.DidChangeWatchedFilesParams) -> None:
    server.reload()


async def _did_change_settings(server: LetterServer, params: types.DidChangeConfigurationParams) -> None:
    if server.editor.tells_settings:
        await _ask_for_settings(server)
    elif isinstance(params.settings, Mapping) and isinstance(own := params.settings.get(_SECTION), Mapping):
        server.use(own)


async def _diagnostic(
    server: LetterServer, params: types.DocumentDiagnosticParams
) -> types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport:
    letter = await server.schedule.current(params.text_document.uri)
    if letter is None:
        return types.RelatedFullDocumentDiagnosticReport(items=[])
    found = server.diagnostics(letter)
    result = f"{letter.number}-{len(found)}"
    if params.previous_result_id == result:
        return types.RelatedUnchangedDocumentDiagnosticReport(result)
    return types.RelatedFullDocumentDiagnosticReport(items=found, result_id=result)


async def _hover(server: LetterServer, params: types.HoverParams) -> types.Hover | None:
    draft = await server.draft(params.text_document.uri)
    found = actions.find_at(draft, types.Range(params.position, params.position)) if draft else ()
    if not draft or not found:
        return None
    text = describe_findings(found, draft.checked, draft.lines)
    place = draft.lines.range(draft.checked.place(found[0].finding.span))
    return types.Hover(types.MarkupContent(server.editor.page_kind, text), place)


async def _code_action(server: LetterServer, params: types.CodeActionParams) -> Sequence[types.CodeAction]:
    draft = await server.draft(params.text_document.uri)
    if draft is None:
        return []
    only = params.context.only
    built: list[types.CodeAction] = []
    if actions.is_wanted(types.CodeActionKind.QuickFix, only):
        found = actions.find_at(draft, params.range)
        built += await server.schedule.run(lambda: actions.build_actions(found, draft, params.context.diagnostics))
    if actions.is_wanted(actions.FIX_ALL, only) and (all_safe := actions.fix_all_action(draft)):
        if not server.editor.resolves_edits:
            all_safe.edit = await server.schedule.run(lambda: actions.fix_all(draft))
        built.append(all_safe)
    return built


async def _resolve(server: LetterServer, action: types.CodeAction) -> types.CodeAction:
    data = action.data if isinstance(action.data, dict) else {}
    draft = await server.draft(data.get("uri", ""))
    if draft is not None and draft.version == data.get("version"):
        action.edit = await server.schedule.run(lambda: actions.fix_all(draft))
    return action


async def _waive(server: LetterServer, uri: str, fingerprint: str, *given: str) -> None:
    """Waive a finding; `given` is the reason, where the editor has asked for one."""
    found = await _find(server, uri, fingerprint)
    if found is None:
        return
    diagnostic, checked = found
    reason = " ".join(given).strip() or _REASON
    _write(server, lambda: _decisions(server, checked).waive(diagnostic, reason, server.wants.signer).path)


async def _add_word(server: LetterServer, uri: str, fingerprint: str) -> None:
    found = await _find(server, uri, fingerprint)
    if found is None:
        return
    diagnostic, checked = found
    if word := word_to_add(diagnostic, checked.report, checked.plan.config):
        _write(server, lambda: _decisions(server, checked).add_word(word))


def _decisions(server: LetterServer, checked: CheckedLetter) -> Decisions:
    """What keeps decisions on a letter: new files go to its folder of the workspace. Raises ConfigError."""
    letter = Path(checked.name).absolute()
    folder = server.folder_of(Path(checked.name))
    nearest = find_nearest_file(letter.parent, waivers.FILE_NAME)
    settings = SettingsReader().read_nearest(letter.parent)
    return Decisions(settings, checked.plan.config, letter, folder, nearest.parent if nearest else folder)


async def _explain(server: LetterServer, uri: str, name: str) -> str:
    """The page of a rule in Markdown, which the editor is also asked to show; else it shows a message on the rule."""
    draft = await server.draft(uri)
    rule = draft.checked.plan.config.ruleset.named(name) if draft else None
    if rule is None:
        return ""
    text = explain_rule(rule)
    if server.editor.shows_documents:
        server.show_page(rule.name(), text)
    else:
        server.say(summarize_rule(rule))
    return text


async def _find(server: LetterServer, uri: str, fingerprint: str) -> tuple[Diagnostic, CheckedLetter] | None:
    """The finding with a fingerprint in an open letter; None, and a message, where there is none any more."""
    draft = await server.draft(uri)
    found = [each for each in draft.checked.report.diagnostics if each.fingerprint == fingerprint] if draft else []
    if draft is None or not found:
        server.say("imrlint: that finding is no longer there")
        return None
    return found[0], draft.checked


def _write(server: LetterServer, write: Callable[[], Path]) -> None:
    """Change a file of the house, and check all open letters again."""
    try:
        path = write()
    except (ConfigError, NotDecided) as error:
        server.say(f"imrlint: {error}", MessageType.Warning)
        return
    server.reload()
    server.say(f"imrlint: written to {path}")
