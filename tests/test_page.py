"""The page for people, as a browser shows it: whole in itself, searched, filtered, linked, readable for everybody."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
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
    row.get_by_role("link", name="slips-2017-drugs.txt").click()
    item = page.locator("li", has_text="ur-date-mismatch")
    expect(page.locator("li.here")).to_contain_text("the utilization review is dated")
    item.get_by_role("link", name="line 45", exact=True).click()
    words = page.evaluate("document.querySelector(location.hash).nextElementSibling.textContent")
    assert words == "1-30-17"
    expect(page.locator(".here")).to_have_text("1-30-17")
    expect(page.locator(".here")).to_be_in_viewport()
    item.get_by_role("link", name="on the cover").click()
    assert page.evaluate("document.querySelector(location.hash).nextElementSibling.textContent") == "02/09/2017"
    page.go_back()
    expect(page.locator(".here")).to_have_text("1-30-17")


def test_a_click_anywhere_on_a_finding_shows_its_words_and_a_click_on_these_the_finding(page: Page) -> None:
    item = page.locator("li", has_text="a lumber spine").or_(page.locator("li.warning", has_text="lumbar")).first
    item.locator(".aside").last.click()
    words = page.locator("mark.here")
    expect(words).to_have_text("lumber")
    expect(words).to_be_in_viewport()
    assert abs(item.bounding_box()["y"] - words.bounding_box()["y"]) < WIDE["height"]  # type: ignore[index]
    words.click()
    expect(item).to_have_class(re.compile("here"))
    expect(item).to_be_in_viewport()


def test_the_name_of_a_rule_leads_to_its_explanation(page: Page) -> None:
    page.locator("#findings").get_by_role("link", name="ur-date-mismatch").click()
    about = page.locator("#rule-ur-date-mismatch")
    expect(about).to_be_in_viewport()
    expect(about).to_contain_text("imrlint finds:")
    expect(page.locator("details.explained[open]")).to_have_count(1)


def test_letters_are_ranked_and_those_without_findings_counted(page: Page) -> None:
    cells = page.locator(".ranking tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('td')].map(cell => +cell.textContent))"
    )
    errors = [row[0] for row in cells]
    assert errors == sorted(errors, reverse=True)
    assert errors[0] > 1
    shown = page.locator("article.letter h3").all_inner_texts()
    assert shown == page.locator(".ranking tbody th").all_inner_texts()
    checked, clean = (int(text.split()[0]) for text in page.locator(".sum li").all_inner_texts()[:2])
    assert checked == len(EXAMPLES)
    assert clean == checked - len(shown)


def test_errors_and_notes_are_apart_and_their_numbers_are_whole(page: Page) -> None:
    letter = page.locator("article.letter", has=page.locator("h3", has_text="slips-2014-injections"))
    heads = [head.split()[1].rstrip("s") for head in letter.locator("h4").all_inner_texts()]
    assert heads == ["error", "warning", "note"]
    for kind, items in zip(heads, letter.locator("ol").all(), strict=True):
        assert set(items.locator("li").evaluate_all("all => all.map(each => each.classList[0])")) == {kind}
    begins = letter.locator("ol").evaluate_all("all => all.map(each => [each.start, each.children.length])")
    assert begins[1][0] == begins[0][0] + begins[0][1]
    room = letter.locator("ol").last.evaluate("each => parseFloat(getComputedStyle(each).paddingLeft)")
    assert room >= 40  # for "100."


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_no_line_of_a_letter_ends_in_an_orphan(page: Page, size: Any) -> None:
    """A word that does not fit any more is not followed by a line end of the letter: it would stand alone."""
    page.set_viewport_size(size)
    orphans = page.locator(".paper pre").evaluate_all(_ORPHANS)
    lines = sum(count for count, _ in orphans)
    assert lines > 200
    assert sum(alone for _, alone in orphans) <= lines / 100  # an entry of a list may end in a word of its own


# For each letter: how many lines of running text it has on the page, and how many of them are one or two words that
# follow a full line and are followed by another line of the same paragraph. Lines are told by where words are shown.
_ORPHANS = """pres => pres.map(pre => {
  const rows = [];
  const walker = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let newlines = 0;
  for (let node; (node = walker.nextNode());) {
    for (const match of node.data.matchAll(/\\n|[^\\s]+/g)) {
      if (match[0] === "\\n") { newlines += 1; continue; }
      range.setStart(node, match.index); range.setEnd(node, match.index + match[0].length);
      const box = range.getClientRects()[0];
      const last = rows.at(-1);
      if (last && Math.abs(last.y - box.y) < 5) { last.words += 1; last.right = box.right; }
      else rows.push({ y: box.y, x: box.x, right: box.right, words: 1, blank: newlines > 1 });
      newlines = 0;
    }
  }
  const edge = Math.max(...rows.map(row => row.right)), left = Math.min(...rows.map(row => row.x));
  const alone = rows.filter((row, i) => i && i + 1 < rows.length && !row.blank && !rows[i + 1].blank
    && row.words <= 2 && row.right - left < 0.25 * (edge - left)
    && rows[i - 1].right - left > 0.9 * (edge - left) && rows[i + 1].right - left > 0.6 * (edge - left));
  return [rows.length, alone.length];
})"""


def test_dark_is_dark_and_nobody_is_kept_out_there_either(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(13, 17, 23)"
    assert [each["id"] for each in Axe().run(page).response["violations"]] == []


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
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    found = Axe().run(page)
    assert [each["id"] for each in found.response["violations"]] == []


def test_print_is_short_and_has_what_is_shown(page: Page) -> None:
    page.emulate_media(media="print")
    items = page.locator("article.letter li")
    assert items.count() == page.locator("article.letter li:visible").count() > 40
    for apart in ("pre:visible", "form.filters:visible", "#findings:visible", "details:visible"):
        assert page.locator(apart).count() == 0
    assert len(pypdf.PdfReader(io.BytesIO(page.pdf(format="Letter"))).pages) <= 9
    page.emulate_media(media="screen")
    page.get_by_label("Search", exact=True).fill("zolpidem")
    page.emulate_media(media="print")
    expect(page.locator("article.letter:visible")).to_have_count(1)
    assert len(pypdf.PdfReader(io.BytesIO(page.pdf(format="Letter"))).pages) <= 3


# ---- Without a browser


def found_in(path: Path) -> str:
    """The page without the explanations of the rules, whose examples have words of their own."""
    return path.read_text(encoding="utf-8").partition('<section aria-labelledby="rules"')[0]


def test_without_its_script_the_page_has_no_search(report: Path) -> None:
    assert '<form class="filters" role="search" hidden>' in report.read_text(encoding="utf-8")


def test_the_charts_have_their_numbers_beside_them(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    assert text.count("<figure>") == 4
    (table,) = re.findall(r'<caption class="unseen">Findings by family of rules</caption>(.*?)</table>', text)
    rows = re.findall(
        r'class="unseen">([^<]+)</span></td><td class="number">([\d.]+)</td><td class="number">(\d+)', table
    )
    assert sum(int(count) for _, _, count in rows) == text.count('<tr class="')
    for said, rate, count in rows:
        assert sum(int(number) for number in re.findall(r"\d+", said)) == int(count)
        assert float(rate) == pytest.approx(int(count) / len(EXAMPLES), abs=0.051)


def test_names_and_words_are_no_markup(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    assert "bad&lt;b&gt;.docx: a damaged Word or other zipped file" in text
    assert "bad<b>" not in text
    assert "http" not in re.sub(r'http-equiv="', "", text)


def test_without_excerpts_the_page_has_no_letters(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    run("check", SLIPS, "--no-excerpts", "--output", f"html={path}")
    text = found_in(path)
    assert "<pre" not in text
    assert "radiculopthy" not in text
    assert "misspelling" in text


def test_what_identifies_a_person_is_blotted_out(tmp_path: Path) -> None:
    letter, path = tmp_path / "letter.txt", tmp_path / "report.html"
    text = SLIPS.read_text(encoding="utf-8").replace("left L5 radiculopthy", "SSN 900-12-3456, radiculopthy")
    letter.write_text(text, encoding="utf-8")
    run("check", letter, "--output", f"html={path}")
    assert "900-12-3456" not in found_in(path)


def test_a_page_shows_so_many_letters_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
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
