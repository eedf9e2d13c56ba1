"""PDF and RTF files: read row by row, and annotated at the right words."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import typeset
from conftest import REAL
from pypdf import PdfReader

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
