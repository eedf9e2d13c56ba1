"""PDF files that are set in columns, with divided words, or with numbered lines."""

from __future__ import annotations

import io
import textwrap

import pytest
import typeset
from pypdf import PdfReader
from running import CLEAN

import imrlint
from imrlint.document.letter import SectionKind
from imrlint.document.text import Span
from imrlint.output.remarks import Remark
from imrlint.revision import highlights
from imrlint.source import pdf
from imrlint.source.hyphenation import join_divided_words
from imrlint.source.page_rows import Segment

LEFTS = (72, 318)
STORY = (
    "The worker is a 51-year-old stonemason who hurt the right wrist when a scaffold board tipped under the mixer. He "
    "wore a splint for five weeks, took naproxen, and went to nine visits of hand therapy. On 03/14/2017 he could "
    "close the hand fully but could not lift a trowel. The examination showed tenderness in the snuffbox, a grip of "
    "22 kilograms on the right and of 41 on the left, and full sensation. Films of 12/02/2016 showed no fracture. The "
    "treating physician asked for magnetic resonance imaging of the right wrist to look for a fracture of the "
    "scaphoid that the films may have missed. Utilization review denied it because the films were normal and no "
    "second set had been taken. The guidelines advise a second set of films, or magnetic resonance imaging, where the "
    "snuffbox stays tender after two weeks in a splint. That is so here, and the request is medically necessary."
)
LINES = textwrap.wrap(STORY, 44)
HALF = (len(LINES) + 1) // 2


def words(content: bytes) -> str:
    """The text of a PDF behind its margin, in one line."""
    read = pdf.read(content)
    return " ".join(read.text[read.margin :].split())


def test_columns_are_read_one_after_the_other() -> None:
    title, end = (
        "CLINICAL CASE SUMMARY",
        "The letter goes on over the whole width of the page below both of its columns.",
    )
    body = typeset.in_columns([LINES[:HALF], LINES[HALF:]], LEFTS, 100)
    assert words(typeset.placed([(200, 72, title), *body, (72, 320, end)])) == f"{title} {STORY} {end}"


