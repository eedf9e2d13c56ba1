"""The language server, as editors use it: a process that is told of every change."""

from __future__ import annotations

import asyncio
import re
import shutil
import time
import tomllib
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from editor_client import EVERYTHING, Editor, apply_edits, start_editor
from lsprotocol import types
from lsprotocol.types import DiagnosticSeverity, DiagnosticTag, PositionEncodingKind
from pytest_lsp import client_capabilities
from running import CLEAN, SLIPS, run

from imrlint.document.text import Span
from imrlint.lsp.actions import FIX_ALL, find_edits
from imrlint.lsp.house import EditorSettings, read_editor_settings
from imrlint.lsp.lines import Lines
from imrlint.settings.config import ConfigError

pytestmark = pytest.mark.slow  # each starts a server, a browser or a shell

TEXT = SLIPS.read_text(encoding="utf-8")
RIGHT = re.sub("zolpidem", "tizanidine", TEXT, flags=re.IGNORECASE)  # the drug in dispute
WHOLE = types.Range(types.Position(0, 0), types.Position(10_000, 0))
ROCKET = "\N{ROCKET}"  # two units of UTF-16


Steps = Callable[[Editor], Coroutine[Any, Any, None]]
Take = Callable[[Steps], None]


def in_editor(folder: Path, steps: Steps, **how: Any) -> None:
    """Take some steps in an editor of their own."""

    async def take() -> None:
        async with start_editor(folder, **how) as editor:
            await steps(editor)

    asyncio.run(take())


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Take]:
    """Takes steps in an ordinary editor, which all tests of a process share: it takes long to start."""
    with asyncio.Runner() as runner:
        opened = start_editor(tmp_path_factory.getbasetemp())
        editor = runner.run(opened.__aenter__())

        def take(steps: Steps) -> None:
            runner.run(editor.close_all())
            runner.run(steps(editor))

        yield take
        runner.run(opened.__aexit__(None, None, None))


def abilities(group: str, **more: Any) -> dict[str, Any]:
    """The abilities of an editor with some more of a group."""
    cls = type(EVERYTHING[group])
    known = {name: getattr(EVERYTHING[group], name) for name in cls.__annotations__}
    return {group: cls(**{**known, **more})}


def test_a_letter_is_checked_as_it_is_opened_and_typed(tmp_path: Path, ordinary: Take) -> None:
    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", TEXT)
        found = {each.code: each for each in await editor.diagnostics(uri)}
        assert all(each.source == "imrlint" for each in found.values())
        date = found["ur-date-mismatch"]
        assert date.severity is DiagnosticSeverity.Error
        assert date.range == types.Range(types.Position(44, 0), types.Position(44, 7))
        (cover,) = date.related_information or ()
        assert cover.message == "the UR denial date on the cover"
        assert cover.location.uri == uri
        assert cover.location.range == types.Range(types.Position(2, 75), types.Position(2, 85))
        assert found["misspelling"].severity is DiagnosticSeverity.Warning
        assert found["guideline-mismatch"].severity is DiagnosticSeverity.Information

        editor.change(uri, TEXT.replace("1-30-17, Util", "2-9-17, Util").replace("radiculopthy", "the the"))
        again = {each.code: each for each in await editor.diagnostics(uri)}
        assert "ur-date-mismatch" not in again
        assert again["doubled-word"].tags == (DiagnosticTag.Unnecessary,)
        assert not editor.messages

        editor.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
        await editor.wait(lambda: not editor.published[-1].diagnostics)

    ordinary(steps)


def test_an_editor_that_knows_no_related_places_has_them_in_the_message(tmp_path: Path) -> None:
    async def steps(editor: Editor) -> None:
        date = await editor.find(editor.open(tmp_path / "letter.txt", TEXT), "ur-date-mismatch")
        assert date.message.endswith("\nline 3: the UR denial date on the cover")
        assert date.related_information is None

    in_editor(tmp_path, steps, **abilities("text_document", publish_diagnostics=None))


def test_a_fix_is_made_at_its_place_whatever_stands_before_it(tmp_path: Path, ordinary: Take) -> None:
    text = TEXT.replace("low back pain, left L5", f"low {ROCKET}{ROCKET} pain\f left L5")
    right = text.replace("radiculopthy", "radiculopathy")

    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", text)
        place = (await editor.find(uri, "misspelling")).range
        fixes = [each for each in await editor.actions(uri, place, "quickfix") if each.edit]
        assert [each.title for each in fixes] == ["Write radiculopathy"]
        assert fixes[0].is_preferred
        assert editor.apply(fixes[0].edit, uri) == right

    ordinary(steps)


