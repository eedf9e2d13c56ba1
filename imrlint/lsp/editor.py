"""What an editor can do, as it says itself at the beginning."""

from __future__ import annotations

from lsprotocol import types


class Editor:
    """The abilities of an editor that make a difference to the server."""

    def __init__(self, capabilities: types.ClientCapabilities) -> None:
        text = capabilities.text_document or types.TextDocumentClientCapabilities()
        workspace = capabilities.workspace or types.WorkspaceClientCapabilities()
        window = capabilities.window or types.WindowClientCapabilities()
        shown = text.publish_diagnostics or text.diagnostic
        hover = text.hover.content_format if text.hover else None
        resolves = text.code_action.resolve_support if text.code_action else None
        watched, edits, refreshing = workspace.did_change_watched_files, workspace.workspace_edit, workspace.diagnostics

        self.pulls = bool(text.diagnostic and refreshing and refreshing.refresh_support)
        """It asks for diagnostics, and can be told to ask again."""
        self.shows_related = bool(shown and shown.related_information)
        """It shows the other places of a diagnostic."""
        self.shows_documents = bool(window.show_document and window.show_document.support)
        self.page_kind = (
            types.MarkupKind.PlainText
            if hover and types.MarkupKind.Markdown not in hover
            else types.MarkupKind.Markdown
        )
        self.resolves_edits = bool(resolves and "edit" in resolves.properties)
        """It asks for the edit of an action only when the action is chosen."""
        self.has_versions = bool(edits and edits.document_changes)
        """It takes edits of a certain version of a text."""
        self.watches_files = bool(watched and watched.dynamic_registration)
        self.tells_settings = bool(workspace.configuration)
