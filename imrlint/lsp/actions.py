"""What an editor offers to do about findings: fixes, waivers, words of the house, explanations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lsprotocol import types
from lsprotocol.types import CodeActionKind
from rapidfuzz.distance import Indel

from imrlint.desk.decisions import may_waive, word_to_add
from imrlint.desk.fixing import fix_letter
from imrlint.document.text import Span
from imrlint.engine.findings import Diagnostic, Edit, Safety
from imrlint.engine.fixes import safe_fixes
from imrlint.engine.messages import quote
from imrlint.lsp.checking import CheckedLetter
from imrlint.lsp.lines import Lines

FIX_ALL = f"{CodeActionKind.SourceFixAll.value}.imrlint"
WAIVE, ADD_WORD, EXPLAIN = "imrlint.waive", "imrlint.addWord", "imrlint.explain"


@dataclass(frozen=True)
class Draft:
    """A version of a letter in an editor, of which actions are made."""

    uri: str
    version: int
    checked: CheckedLetter
    lines: Lines
    has_versions: bool  # whether the editor takes edits of a version only

    def change(self, edits: Iterable[Edit]) -> types.WorkspaceEdit:
        """An edit of the workspace that makes these edits of the text."""
        changed = [types.TextEdit(self.lines.range(edit.span), edit.text) for edit in edits]
        if not self.has_versions:
            return types.WorkspaceEdit(changes={self.uri: changed})
        document = types.OptionalVersionedTextDocumentIdentifier(self.uri, self.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, changed)])


def find_at(draft: Draft, place: types.Range) -> Sequence[Diagnostic]:
    """The findings that a range touches."""
    start, end = draft.lines.span(place)
    spans = ((each, draft.checked.place(each.finding.span)) for each in draft.checked.report.diagnostics)
    return [each for each, span in spans if span.start <= end and start <= span.end]


def is_wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Whether an editor asks for actions of a kind: it names kinds, or wider ones, or none."""
    return only is None or any(kind == each or kind.startswith(f"{each}.") for each in only)


def build_actions(
    found: Iterable[Diagnostic], draft: Draft, reported: Sequence[types.Diagnostic]
) -> list[types.CodeAction]:
    """The actions on these findings. `reported` are the diagnostics that the editor shows there."""
    by_mark = {each.data["fingerprint"]: each for each in reported if isinstance(each.data, dict) and each.data}
    built: list[types.CodeAction] = []
    for diagnostic in found:
        shown = by_mark.get(diagnostic.fingerprint)
        for action in (*_fixes(diagnostic, draft), *_others(diagnostic, draft)):
            action.diagnostics = [shown] if shown else None
            built.append(action)
    return sorted(built, key=lambda each: each.edit is None)  # what changes the letter comes first


def _fixes(diagnostic: Diagnostic, draft: Draft) -> Iterable[types.CodeAction]:
    for number, fix in enumerate(draft.checked.possible_fixes(diagnostic)):
        yield types.CodeAction(
            title=fix.title[:1].upper() + fix.title[1:],
            kind=CodeActionKind.QuickFix,
            is_preferred=(number == 0 and fix.safety is Safety.SAFE) or None,
            edit=draft.change(draft.checked.locate(fix)),
        )


def _others(diagnostic: Diagnostic, draft: Draft) -> Iterable[types.CodeAction]:
    config = draft.checked.plan.config
    if word := word_to_add(diagnostic, draft.checked.report, config):
        yield _command(f"{quote(word)} is right in this house", ADD_WORD, draft.uri, diagnostic.fingerprint)
    if may_waive(diagnostic, config):
        yield _command(f"Waive this finding of {diagnostic.name}", WAIVE, draft.uri, diagnostic.fingerprint)
    yield _command(f"Explain {diagnostic.name}", EXPLAIN, draft.uri, diagnostic.name)


def _command(title: str, command: str, *arguments: str) -> types.CodeAction:
    return types.CodeAction(
        title=title, kind=CodeActionKind.QuickFix, command=types.Command(title, command, arguments=list(arguments))
    )


def fix_all_action(draft: Draft) -> types.CodeAction | None:
    """The action that makes all safe fixes, still without its edit; None where there is none to make."""
    if not safe_fixes(draft.checked.report):
        return None
    data = {"uri": draft.uri, "version": draft.version}
    return types.CodeAction(title="Make all safe fixes", kind=FIX_ALL, data=data)


def fix_all(draft: Draft) -> types.WorkspaceEdit:
    """The edit that makes all safe fixes, round by round until none is left. Raises Unreadable."""
    checked = draft.checked
    done = fix_letter(checked.content, checked.name, checked.plan.active_rules, encoding="utf-8")
    return draft.change(find_edits(checked.content.decode("utf-8"), done.content.decode("utf-8")))


def find_edits(old: str, new: str) -> Sequence[Edit]:
    """The edits that make one text of another, each as small as can be."""
    steps = Indel.opcodes(old, new)
    merged: list[Edit] = []
    for step in steps:
        if step.tag == "equal":
            continue
        text = new[step.dest_start : step.dest_end]
        if merged and merged[-1].span.end == step.src_start:
            before = merged.pop()
            merged.append(Edit(Span(before.span.start, step.src_end), before.text + text))
        else:
            merged.append(Edit(Span(step.src_start, step.src_end), text))
    return merged
