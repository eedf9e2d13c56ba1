"""The page of the desk in Chromium: every step that a person takes, by mouse and by keyboard."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typeset
from axe_playwright_python.sync_playwright import Axe
from browsing import open_browser
from playwright.sync_api import Browser, Locator, Page, Route, ViewportSize, expect
from running import CLEAN, SLIPS
from test_desk_server import IMPATIENT, Address, open_desk

pytestmark = pytest.mark.slow  # each starts a server, a browser or a shell

TEXT = SLIPS.read_text(encoding="utf-8")
WIDE, NARROW = ViewportSize(width=1400, height=900), ViewportSize(width=380, height=800)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as started:
        yield started


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The folder in which the desk is opened."""
    return tmp_path


@pytest.fixture
def desk(house: Path) -> Iterator[Address]:
    with open_desk(house) as address:
        yield address


@pytest.fixture
def page(browser: Browser, desk: Address) -> Iterator[Page]:
    """The page, open. It may say nothing on the console, and ask nobody else for anything."""
    page = browser.new_page(viewport=WIDE)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(desk.url)
    expect(page.locator("html[data-ready]")).to_be_attached()
    yield page
    assert said == []
    own = (f"http://127.0.0.1:{desk.port}/", f"blob:http://127.0.0.1:{desk.port}/")
    assert [url for url in asked if not url.startswith(own)] == []
    page.close()


def drop(page: Page, *files: tuple[str, bytes | str]) -> None:
    """Choose files, as the dialog of the browser does, and wait until all are checked."""
    chosen: Any = [
        {"name": name, "mimeType": "", "buffer": each.encode() if isinstance(each, str) else each}
        for name, each in files
    ]
    before = page.locator("#letters li").count()
    page.locator("#files").set_input_files(chosen)
    expect(page.locator("#letters .away")).to_have_count(before + len(files))  # the others are still waiting
    expect(page.locator("#bar")).to_be_hidden()


def finding(page: Page, words: str) -> Locator:
    return page.locator("#found li.finding", has_text=words)


def save(page: Page, button: str) -> tuple[str, bytes]:
    """Name and content of the file that a button saves."""
    with page.expect_download() as started:
        page.get_by_role("button", name=button, exact=True).click()
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