def test_three_columns_are_read_one_after_the_other() -> None:
    lines = textwrap.wrap(STORY, 28)
    third = -(-len(lines) // 3)
    columns = [lines[i : i + third] for i in range(0, len(lines), third)]
    assert words(typeset.placed(typeset.in_columns(columns, (60, 230, 400), 72))) == STORY


def test_the_end_of_a_letter_in_columns_is_read_as_its_beginning() -> None:
    first = typeset.in_columns([LINES[:HALF], LINES[HALF:]], LEFTS, 72)
    last = typeset.in_columns([["It is upheld.", "So ends"], ["the letter."]], LEFTS, 72)
    assert words(typeset.placed(first, last)) == f"{STORY} It is upheld. So ends the letter."


def test_running_heads_of_pages_in_columns_stay_out_of_the_text() -> None:
    bodies = [[LINES[:HALF], LINES[HALF:]], [LINES[3:HALF], LINES[HALF:-3]]]
    pages = [
        [(72, 40, "Final Determination Letter"), *typeset.in_columns(body, LEFTS, 100), (72, 760, f"Page {n} of 2")]
        for n, body in enumerate(bodies, 1)
    ]
    assert words(typeset.placed(*pages)) == f"{STORY} {' '.join(LINES[3:-3])}"


def test_paragraphs_end_where_a_column_ends_only_if_their_sentence_does() -> None:
    read = pdf.read(typeset.placed(typeset.in_columns([LINES[:HALF], LINES[HALF:]], LEFTS, 72)))
    assert read.text.count("\f") == 2
    assert read.pages == (0,)


def test_a_table_is_read_row_by_row() -> None:
    labels = [f"Date of the visit number {n}:" for n in range(1, 9)]
    values = [f"0{n}/14/2017 with Dr. Q. Example" for n in range(1, 9)]
    rows = " ".join(f"{label} {value}" for label, value in zip(labels, values, strict=True))
    cells = [[each for text in column for each in (text, "")] for column in (labels, values)]
    assert words(typeset.placed(typeset.in_columns(cells, LEFTS, 72))) == rows


@pytest.mark.parametrize("step", [1, 5])
def test_line_numbers_beside_columns_are_not_read(step: int) -> None:
    column = textwrap.wrap(STORY, 44)
    numbers = [
        (left - (22 if n < 10 else 27), 60 + 12 * n, str(n))
        for left in LEFTS
        for n in range(step, len(column) + 1, step)
    ]
    page = [*typeset.in_columns([column, column], LEFTS, 72), *numbers]
    assert words(typeset.placed(page)) == f"{STORY} {STORY}"


def test_numbers_on_every_fifth_line_are_not_read_on_a_short_last_page() -> None:
    lines = textwrap.wrap(STORY, 60) * 2
    first = [(72, 72 + 12 * n, line) for n, line in enumerate(lines)]
    marks = [(50 if n < 10 else 45, 60 + 12 * n, str(n)) for n in range(5, len(lines) + 1, 5)]
    last = [*first[:6], (50, 120, "5")]
    assert words(typeset.placed([*first, *marks], last)) == " ".join([STORY, STORY, *lines[:6]])


def test_a_divided_word_is_put_together() -> None:
    read = pdf.read(typeset.pdf([["Radio-", "graphs show mild dege-", "neration.", "She has a well-", "known cause."]]))
    assert read.text.split("\n")[:4] == ["Radiographs", "show mild degeneration.", "", "She has a well-"]


@pytest.mark.parametrize(
    "lines", [("The follow-", "up was post-", "operative."), ("A Lumber-", "Related sprain, and an xyzzy-", "plugh.")]
)
def test_a_hyphen_that_belongs_to_a_word_stays(lines: tuple[str, ...]) -> None:
    assert pdf.read(typeset.pdf([lines])).text.split("\n")[: len(lines)] == list(lines)


def rows(*lines: str) -> list[list[Segment]]:
    return [[Segment(line, 0, 72, 500, 700 - 12 * n, 12)] for n, line in enumerate(lines)]


def texts(page: list[list[Segment]]) -> list[str]:
    return ["|".join(segment.text for segment in row) for row in page]


def test_the_rest_of_a_letter_decides_between_two_spellings() -> None:
    divided = ("mild dege-", "neration, not medi-", "cal.")
    (kept,) = join_divided_words([rows(*divided, "no pre-", "operative films, pre-operative")])
    assert texts(kept)[2:] == ["no pre-", "operative films, pre-operative"]
    (joined,) = join_divided_words([rows(*divided, "no pre-", "operative films, preoperative")])
    assert texts(joined)[2:] == ["no pre|operative", "films, preoperative"]


@pytest.mark.parametrize("sign", ["\u2010", "\xad"])
def test_a_hyphen_that_only_divides_is_dropped_from_unknown_words_too(sign: str) -> None:
    (joined,) = join_divided_words([rows(f"the radicu{sign}", "lopthy is mild")])
    assert texts(joined) == ["the radicu|lopthy", "is mild"]


def test_a_highlight_lies_on_both_parts_of_a_divided_word() -> None:
    content = typeset.pdf([["A sprain with dege-", "neration of the disc."]])
    read = pdf.read(content)
    at = read.text.index("degeneration")
    new = highlights.annotate_pdf(content, [Remark(Span(at, at + 12), "a remark", "mark")])
    (note,) = (each.get_object() for each in PdfReader(io.BytesIO(new)).pages[0].get("/Annots", ()))
    assert len(note["/QuadPoints"]) == 16


@pytest.mark.parametrize("title", [SectionKind.HOW, SectionKind.ISSUES])
def test_a_title_may_go_on_on_the_next_line_of_a_column(title: SectionKind) -> None:
    text = CLEAN.read_text(encoding="utf-8")
    begin, _, last = title.value.rpartition(" ")
    broken = text.replace(title.value, f"{begin}\n{last}")
    assert broken != text
    assert not imrlint.check(broken).diagnostics