def test_a_fix_in_markdown_leaves_the_markup(tmp_path: Path, ordinary: Take) -> None:
    text = TEXT.replace("radiculopthy", f"**{ROCKET}** *radiculopthy*")

    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.md", text, "markdown")
        found = await editor.find(uri, "misspelling")
        (fix,) = (each for each in await editor.actions(uri, found.range, "quickfix") if each.edit)
        assert editor.apply(fix.edit, uri) == text.replace("radiculopthy", "radiculopathy")

    ordinary(steps)


@pytest.mark.parametrize(
    ("encoding", "before"), [(PositionEncodingKind.Utf8, 4), (PositionEncodingKind.Utf16, 2), (None, 2)]
)
def test_columns_are_in_the_encoding_agreed_upon(
    tmp_path: Path, encoding: PositionEncodingKind | None, before: int
) -> None:
    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", TEXT.replace("left L5", ROCKET + "left L5"))
        assert (await editor.find(uri, "misspelling")).range.start == types.Position(26, 23 + before)

    general = types.GeneralClientCapabilities(position_encodings=[encoding] if encoding else None)
    in_editor(tmp_path, steps, general=general)


@pytest.mark.parametrize("resolves", [True, False])
def test_all_safe_fixes_are_made_at_once(tmp_path: Path, resolves: bool) -> None:
    text = TEXT.replace("pain in the left knee fell", "pain in in the left  knee  fell").replace("Norco", ROCKET)
    (tmp_path / "letter.txt").write_text(text, encoding="utf-8")

    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", text)
        (action,) = await editor.actions(uri, WHOLE, "source.fixAll")
        assert action.kind == FIX_ALL
        if resolves:
            assert action.edit is None
            action = await editor.client.code_action_resolve_async(action)
        run("check", "--fix", "letter.txt", cwd=tmp_path)
        assert editor.apply(action.edit, uri) == (tmp_path / "letter.txt").read_text(encoding="utf-8") != text
        editor.change(uri, editor.apply(action.edit, uri))
        assert not await editor.actions(uri, WHOLE, FIX_ALL)

    support = types.ClientCodeActionResolveOptions(["edit"]) if resolves else None
    in_editor(
        tmp_path,
        steps,
        **abilities("text_document", code_action=types.CodeActionClientCapabilities(resolve_support=support)),
    )


def test_no_fix_is_offered_that_would_change_what_the_letter_says(tmp_path: Path, ordinary: Take) -> None:
    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", TEXT)
        found = await editor.diagnostics(uri)
        for each in found:
            for action in await editor.actions(uri, each.range):
                if action.edit:
                    changed = editor.apply(action.edit, uri)
                    for fact in ("06/14/2016", "02/09/2017", "#30", "10/325mg", "Overturned", "Upheld"):
                        assert changed.count(fact) == TEXT.count(fact)

    ordinary(steps)


def test_hovering_shows_the_finding_and_the_page_of_its_rule(tmp_path: Path, ordinary: Take) -> None:
    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", TEXT)
        here = types.TextDocumentIdentifier(uri)
        hover = await editor.client.text_document_hover_async(types.HoverParams(here, types.Position(44, 3)))
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        assert hover.contents.kind is types.MarkupKind.Markdown
        lines = hover.contents.value.splitlines()
        assert lines[0] == '**error**: the utilization review is dated "1-30-17" here, "02/09/2017" on the cover'
        assert lines[1] == "- line 3: the UR denial date on the cover"
        assert "# ur-date-mismatch" in lines
        assert hover.range == types.Range(types.Position(44, 0), types.Position(44, 7))
        nothing = await editor.client.text_document_hover_async(types.HoverParams(here, types.Position(44, 20)))
        assert nothing is None

    ordinary(steps)


