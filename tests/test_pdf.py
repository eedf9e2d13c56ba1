"""PDF and RTF files: read row by row, and annotated at the right words."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import typeset
from conftest import REAL
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from imrlint import parser, source
from imrlint.document.text import Source
from imrlint.engine import linter
from imrlint.engine.findings import Severity
from imrlint.reading import Reading
from imrlint.settings.config import Config
from imrlint.source import pdf, rtf

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))


def found(letter: Source, least: Severity = Severity.NOTE) -> Counter[tuple[str, str]]:
    report = linter.lint(Reading(parser.parse(letter)), Config().active_rules())
    return Counter((d.name, " ".join(letter[d.finding.span].split())) for d in report.at_least(least))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_as_pdf_has_the_words_and_findings_of_its_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    letter = source.decode(typeset.pdf(typeset.paged(text)), "letter.pdf")
    assert letter.text.split() == text.split()
    assert found(letter) == found(Source(text))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_as_rtf_has_the_words_and_findings_of_its_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("\f", "").strip("\n")
    read = rtf.read(typeset.rtf(text))
    assert read.text.split() == text.split()
    assert found(Source(read.text, flows=read.flows)) == found(Source(text))


@pytest.mark.slow
def test_the_97_pdfs_say_what_their_texts_say() -> None:
    """At warning and above, 98 of 100 findings at least are the same; the rest would be the typesetter's."""
    pairs = [(path, path.with_suffix(".txt")) for path in sorted(REAL.glob("*/*.pdf"))]
    if not pairs:
        pytest.skip("no folder of real letters at hand")
    same = every = 0
    for printed, typed in pairs:
        one, other = (found(source.read(path), Severity.WARNING) for path in (printed, typed))
        same += sum((one & other).values())
        every += sum((one | other).values())
    assert same >= 0.98 * every


def test_rows_columns_and_hyphens() -> None:
    lines = ["Priority:  Standard  02/21/2017", "", "a three- or four-", "week period"]
    by_rows = pdf.read(typeset.pdf([lines, ["second page"]]))
    read = pdf.read(typeset.pdf([lines, ["second page"]], by_columns=True))
    assert read.text.split() == by_rows.text.split()
    assert [" ".join(row.split()) for row in read.text.split("\n")] == [
        "Priority: Standard 02/21/2017", "", "a three- or four-", "week period", "second page", "",
    ]  # fmt: skip
    letter = Source(read.text, pages=read.pages)
    assert [letter.page(read.text.index(words)) for words in ("Priority", "week", "second")] == [1, 1, 2]


def test_what_runs_through_the_pages_does_not_stand_within_the_letter() -> None:
    head, foot = ["MAXIMUS FEDERAL SERVICES", "P.O. Box 138009"], "Page {} of 3"
    body = [["The request is for"], ["physical therapy. See page 3."], ["It is denied."]]
    blank = [""] * 48
    pages = [[*head, "", *lines, *blank, foot.format(number)] for number, lines in enumerate(body, 1)]
    content = typeset.pdf(pages, margin=30)
    read = pdf.read(content)
    assert " ".join(read.text.split()) == (
        "MAXIMUS FEDERAL SERVICES P.O. Box 138009 Page 1 of 3"
        " The request is for physical therapy. See page 3. It is denied."
    )
    same = pdf.read(typeset.pdf([["Chest X-ray: Upheld", "One."], ["Chest X-ray: Upheld", "Two."]]))
    assert " ".join(same.text.split()) == "Chest X-ray: Upheld One. Chest X-ray: Upheld Two."


def test_tables_of_an_rtf_file_are_read_cell_by_cell() -> None:
    rows = "\\trowd\\cellx3000\\cellx6000 Case Number:\\cell CM17-9900001\\cell\\row "
    body = "{\\rtf1\\ansi " + rows + "non\\_breaking and op\\-tional\\par a|b\\par}"
    assert rtf.read(body.encode()).text == "Case Number:\tCM17-9900001\n\nnon-breaking and optional\n\na|b"


def test_a_page_that_is_a_picture_is_named() -> None:
    whole, part = typeset.pdf([[], []], picture=True), typeset.pdf([["A letter."], []], picture=True)
    with pytest.raises(source.Unreadable, match="needs OCR"):
        source.decode(whole, "scan.pdf")
    letter = source.decode(part, "half.pdf")
    assert letter.unread == ("page 2 is a picture and was not checked: it needs OCR",)


def test_files_attached_to_a_pdf_are_named() -> None:
    for count, said in ((1, "a file attached to it was not checked"), (2, "2 files attached to it were not checked")):
        writer = PdfWriter(io.BytesIO(typeset.pdf([["A letter."]])))
        for number in range(count):
            writer.add_attachment(f"{number}.txt", b"more")
        out = io.BytesIO()
        writer.write(out)
        assert pdf.read(out.getvalue()).unread == (said,)