def document(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode()


# ---- A Word draft, from the drop to what is taken away


def test_a_word_draft_is_dropped_fixed_and_saved(page: Page) -> None:
    dropped = page.evaluate_handle(
        """bytes => {
            const held = new DataTransfer();
            held.items.add(new File([new Uint8Array(bytes)], "draft.docx"));
            return held;
        }""",
        list(typeset.word(TEXT)),
    )
    page.dispatch_event("body", "dragenter", {"dataTransfer": dropped})
    expect(page.locator("#drop")).to_be_visible()
    page.dispatch_event("body", "drop", {"dataTransfer": dropped})
    expect(page.locator("#drop")).to_be_hidden()
    expect(page.locator("#letter-name")).to_have_text("draft.docx")
    expect(page.locator("#found h3").first).to_have_text(re.compile("High importance"))

    date = finding(page, "the utilization review is dated")
    date.locator("button.place").first.click()
    expect(page.locator("#editor .mark-current")).to_have_text("1-30-17")
    expect(date).to_have_attribute("aria-current", "true")
    date.locator("button.place", has_text="02/09/2017").click()
    expect(page.locator("#editor .mark-other")).to_have_text("02/09/2017")

    page.locator("#editor .cm-content").click()
    page.keyboard.type("x")
    expect(page.locator("#said")).to_contain_text("The Word file cannot be written in here")
    spelling = finding(page, "radiculopathy")
    spelling.get_by_role("button", name="Fix: write radiculopathy").click()
    expect(spelling).to_have_count(0)
    expect(page.locator("#said")).to_have_text("Fixed")
    expect(page.locator("#editor .mark-current")).to_be_in_viewport()  # what has changed is shown
    page.get_by_role("button", name="Undo: write radiculopathy").click()
    expect(spelling).to_have_count(1)
    spelling.get_by_role("button", name="Fix: write radiculopathy").click()
    expect(spelling).to_have_count(0)

    name, content = save(page, "Save with tracked changes")
    assert name == "draft-tracked.docx"
    assert "<w:ins " in document(content)
    name, content = save(page, "Save with tracked changes and comments")
    assert name == "draft-reviewed-tracked.docx"
    assert "<w:ins " in document(content)
    assert "commentReference" in document(content)
    name, content = save(page, "Save fixed letter")
    assert name == "draft-fixed.docx"
    assert "radiculopathy" in document(content)
    assert "radiculopthy" not in document(content)
    name, content = save(page, "Save fixed letter with comments")
    assert name == "draft-reviewed.docx"
    assert "word/comments.xml" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    name, content = save(page, "Save report")
    assert name == "draft-report.html"
    assert b"the utilization review is dated" in content


def test_the_explanation_of_a_rule(page: Page) -> None:
    drop(page, ("letter.txt", TEXT))
    finding(page, "the utilization review is dated").get_by_role("button", name="Explain").click()
    expect(page.get_by_role("heading", name="ur-date-mismatch")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#rule")).to_be_hidden()
    expect(page.locator(":focus")).to_have_attribute("aria-label", "Explain the rule ur-date-mismatch")


def test_a_finding_is_waived_with_a_reason(page: Page, house: Path) -> None:
    drop(page, ("letter.txt", TEXT))
    date = finding(page, "the utilization review is dated")
    date.get_by_role("button", name="Waive…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Cancel").click()
    expect(date).to_have_count(1)
    date.get_by_role("button", name="Waive…").click()
    dialog.get_by_role("button", name="Waive", exact=True).click()
    expect(dialog).to_be_visible()  # it wants a reason
    dialog.get_by_label("Why is the letter right as it is?").fill("dictated so")
    dialog.get_by_label("Your name").fill("J. Doe")
    page.keyboard.press("Enter")
    expect(date).to_have_count(0)
    page.get_by_text("1 accepted").click()
    expect(page.locator("#found details")).to_contain_text("Accepted: dictated so (J. Doe)")
    assert 'reason = "dictated so"' in (house / "imrlint-waivers.toml").read_text(encoding="utf-8")
    page.get_by_role("button", name="Take the waiver back").click()
    expect(date).to_have_count(1)
    assert "dictated so" not in (house / "imrlint-waivers.toml").read_text(encoding="utf-8")


def test_a_word_is_right_in_this_house(page: Page, house: Path) -> None:
    drop(page, ("draft.docx", typeset.word(TEXT)))
    finding(page, "radiculopathy").get_by_role("button", name="“radiculopthy” is right").click()
    expect(finding(page, "radiculopathy")).to_have_count(0)
    expect(page.locator("#said")).to_contain_text("imrlint.toml")
    assert "radiculopthy" in (house / "imrlint.toml").read_text(encoding="utf-8")
    page.get_by_role("button", name="Take it back").click()
    expect(finding(page, "radiculopathy")).to_have_count(1)
    assert "radiculopthy" not in (house / "imrlint.toml").read_text(encoding="utf-8")


# ---- A text, which is written in


def test_a_text_is_checked_as_it_is_written(page: Page) -> None:
    drop(page, ("letter.txt", CLEAN.read_text(encoding="utf-8").replace("the patient", "the \U0001f3e5 patient", 1)))
    expect(page.locator("#summary")).to_have_text("nothing found")
    page.locator("#editor .cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+End")
    page.keyboard.type(" There is no radiculopthy.")
    spelling = finding(page, "radiculopathy")
    expect(spelling).to_have_count(1)
    expect(page.locator("#editor .mark-warning", has_text="radiculopthy")).to_be_visible()
    spelling.get_by_role("button", name="Fix: write radiculopathy").click()
    expect(page.locator("#editor")).to_contain_text("no radiculopathy.")
    expect(spelling).to_have_count(0)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator("#editor")).to_contain_text("no radiculopthy.")
    expect(spelling).to_have_count(1)
    name, content = save(page, "Save fixed letter")
    assert name == "letter-fixed.txt"
    assert content.decode().endswith("There is no radiculopthy.")


def test_text_is_pasted(page: Page) -> None:
    page.get_by_role("button", name="Paste text…").click()
    page.get_by_role("dialog").get_by_label("Text").fill(TEXT)
    page.get_by_role("button", name="Check it").click()
    expect(page.locator("#letter-name")).to_have_text("pasted letter.txt")
    expect(finding(page, "the utilization review is dated")).to_be_visible()


def test_what_comes_later_is_shown_too(page: Page) -> None:
    drop(page, ("first.txt", TEXT))
    drop(page, ("bad.docx", b"PK\x03\x04"), ("second.docx", typeset.word(TEXT)), ("third.txt", TEXT))
    expect(page.locator("#letter-name")).to_have_text("second.docx")
    page.get_by_role("button", name="Paste text…").click()
    page.get_by_role("dialog").get_by_label("Text").fill(TEXT)
    page.get_by_role("button", name="Check it").click()
    expect(page.locator("#letter-name")).to_have_text("pasted letter.txt")


def test_a_letter_with_unsaved_changes_is_not_lost(page: Page) -> None:
    drop(page, ("letter.txt", TEXT))
    page.locator("#editor .cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Added.")
    away = page.get_by_role("button", name="Take letter.txt away")
    away.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("What was changed in letter.txt has not been saved")
    dialog.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Close the desk").click()
    expect(dialog).to_contain_text("Changed, and not saved yet: letter.txt")
    dialog.get_by_role("button", name="Go on").click()
    assert save(page, "Save fixed letter")[1].decode().endswith(" Added.")
    away.click()
    expect(page.locator("#start")).to_be_visible()


def test_what_was_written_is_kept_when_another_letter_is_opened(page: Page) -> None:
    clean = CLEAN.read_text(encoding="utf-8")
    drop(page, ("one.txt", clean), ("two.txt", TEXT))
    page.get_by_role("button", name="one.txt").first.click()
    page.locator("#editor .cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("Added.")
    page.get_by_role("button", name="two.txt").first.click()
    expect(page.locator("#letter-name")).to_have_text("two.txt")
    page.get_by_role("button", name="one.txt").first.click()
    expect(page.locator("#letter-name")).to_have_text("one.txt")
    assert save(page, "Save fixed letter")[1].decode() == clean + "Added."
    page.reload()
    expect(page.locator("#letters li")).to_have_count(2)  # the key is kept in this tab


# ---- Several letters


def test_several_letters_are_a_queue(page: Page) -> None:
    drop(page, ("bad.docx", b"PK\x03\x04"), ("letter.txt", TEXT), ("clean.txt", CLEAN.read_text(encoding="utf-8")))
    expect(page.locator("#progress")).to_have_text("3 letters: 1 with errors, 1 not read")
    expect(page.locator("#letters li.refused")).to_contain_text("not read: a damaged Word or other zipped file")
    expect(page.locator("#letters li.clean")).to_contain_text("nothing found")
    name, content = save(page, "Report on all letters")
    assert name == "report.html"
    assert b"letter.txt" in content
    page.get_by_role("button", name="Take letter.txt away").click()
    expect(page.locator("#letters li")).to_have_count(2)
    expect(page.locator("#letter-name")).to_have_text("clean.txt")
    for _ in range(2):
        page.get_by_role("button", name=re.compile("^Take ")).first.click()
    expect(page.locator("#start")).to_be_visible()


def test_the_trained_reader_reads_all_letters(browser: Browser, house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("onnxruntime")
    monkeypatch.setenv("IMRLINT_READER", "on")
    clean = CLEAN.read_text(encoding="utf-8")
    slip = clean.replace("the patient", "thus patient", 1)
    with open_desk(house) as address:
        page = browser.new_page(viewport=WIDE)
        page.goto(address.url)
        drop(page, ("one.txt", slip), ("two.txt", slip))
        entries = page.locator("#letters .entry .aside")
        for number in range(2):
            expect(entries.nth(number)).not_to_contain_text("so far", timeout=20_000)
            expect(entries.nth(number)).to_contain_text(re.compile(r"[1-9] (?:warning|note)"))
        page.close()


def test_a_folder_is_dropped(page: Page) -> None:
    page.evaluate(
        """text => {
            const file = name => ({ isFile: true, name, file: take => take(new File([text], name)) });
            const reader = held => ({ readEntries: take => take(held.splice(0, 1)) });
            const folder = (...held) => ({ isDirectory: true, createReader: () => reader(held) });
            const entry = folder(file("a.txt"), file("~$a.docx"), file("picture.png"), folder(file("b.TXT")));
            const drop = new Event("drop", { bubbles: true, cancelable: true });
            drop.dataTransfer = { types: ["Files"], items: [{ webkitGetAsEntry: () => entry }], files: [] };
            document.body.dispatchEvent(drop);
        }""",
        TEXT,
    )
    expect(page.locator("#letters .name")).to_have_text(["a.txt", "b.TXT"])


def test_names_and_words_are_no_markup(page: Page) -> None:
    drop(page, ("<b>bold<b>.txt", TEXT.replace("radiculopthy", "<img src=x> radiculopthy")))
    expect(page.locator("#letter-name")).to_have_text("_b_bold_b_.txt")
    assert page.locator("main img").count() == 0


# ---- Everybody can use it


def test_the_keyboard_is_enough(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#choose")).to_be_focused()
    drop(page, ("draft.docx", typeset.word(TEXT)))
    page.keyboard.press("F8")
    expect(page.locator("#editor .mark-current")).to_have_count(1)
    first = page.locator("#editor .mark-current").inner_text()
    page.keyboard.press("F8")
    expect(page.locator("#editor .mark-current")).not_to_have_text(first)
    page.keyboard.press("Shift+F8")
    expect(page.locator("#editor .mark-current")).to_have_text(first)
    safe = page.get_by_role("button", name=re.compile("^Fix: ")).first
    safe.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Undo: "))).to_be_enabled()
    assert page.evaluate("document.activeElement.closest('#findings') !== null")  # the focus stays in the list
    page.locator("#editor .cm-content").focus()
    page.keyboard.press("Tab")  # no trap
    assert page.evaluate("document.activeElement.closest('#editor') === null")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nothing_sticks_out_and_nobody_is_kept_out(page: Page, size: Any, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size(size)
    _is_fine(page, size)
    drop(page, ("draft.docx", typeset.word(TEXT)), ("letter.txt", TEXT), ("bad.docx", b"PK\x03\x04"))
    page.keyboard.press("F8")
    _is_fine(page, size)
    finding(page, "the utilization review is dated").get_by_role("button", name="Waive…").click()
    _is_fine(page, size)
    page.keyboard.press("Escape")
    finding(page, "the utilization review is dated").get_by_role("button", name="Explain").click()
    expect(page.get_by_role("heading", name="ur-date-mismatch")).to_be_visible()
    _is_fine(page, size)


def _is_fine(page: Page, size: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    violations = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in violations] == []


def test_print_shows_the_whole_letter(page: Page) -> None:
    drop(page, ("letter.txt", TEXT))
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#printed").inner_text().split() == TEXT.split()
    assert page.locator("#printed mark").count() >= page.locator("#found li.finding").count() - 2
    for hidden in ("#editor", "#queue", "button.fix", "#choose"):
        assert page.locator(f"{hidden}:visible").count() == 0


# ---- Beginning and end


def test_the_desk_is_closed_on_the_page(page: Page, desk: Address) -> None:
    page.get_by_role("button", name="Close the desk").click()
    page.get_by_role("dialog").get_by_role("button", name="Close it").click()
    expect(page.get_by_role("heading", name="The desk is closed")).to_be_visible()
    desk.process.wait(10)


def test_the_desk_ends_with_its_last_page_and_not_when_that_is_in_the_background(
    browser: Browser, tmp_path: Path
) -> None:
    with open_desk(tmp_path, IMPATIENT) as desk:
        visit = browser.new_context()
        page = visit.new_page()
        page.goto(desk.url)
        expect(page.locator("html[data-ready]")).to_be_attached()
        page.reload()
        expect(page.locator("html[data-ready]")).to_be_attached()
        other = visit.new_page()
        other.goto("about:blank")
        other.bring_to_front()
        other.wait_for_timeout(2000)
        assert desk.process.poll() is None
        page.close()
        desk.process.wait(10)
        visit.close()


def test_letters_dropped_before_the_page_has_its_key_are_checked(browser: Browser, desk: Address) -> None:
    page = browser.new_page()
    held: list[Route] = []
    page.route("**/api/enter", lambda route: held.append(route))
    page.goto(desk.url)
    page.locator("#files").set_input_files({"name": "early.txt", "mimeType": "", "buffer": TEXT.encode()})
    expect(page.locator("#letters li")).to_have_count(1)
    page.wait_for_timeout(200)
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator("#letter-name")).to_have_text("early.txt")
    expect(page.locator("#progress")).to_have_text("1 letter: 1 with errors")
    page.close()


def test_an_address_without_its_key_shows_nothing(browser: Browser, desk: Address) -> None:
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{desk.port}/")
    expect(page.get_by_role("alert")).to_contain_text("This address is no longer valid")
    page.locator("#files").set_input_files({"name": "lost.txt", "mimeType": "", "buffer": TEXT.encode()})
    expect(page.locator("#letters li.refused")).to_contain_text("not read: This address is no longer valid")
    page.close()