def test_a_rule_is_explained_on_a_page_that_is_not_checked_itself(tmp_path: Path) -> None:
    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", TEXT)
        place = (await editor.find(uri, "wrong-drug")).range
        (explain,) = (
            each for each in await editor.actions(uri, place, "quickfix") if each.title == "Explain wrong-drug"
        )
        page = run("explain", "wrong-drug").stdout
        assert await editor.do(explain) == page
        (shown,) = editor.client.shown_documents
        path = Path(shown.uri.removeprefix("file://"))
        assert path.read_text(encoding="utf-8") == page
        editor.open(shown.uri, page, "markdown")
        editor.change(uri, TEXT + "\n")
        await editor.diagnostics(uri)
        assert {each.uri for each in editor.published} == {uri}
        await editor.end()
        assert not path.exists()

    in_editor(tmp_path, steps)


def test_an_editor_that_shows_no_pages_shows_a_message_on_the_rule(tmp_path: Path) -> None:
    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", TEXT)
        place = (await editor.find(uri, "wrong-drug")).range
        actions = await editor.actions(uri, place, "quickfix")
        await editor.do(next(each for each in actions if each.title == "Explain wrong-drug"))
        await editor.wait(lambda: editor.messages)
        (message,) = editor.messages
        assert message.startswith("wrong-drug: The rationale argues about a drug that is not in dispute.")
        assert "```" not in message
        assert not editor.client.shown_documents

    in_editor(tmp_path, steps, window=None)


def test_a_finding_is_waived(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()

    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "drafts" / "letter.txt", TEXT)
        for rule, reason in (("wrong-drug", []), ("misspelt-drug", ["as the clinic writes it"])):
            place = (await editor.find(uri, rule)).range
            (waive,) = (each for each in await editor.actions(uri, place, "quickfix") if each.title.startswith("Waive"))
            assert waive.command
            waive.command.arguments = [*(waive.command.arguments or ()), *reason]
            editor.published.clear()
            await editor.do(waive)
            assert rule not in {each.code for each in await editor.diagnostics(uri)}
        await editor.wait(lambda: len(editor.messages) == 2)
        assert editor.messages[0] == f"imrlint: written to {tmp_path / 'imrlint-waivers.toml'}"

    in_editor(tmp_path, steps, options={"reader": False, "by": "J. Doe"})
    one, other = tomllib.loads((tmp_path / "imrlint-waivers.toml").read_text(encoding="utf-8"))["waiver"]
    assert (one["rule"], one["letter"]) == ("wrong-drug", "drafts/letter.txt")
    assert (one["reason"], one["by"]) == ("waived in the editor", "J. Doe")
    assert other["reason"] == "as the clinic writes it"
    shutil.copy(SLIPS, tmp_path / "drafts" / "letter.txt")
    assert "wrong-drug" not in run("check", ".", cwd=tmp_path).stdout


def test_what_may_not_be_waived_is_not_offered(tmp_path: Path, ordinary: Take) -> None:
    (tmp_path / "imrlint.toml").write_text('never-waive = ["wrong-drug"]\n', encoding="utf-8")

    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", TEXT)
        drug = await editor.find(uri, "wrong-drug")
        assert not [each for each in await editor.actions(uri, drug.range) if each.title.startswith("Waive")]
        assert isinstance(drug.data, dict)
        params = types.ExecuteCommandParams("imrlint.waive", [uri, drug.data["fingerprint"]])
        await editor.client.workspace_execute_command_async(params)
        await editor.wait(lambda: editor.messages)
        assert editor.messages == ["imrlint: the settings forbid waiving findings of the rule wrong-drug"]
        assert not (tmp_path / "imrlint-waivers.toml").exists()

    ordinary(steps)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (
            "imrlint.toml",
            None,
            '# Settings of imrlint; `imrlint config` shows which apply.\nwords = ["diclofanec"]\n',
        ),
        (
            "imrlint.toml",
            '# house\nfail-on = "error" # strict\n\n[rules.article]\nseverity = "off"\n',
            '# house\nfail-on = "error" # strict\nwords = ["diclofanec"]\n\n[rules.article]\nseverity = "off"\n',
        ),
        (
            "pyproject.toml",
            '[tool.imrlint]\nwords = [\n  "Accuflexx", # a device\n]\n',
            '[tool.imrlint]\nwords = [\n  "Accuflexx", # a device\n  "diclofanec",\n]\n',
        ),
        ("imrlint.toml", 'words = "house.words"\n', 'words = "house.words"\n'),
    ],
)
def test_a_word_is_added_to_the_settings(tmp_path: Path, name: str, before: str | None, after: str) -> None:
    if before is not None:
        (tmp_path / name).write_text(before, encoding="utf-8")
    (tmp_path / "house.words").write_text("Accuflexx # a device", encoding="utf-8")

    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", TEXT)
        drug = await editor.find(uri, "misspelt-drug")
        (add,) = (each for each in await editor.actions(uri, drug.range) if "in this house" in each.title)
        assert add.title == '"diclofanec" is right in this house'
        editor.published.clear()
        await editor.do(add)
        assert "misspelt-drug" not in {each.code for each in await editor.diagnostics(uri)}

    in_editor(tmp_path, steps)
    assert (tmp_path / name).read_text(encoding="utf-8") == after
    words = (tmp_path / "house.words").read_text(encoding="utf-8")
    assert words == ("Accuflexx # a device\ndiclofanec\n" if "house.words" in after else "Accuflexx # a device")