def notes(content: bytes) -> list[tuple[int, Any]]:
    return [
        (number, reference.get_object())
        for number, page in enumerate(PdfReader(io.BytesIO(content)).pages)
        for reference in page.get("/Annots", ())
    ]


def highlighted(content: bytes) -> list[str]:
    """The words under each highlight, as a reader of the page sees them."""
    words = []
    with pdf.open_pdf(content) as document:
        for number, note in notes(content):
            corners = [float(each) for each in note["/QuadPoints"]]
            boxes = [corners[i : i + 8] for i in range(0, len(corners), 8)]
            text = document[number].get_textpage()
            words.append(" ".join(text.get_text_bounded(b[0], b[5], b[2], b[1]).strip() for b in boxes))
    return words


def test_highlights_lie_on_the_words_and_do_not_double() -> None:
    from imrlint.output.remarks import build_remarks
    from imrlint.revision import highlights

    text = next(path for path in EXAMPLES if path.stem == "slips-2017-drugs").read_text(encoding="utf-8")
    content = typeset.pdf(typeset.paged(text))
    letter = source.decode(content, "letter.pdf")
    report = linter.lint(Reading(parser.parse(letter)), Config().active_rules())
    wanted = list(build_remarks(report))
    new = highlights.annotate_pdf(content, wanted)
    assert len(wanted) == len(notes(new))
    assert sorted(highlighted(new)) == sorted(" ".join(letter[remark.span].split()) for remark in wanted)
    assert {note["/T"] for _, note in notes(new)} == {"imrlint"}
    assert {note["/Contents"] for _, note in notes(new)} == {remark.text for remark in wanted}
    assert source.decode(new, "letter.pdf").text == letter.text

    again = highlights.annotate_pdf(new, wanted)
    assert len(notes(again)) == len(wanted)
    fewer = highlights.annotate_pdf(again, wanted[1:])
    assert len(notes(fewer)) == len(wanted) - 1
    assert wanted[0].text not in {note["/Contents"] for _, note in notes(fewer)}


def test_notes_of_others_stay() -> None:
    from pypdf import PdfWriter
    from pypdf.annotations import Text

    from imrlint.revision import highlights

    writer = PdfWriter(io.BytesIO(typeset.pdf([["A letter."]])))
    writer.add_annotation(0, Text(rect=(10, 10, 20, 20), text="mine"))
    out = io.BytesIO()
    writer.write(out)
    new = highlights.annotate_pdf(out.getvalue(), [])
    assert [note["/Contents"] for _, note in notes(new)] == ["mine"]


# ---- What lies on a page, and how a page lies


def drawn(*lines: str, turn: int = 0, rotate: int = 0, width: int = 612, height: int = 792) -> bytes:
    """A PDF page with lines of text that runs `turn` degrees against the clock, shown turned by `rotate`."""
    starts = {0: (72, height - 72), 90: (72, 72), 180: (width - 72, 72), 270: (width - 72, height - 72)}
    matrix = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}[turn]
    x, y = starts[turn]
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = f"BT /F1 12 Tf {matrix} {x} {y} Tm {shown} ET".encode()
    writer = PdfWriter(io.BytesIO(typeset.pdf([["x"]])))
    page = writer.pages[0]
    page.mediabox.upper_right = (width, height)
    content = StreamObject()
    content.set_data(stream)
    page[NameObject("/Contents")] = writer._add_object(content)
    page.rotation = rotate
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("turn", "rotate", "width", "height"),
    [
        (0, 0, 612, 792),
        (90, 90, 612, 792),
        (270, 270, 792, 612),
        (180, 180, 612, 792),
        (90, 0, 612, 792),
        (270, 0, 612, 792),
        (180, 0, 612, 792),
    ],
)
def test_a_page_is_read_in_the_direction_of_its_text(turn: int, rotate: int, width: int, height: int) -> None:
    content = drawn(
        "First line of it,", "a second line,", "and the third.", turn=turn, rotate=rotate, width=width, height=height
    )
    assert pdf.read(content).text.split("\n")[:3] == ["First line of it,", "a second line,", "and the third."]


LINES = [
    f"The line of a letter that ends with the word {word}"
    for word in ["one", "two", "three", "four", "five", "six", "seven"]
]


def test_line_numbers_in_the_margin_are_not_read() -> None:
    by_line = [f"{number}  {line}" for number, line in enumerate(LINES, 1)]
    assert pdf.read(typeset.pdf([by_line])).text.split("\n")[:7] == LINES
    from_40 = [f"{number}  {line}" for number, line in enumerate(LINES, 40)]
    assert pdf.read(typeset.pdf([[*from_40, "47"]])).text.split("\n")[:7] == LINES


