"""What a file says beside the text of its letter: properties, comments and notes."""

from __future__ import annotations

import io

import docx
import pytest
import typeset
from docx.document import Document
from pypdf import PdfWriter
from pypdf.annotations import Text
from running import CLEAN

from imrlint import parser, source
from imrlint.document.text import Source
from imrlint.engine import linter
from imrlint.engine.report import Report
from imrlint.output import Format
from imrlint.reading import Reading
from imrlint.settings.config import Config

LETTER = CLEAN.read_text(encoding="utf-8").replace("\f", "").rstrip("\n")


def report(content: bytes, name: str) -> Report:
    letter: Source = source.decode(content, name)
    return linter.lint(Reading(parser.parse(letter)), Config().active_rules())


def hidden(content: bytes, name: str) -> list[tuple[str, int]]:
    found = report(content, name).diagnostics
    return [(each.finding.message, each.finding.span.start) for each in found if each.name == "hidden-identifier"]


def word(**properties: str) -> Document:
    document = docx.Document(io.BytesIO(typeset.word(LETTER)))
    for name, value in {"title": "", "comments": "", **properties}.items():
        setattr(document.core_properties, name, value)
    return document


@pytest.mark.parametrize(
    ("name", "words", "message"),
    [
        ("title", "Letter on Dr. Quillon", "the title in its properties has the name of a person"),
        ("subject", "SSN 123-45-6789", "the subject in its properties has a social security number"),
        ("keywords", "imr; quillon@example.org", "the keywords in its properties has an email address"),
        ("comments", "Call (555) 010-0199", "the comments in its properties has a telephone number"),
    ],
)
def test_the_properties_of_a_word_file_are_read(name: str, words: str, message: str) -> None:
    assert hidden(typeset.saved(word(**{name: words})), "letter.docx") == [(message, 0)]


@pytest.mark.parametrize(
    "words",
    [
        "Jordan Quillon IMR letter",
        "IMR Final Determination - John Smith",
        "CM17-9900001_Garcia_Maria.docx",
        "MARIA GARCIA",
    ],
)
def test_a_name_is_found_without_a_word_that_announces_it(words: str) -> None:
    assert hidden(typeset.saved(word(title=words)), "letter.docx") == [
        ("the title in its properties has the name of a person", 0)
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Final Determination Letter",
        "CM17-9900001",
        "Microsoft Word - Final_Determination.docx",
        "untitled",
        "IMR letter",
        "Case CM17-9900001 - Upheld",
        "Norco and Flexeril",
        "MAXIMUS Federal Services",
    ],
)
def test_ordinary_titles_are_no_leak(words: str) -> None:
    assert hidden(typeset.saved(word(title=words, author="Jordan Quillon")), "letter.docx") == []


def test_the_comments_of_a_word_file_are_read_at_their_words() -> None:
    document = word()
    paragraph = next(each for each in document.paragraphs if "CLINICAL CASE SUMMARY" in each.text)
    document.add_comment(paragraph.runs, text="As Dr. Quillon said.", author="A. Writer")
    document.add_comment(paragraph.runs, text="Which dose?", author="A. Writer")
    document.add_comment(paragraph.runs, text="the name of Dr. Vesper", author="imrlint")
    ((message, at),) = hidden(typeset.saved(document), "letter.docx")
    assert message == "a comment has the name of a person"
    assert report(typeset.saved(document), "letter.docx").source.text[at:].startswith(paragraph.text[:20])


def test_the_properties_and_notes_of_a_pdf_are_read() -> None:
    writer = PdfWriter(io.BytesIO(typeset.pdf(typeset.paged(LETTER))))
    writer.add_metadata({"/Title": "Dr. Quillon", "/Author": "Dr. Vesper"})
    writer.add_annotation(1, Text(rect=(10, 10, 20, 20), text="Mr. Quillon has moved."))
    out = io.BytesIO()
    writer.write(out)
    found = report(out.getvalue(), "letter.pdf")
    assert hidden(out.getvalue(), "letter.pdf") == [
        ("the title in its properties has the name of a person", 0),
        ("a note has the name of a person", found.source.pages[1]),
    ]


@pytest.mark.parametrize(
    ("info", "found"),
    [
        ("{\\title Letter on Dr. Quillon}", [("the title in its properties has the name of a person", 0)]),
        ("{\\title }{\\author Dr. Quillon}", []),
        ("{\\doccomm Call Mr. Vesper}", [("the comments in its properties has the name of a person", 0)]),
    ],
)
def test_the_properties_of_an_rtf_file_are_read(info: str, found: list[tuple[str, int]]) -> None:
    content = typeset.rtf(LETTER).replace(b"{\\fonttbl", b"{\\info" + info.encode() + b"}{\\fonttbl", 1)
    assert hidden(content, "letter.rtf") == found


def test_no_format_prints_the_words() -> None:
    from test_secrets import print_in

    found = report(typeset.saved(word(title="Letter on Dr. Quillon")), "letter.docx")
    assert any(each.name == "hidden-identifier" for each in found.diagnostics)
    assert all("Quillon" not in print_in(form, found) for form in Format)