def test_a_letter_without_findings_that_concern_words_offers_none(tmp_path: Path, ordinary: Take) -> None:
    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", TEXT)
        date = await editor.find(uri, "ur-date-mismatch")
        titles = [each.title for each in await editor.actions(uri, date.range, "quickfix")]
        assert titles == ["Waive this finding of ur-date-mismatch", "Explain ur-date-mismatch"]

    ordinary(steps)


def test_diagnostics_are_pulled_where_the_editor_can_be_told_to_ask_again(tmp_path: Path) -> None:
    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", TEXT)
        here = types.TextDocumentIdentifier(uri)
        pull = editor.client.text_document_diagnostic_async
        first = await pull(types.DocumentDiagnosticParams(here))
        assert isinstance(first, types.RelatedFullDocumentDiagnosticReport)
        assert "wrong-drug" in {each.code for each in first.items}
        same = await pull(types.DocumentDiagnosticParams(here, previous_result_id=first.result_id))
        assert isinstance(same, types.RelatedUnchangedDocumentDiagnosticReport)
        editor.change(uri, RIGHT)
        third = await pull(types.DocumentDiagnosticParams(here, previous_result_id=first.result_id))
        assert isinstance(third, types.RelatedFullDocumentDiagnosticReport)
        assert "wrong-drug" not in {each.code for each in third.items}
        await editor.wait(lambda: editor.client.diagnostic_refresh_count)
        assert not editor.published  # or an editor would show each finding twice

    able = {
        **abilities("text_document", diagnostic=types.DiagnosticClientCapabilities()),
        **abilities("workspace", diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)),
    }
    in_editor(tmp_path, steps, **able)


def test_settings_that_change_apply_to_all_open_letters(tmp_path: Path) -> None:
    house = tmp_path / "imrlint.toml"

    async def steps(editor: Editor) -> None:
        await editor.wait(lambda: editor.registered)
        assert editor.registered[0].method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        letters = [editor.open(tmp_path / name, TEXT) for name in ("a.txt", "b.txt")]
        for uri in letters:
            await editor.find(uri, "wrong-drug")
        editor.published.clear()
        house.write_text('ignore = ["wrong-drug"]\n', encoding="utf-8")
        event = types.FileEvent(house.as_uri(), types.FileChangeType.Created)
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        for uri in letters:
            assert "wrong-drug" not in {each.code for each in await editor.diagnostics(uri)}

        editor.published.clear()
        house.write_text("ignore = 3\n", encoding="utf-8")
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        for uri in letters:
            assert not await editor.diagnostics(uri)
        assert len(editor.messages) == 1  # for two letters
        assert str(house) in editor.messages[0]

    watching = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
    in_editor(tmp_path, steps, **abilities("workspace", did_change_watched_files=watching))


def test_the_profile_is_a_setting_of_the_editor(tmp_path: Path) -> None:
    (tmp_path / "imrlint.toml").write_text('[profiles.ours]\nignore = ["wrong-drug"]\n', encoding="utf-8")

    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", TEXT)
        await editor.wait(lambda: (now := editor.latest(uri)) and not has_drug(now))
        editor.client.set_configuration({"profile": None, "reader": False}, section="imrlint")
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({}))
        await editor.wait(lambda: (now := editor.latest(uri)) and has_drug(now))
        editor.client.set_configuration({"profile": "oors"}, section="imrlint")
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({}))
        await editor.wait(lambda: editor.messages)
        assert 'no profile is called "oors"' in editor.messages[0]

    def has_drug(found: types.PublishDiagnosticsParams) -> bool:
        return "wrong-drug" in {each.code for each in found.diagnostics}

    in_editor(
        tmp_path,
        steps,
        settings={"imrlint": {"profile": "ours"}},
        **abilities("workspace", configuration=True),
    )