def test_other_numbers_at_the_beginning_of_rows_are_read() -> None:
    for numbers in ((10, 20, 30, 40, 50, 60, 70), (60, 30, 90, 60, 30, 20, 10)):
        rows = [f"{number} {line}" for number, line in zip(numbers, LINES, strict=True)]
        assert " ".join(pdf.read(typeset.pdf([rows])).text.split()) == " ".join(rows)
    column = [f"{number} mg" for number in range(10, 17)]
    assert pdf.read(typeset.pdf([[*LINES, *column]])).text.split("\n")[7:14] == column


def test_line_numbers_that_are_printed_on_some_lines_only() -> None:
    rows = [f"{n}  {line}" if n % 2 == 0 else f"   {line}" for n, line in enumerate(LINES * 2, 1)]
    assert "\n".join(LINES * 2) in pdf.read(typeset.pdf([rows])).text


def form(*fields: dict[str, Any]) -> bytes:
    """A PDF form with these fields on its page, not flattened."""
    writer = PdfWriter(io.BytesIO(typeset.pdf([["Case Number:", "", "Decision:", "", "A letter."]])))
    made = ArrayObject()
    for each in fields:
        entries = {"/Type": NameObject("/Annot"), "/Subtype": NameObject("/Widget"), **each}
        widget = DictionaryObject({NameObject(key): value for key, value in entries.items()})
        made.append(writer._add_object(widget))
    writer.pages[0][NameObject("/Annots")] = made
    font = DictionaryObject({NameObject("/Fields"): made, NameObject("/DA"): TextStringObject("/Helv 10 Tf 0 g")})
    writer._root_object[NameObject("/AcroForm")] = writer._add_object(font)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def place(top: float, left: float = 150) -> ArrayObject:
    return ArrayObject([FloatObject(each) for each in (left, top - 4, left + 150, top + 11)])


def test_the_values_of_a_form_are_read_where_they_are_printed() -> None:
    number = {"/FT": NameObject("/Tx"), "/T": TextStringObject("a"), "/V": TextStringObject("CM17-9900001")}
    choice = {
        "/FT": NameObject("/Ch"), "/Ff": NumberObject(1 << 17), "/T": TextStringObject("b"),
        "/V": TextStringObject("Overturned"),
        "/Opt": ArrayObject([TextStringObject("Upheld"), TextStringObject("Overturned")]),
    }  # fmt: skip
    hidden = {**number, "/T": TextStringObject("c"), "/V": TextStringObject("unseen"), "/F": NumberObject(2)}
    rows = typeset_rows()
    content = form(
        {**number, "/Rect": place(rows[0])}, {**choice, "/Rect": place(rows[1])}, {**hidden, "/Rect": place(50)}
    )
    read = pdf.read(content)
    assert [row for row in read.text.split("\n") if row.strip()] == [
        "Case Number:  CM17-9900001", "Decision:  Overturned", "A letter.",
    ]  # fmt: skip


def typeset_rows() -> list[float]:
    """The baselines of the labels of the form, from the lower edge of the page."""
    with pdf.open_pdf(typeset.pdf([["Case Number:", "", "Decision:", "", "A letter."]])) as document:
        return [row[0].y for row in pdf._read_page(document, 0).rows]


def test_a_remark_on_the_value_of_a_form_lies_on_its_field() -> None:
    from imrlint.document.text import Span
    from imrlint.output.remarks import Remark
    from imrlint.revision import highlights

    value = {"/FT": NameObject("/Tx"), "/T": TextStringObject("a"), "/V": TextStringObject("CM17-9900001")}
    content = form({**value, "/Rect": place(typeset_rows()[0])})
    at = pdf.read(content).text.index("CM17")
    new = highlights.annotate_pdf(content, [Remark(Span(at, at + 12), "a remark", "mark")])
    ((_, note),) = [each for each in notes(new) if each[1]["/Subtype"] == "/Highlight"]
    assert round(float(note["/Rect"][0])) == 150


@pytest.mark.parametrize(
    ("words", "left", "margin"), [("Seen by Dr. Quillon", 300, True), ("CM17-9900001", 150, False)]
)
def test_what_is_typed_over_a_page_is_read(words: str, left: float, margin: bool) -> None:
    writer = PdfWriter(io.BytesIO(typeset.pdf([["Case Number:" if not margin else "A letter.", "It goes on."]])))
    with pdf.open_pdf(typeset.pdf([["Case Number:", "It goes on."]])) as document:
        top = pdf._read_page(document, 0).rows[0][0].y
    rectangle = (left, top - 4, left + 200, top + 11)
    writer.add_annotation(0, FreeText(text=words, rect=rectangle, border_color=None, background_color=None))
    out = io.BytesIO()
    writer.write(out)
    read = pdf.read(out.getvalue())
    assert bool(read.margin) == margin
    assert read.text.startswith(words if margin else f"Case Number:  {words}")
