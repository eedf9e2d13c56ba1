"""The page for people, as a browser shows it: whole in itself, searched, filtered, linked, readable for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import open_browser
from playwright.sync_api import Page, expect
from running import EXAMPLES, SLIPS, run

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 380, "height": 800}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page on all examples, and one file that cannot be read."""
    folder = tmp_path_factory.mktemp("page")
    path = folder / "report.html"
    (folder / "bad<b>.docx").write_bytes(b"PK\x03\x04")
    done = run("check", *EXAMPLES, folder / "bad<b>.docx", "--output", f"html={path}")
    assert done.returncode == 2
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with open_browser() as started:
        yield started


@pytest.fixture
def page(browser: Any, report: Path) -> Iterator[Page]:
    """The page, open. It may say nothing on the console, and ask nobody for anything."""
    page = browser.new_page(viewport=WIDE)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    yield page
    assert said == []
    assert asked == [report.as_uri()]
    page.close()


def test_search_filters_and_reset(page: Page) -> None:
    rows = page.locator("#findings tbody tr:visible")
    every = rows.count()
    assert every > 40
    letters = page.locator("article.letter:visible").count()
    page.get_by_label("Search", exact=True).fill("lumber")
    expect(page.locator("#shown")).to_have_text(f"1 of {every} findings")
    expect(page.locator("article.letter:visible")).to_have_count(1)
    page.get_by_role("button", name="Reset").click()
    expect(page.locator("#shown")).to_have_text(f"{every} findings")
    page.locator("[name=severity]").select_option("error")
    expect(rows.first).to_contain_text("error")
    assert set(page.locator("#findings tbody tr:visible .level").all_inner_texts()) == {"error"}
    page.locator("[name=family]").select_option("dates")
    families = page.locator("#findings tbody tr:visible").evaluate_all("rows => rows.map(row => row.dataset.family)")
    assert set(families) == {"dates"}
    page.get_by_role("button", name="Reset").click()
    expect(page.locator("article.letter:visible")).to_have_count(letters)


def test_every_link_leads_to_a_place_on_the_page(page: Page) -> None:
    links = page.locator("a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert len(links) > 100
    assert all(link.startswith("#") for link in links)
    assert page.evaluate("links => links.filter(link => !document.getElementById(link.slice(1)))", links) == []
    marks = page.locator("[id]").evaluate_all("all => all.map(each => each.id)")
    assert len(marks) == len(set(marks))


def test_a_finding_leads_to_its_words_in_the_letter(page: Page) -> None:
    row = page.locator("#findings tr", has_text="ur-date-mismatch")
    row.get_by_role("link").click()
    item = page.locator("li", has_text="ur-date-mismatch")
    expect(page.locator("li:target")).to_contain_text("the utilization review is dated")
    item.get_by_role("link", name="45:1").click()
    words = page.evaluate("document.querySelector(location.hash).nextElementSibling.textContent")
    assert words == "1-30-17"
    item.get_by_role("link", name="on the cover").click()
    assert page.evaluate("document.querySelector(location.hash).nextElementSibling.textContent") == "02/09/2017"


def test_the_keyboard_is_enough(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.get_by_label("Search", exact=True).focus()
    page.keyboard.type("zolpidem")
    expect(page.locator("#shown")).to_contain_text("1 of")
    page.keyboard.press("Tab")
    expect(page.locator("[name=severity]")).to_be_focused()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nothing_sticks_out_and_nobody_is_kept_out(page: Page, size: Any) -> None:
    page.set_viewport_size(size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    found = Axe().run(page)
    serious = [each["id"] for each in found.response["violations"] if each["impact"] in ("serious", "critical")]
    assert serious == []


def test_print_shows_everything(page: Page) -> None:
    page.get_by_label("Search", exact=True).fill("zolpidem")
    expect(page.locator("article.letter:visible")).to_have_count(1)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("article.letter:visible").count() > 3
    assert page.locator("form.filters:visible").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("article.letter:visible")).to_have_count(1)


# ---- Without a browser


def test_without_its_script_the_page_has_no_search(report: Path) -> None:
    assert '<form class="filters" role="search" hidden>' in report.read_text(encoding="utf-8")


def test_the_charts_have_their_numbers_beside_them(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    assert text.count("<svg") == text.count("<caption>") == 4
    (table,) = re.findall(r"<caption>Findings by family of rules</caption>(.*?)</table>", text)
    numbers = [int(number) for number in re.findall(r'class="number">(\d+)', table)]
    assert sum(numbers) == text.count('<tr class="')


def test_names_and_words_are_no_markup(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    assert "bad&lt;b&gt;.docx: a damaged Word or other zipped file" in text
    assert "bad<b>" not in text
    assert "http" not in re.sub(r'http-equiv="', "", text)


def test_without_excerpts_the_page_has_no_letters(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    run("check", SLIPS, "--no-excerpts", "--output", f"html={path}")
    text = path.read_text(encoding="utf-8")
    assert "<pre" not in text
    assert "radiculopthy" not in text
    assert "misspelling" in text


def test_what_identifies_a_person_is_blotted_out(tmp_path: Path) -> None:
    letter, path = tmp_path / "letter.txt", tmp_path / "report.html"
    text = SLIPS.read_text(encoding="utf-8").replace("left L5 radiculopthy", "SSN 900-12-3456, radiculopthy")
    letter.write_text(text, encoding="utf-8")
    run("check", letter, "--output", f"html={path}")
    assert "900-12-3456" not in path.read_text(encoding="utf-8")


def test_a_page_shows_so_many_letters_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    from datetime import UTC, datetime

    import imrlint
    from imrlint.document.text import Source
    from imrlint.output import Format, Outcome, WriterOptions, html, make_writer

    monkeypatch.setattr(html, "MOST", 2)
    out = io.StringIO()
    made = make_writer(Format.HTML, out, WriterOptions("1", datetime(2026, 1, 5, tzinfo=UTC)))
    for number in range(5):
        made.write_report(imrlint.check(Source(SLIPS.read_text(encoding="utf-8"), f"{number}.txt")))
    remark = "the page shows the text of 2 letters; the findings in 3 more are only in its table"
    assert made.close(Outcome(letters=5)) == remark
    assert out.getvalue().count("<article") == 2