def test_findings_of_rules_come_first_and_those_of_the_reader_after(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")

    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", TEXT)
        await editor.wait(lambda: len(editor.published) == 2)
        first, second = ({each.code for each in found.diagnostics} for found in editor.published)
        assert "wrong-drug" in first
        assert "missing-word" not in first
        assert second == first | {"missing-word"}
        (lumber,) = (each for each in editor.published[1].diagnostics if each.code == "missing-word")
        assert not [each for each in await editor.actions(uri, lumber.range) if "and" in each.title]

    in_editor(tmp_path, steps, options={})


def test_a_rule_that_fails_is_reported_once(tmp_path: Path, ordinary: Take) -> None:
    rule = tmp_path / "our-rules" / "wording" / "always_fails.py"
    rule.parent.mkdir(parents=True)
    rule.write_text(
        '"""A rule for tests."""\n'
        "from imrlint.rulekit import *\n\n\n"
        "class AlwaysFails(Rule):\n"
        '    """It fails."""\n\n'
        '    code = "HSE001"\n    category = Category.STYLE\n    importance = Importance.LOW\n\n'
        "    def check(self, letter, reading):\n"
        '        print("what a rule prints does no harm")\n'
        '        raise ValueError("radiculopthy")\n'
        "        yield\n",
        encoding="utf-8",
    )
    (tmp_path / "imrlint.toml").write_text('rule-paths = ["our-rules"]\n', encoding="utf-8")

    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", TEXT)
        await editor.find(uri, "wrong-drug")
        editor.change(uri, TEXT + "\n")
        await editor.find(uri, "wrong-drug")
        (message,) = editor.messages
        assert message.startswith("the rule always-fails failed (ValueError in always_fails.py")
        assert "radiculopthy" not in message

    ordinary(steps)


def test_texts_that_are_no_letters_give_no_alarm(tmp_path: Path, ordinary: Take) -> None:
    async def steps(editor: Editor) -> None:
        editor.open(tmp_path / "README.md", "# Letters\n\nHere they are.\n", "markdown")
        editor.open(tmp_path / "imrlint.toml", "words = []\n")
        notes = editor.open(tmp_path / "notes.txt", "Buy milk, and call the the office.\n")
        found = await editor.diagnostics(notes)
        assert {each.severity for each in found} == {DiagnosticSeverity.Hint}
        empty = editor.open(tmp_path / "new.txt", "")
        assert not await editor.diagnostics(empty)
        untitled = editor.open("untitled:Untitled-1", TEXT)
        assert await editor.find(untitled, "wrong-drug")
        assert {each.uri for each in editor.published} == {notes, empty, untitled}
        assert not editor.messages
        rich = editor.open(tmp_path / "letter.rtf", "{\\rtf1 A letter.}")
        assert not await editor.diagnostics(rich)
        editor.change(rich, "{\\rtf1 Another letter.}")
        assert not await editor.diagnostics(rich)
        assert editor.messages == [
            f"imrlint: {tmp_path / 'letter.rtf'}: an RTF file cannot be checked in an editor; use imrlint check"
        ]

    ordinary(steps)


def test_names_are_masked_in_what_an_editor_may_keep(tmp_path: Path, ordinary: Take) -> None:
    text = TEXT.replace("The worker, a bus driver,", "Mr. Zbigniew Worthington, a bus driver,")

    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", text)
        found = await editor.diagnostics(uri)
        assert any(
            each.code in ("patient-name", "named-person", "person-name") or "name" in each.message for each in found
        )
        assert not any("Worthington" in each.message for each in found)

    ordinary(steps)


def test_only_the_last_of_many_changes_is_shown(tmp_path: Path, ordinary: Take) -> None:
    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", TEXT)
        await editor.diagnostics(uri)
        editor.published.clear()
        for number in range(1, 30):
            editor.change(uri, TEXT[:-number])
        editor.change(uri, RIGHT)
        assert "wrong-drug" not in {each.code for each in await editor.diagnostics(uri)}
        assert len(editor.published) <= 2

    ordinary(steps)


def test_the_server_does_not_grow_with_what_is_typed(tmp_path: Path, ordinary: Take) -> None:
    def memory(process: int) -> int:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
        return int(status.split("VmRSS:")[1].split()[0])

    if not Path("/proc/self/status").exists():
        pytest.skip("memory is read from /proc")

    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", TEXT)
        server = editor.client._server
        assert server is not None
        used = []
        for number in range(300):
            editor.change(uri, f"{TEXT}\n{number}\n")
            here = types.TextDocumentIdentifier(uri)
            await editor.client.text_document_hover_async(types.HoverParams(here, types.Position(44, 3)))
            used.append(memory(server.pid))
        assert used[-1] < used[100] * 1.1

    ordinary(steps)


def test_the_server_ends_when_it_is_told_to(tmp_path: Path) -> None:
    async def take() -> None:
        async with start_editor(tmp_path) as editor:
            editor.open(tmp_path / "letter.txt", TEXT)
            began = time.monotonic()
            assert await editor.end() == 0
            assert time.monotonic() - began < 10

    asyncio.run(take())


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pygls.uris", None)
    for name in [name for name in __import__("sys").modules if name.startswith("imrlint.lsp")]:
        monkeypatch.delitem(__import__("sys").modules, name)
    done = run("lsp")
    assert (done.returncode, done.stderr) == (
        2,
        'imrlint: for editors, install the missing extra: pip install "imrlint[lsp]"\n',
    )


@pytest.mark.parametrize("encoding", list(PositionEncodingKind))
@pytest.mark.parametrize(
    "text", ["", "a", "a\r\nb\rc\n", f"x{ROCKET}y\n\fé\u2028z\n{ROCKET}", "\ud800 half of a pair\nand more"]
)
def test_every_place_in_a_text_is_found_again(encoding: PositionEncodingKind, text: str) -> None:
    lines = Lines(text, encoding)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] != "\r\n":  # no place is within a line end
            assert lines.offset(lines.position(offset)) == offset
    beyond = types.Range(types.Position(0, 999), types.Position(999, 0))
    assert lines.span(beyond) == Span(
        len(text.splitlines()[0]) if text.isascii() and text else lines.span(beyond).start, len(text)
    )


def test_edits_make_one_text_of_another() -> None:
    new = CLEAN.read_text(encoding="utf-8")
    for old, wanted in ((TEXT, new), (f"{ROCKET}ab\ncd", f"{ROCKET}b\nc{ROCKET}d"), ("", "x"), ("x", "")):
        lines = Lines(old)
        edits = [types.TextEdit(lines.range(each.span), each.text) for each in find_edits(old, wanted)]
        assert apply_edits(old, edits) == wanted


def test_settings_of_an_editor_are_checked() -> None:
    assert read_editor_settings({"profile": "", "reader": False, "path": "imrlint"}) == EditorSettings(reader=False)
    assert read_editor_settings(None) == EditorSettings()
    for wrong, why in (
        ({"profil": "draft"}, 'unknown key "profil"; did you mean "profile"?'),
        ({"reader": "yes"}, "reader must be true or false"),
        (["draft"], "must be a table"),
    ):
        with pytest.raises(ConfigError, match=why.replace("?", r"\?")):
            read_editor_settings(wrong)


@pytest.mark.parametrize("name", ["visual-studio-code", "neovim", "emacs"])
def test_editors_as_they_are_get_findings_and_actions(tmp_path: Path, name: str) -> None:
    able = client_capabilities(name)

    async def steps(editor: Editor) -> None:
        uri = editor.open(tmp_path / "letter.txt", TEXT)
        here = types.TextDocumentIdentifier(uri)
        if able.text_document and able.text_document.diagnostic and able.workspace and able.workspace.diagnostics:
            pulled = await editor.client.text_document_diagnostic_async(types.DocumentDiagnosticParams(here))
            assert isinstance(pulled, types.RelatedFullDocumentDiagnosticReport)
            found = pulled.items
        else:
            found = await editor.diagnostics(uri)
        drug = next(each for each in found if each.code == "misspelt-drug")
        titles = [each.title for each in await editor.actions(uri, drug.range)]
        assert titles[:2] == ["Write diclofenac", '"diclofanec" is right in this house']

    parts = {part: getattr(able, part) for part in ("text_document", "workspace", "window", "general")}
    in_editor(tmp_path, steps, settings={"imrlint": {}}, **parts)
