"""Word files: read as they would be printed, and changed without losing anything."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
import typeset
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from imrlint import parser, revision, source
from imrlint.document.text import Source, Span
from imrlint.engine import linter
from imrlint.engine.findings import Edit
from imrlint.reading import Reading
from imrlint.revision.word import WordRevision
from imrlint.settings.config import Config
from imrlint.source import word

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))
WHEN = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("\f", "").rstrip("\n")


def found(letter: Source) -> Counter[tuple[str, str]]:
    report = linter.lint(Reading(parser.parse(letter)), Config().active_rules())
    return Counter((d.name, " ".join(letter[d.finding.span].split())) for d in report.diagnostics)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_words_of_every_example_come_back(path: Path) -> None:
    text = text_of(path)
    for made in (typeset.word, typeset.word_by_hand, typeset.word_in_cells):
        read = word.read(made(text))
        if read.flows and made is not typeset.word_in_cells:
            assert read.text == text
        else:  # a double-spaced letter comes back single-spaced, cells with a tab between them
            assert read.text.split() == text.split()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("made", [typeset.word, typeset.word_by_hand, typeset.word_in_cells])
def test_an_example_in_word_has_the_findings_of_its_text(path: Path, made: Callable[[str], bytes]) -> None:
    text = text_of(path)
    assert found(source.decode(made(text), "letter.docx")) == found(Source(text))


def test_what_is_read_and_what_is_not() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Page header"
    document.sections[0].footer.paragraphs[0].text = "Page footer"
    document.add_paragraph("First\nline.")
    body = document.element.body
    for number, xml in enumerate(
        (
            "<w:r><w:t xml:space='preserve'>cervical </w:t></w:r>"
            "<w:del w:id='1' w:author='a'><w:r><w:delText>wrong</w:delText></w:r></w:del>"
            "<w:ins w:id='2' w:author='a'><w:r><w:t>right.</w:t></w:r></w:ins>",
            "<w:moveFrom w:id='3' w:author='a'><w:r><w:t>gone</w:t></w:r></w:moveFrom>"
            "<w:moveTo w:id='4' w:author='a'><w:r><w:t>here.</w:t></w:r></w:moveTo>",
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t>"
            "<w:noBreakHyphen/><w:t>c.</w:t><w:softHyphen/></w:r>",
            "<w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink>"
            "<w:fldSimple w:instr='PAGE'><w:r><w:t>7.</w:t></w:r>"
            "</w:fldSimple>"
            "<w:r><w:instrText>DATE</w:instrText></w:r>",
            "<w:pPr><w:rPr><w:del w:id='5' w:author='a'/></w:rPr></w:pPr>"
            "<w:r><w:t xml:space='preserve'>joined </w:t></w:r>",
            "<w:r><w:t>to this.</w:t></w:r>",
            "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
            "<w:r><w:t>Beside it.</w:t></w:r>",
        )
    ):
        body.insert(number + 1, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))
    read = word.read(typeset.saved(document))
    assert read.text.split("\n\n") == [
        "Page footer",
        "Page header",
        "In a box",
        "First\nline.",
        "cervical right.",
        "here.",
        "a\tb-c.",
        "linked7.",
        "joined to this.",
        "Beside it.",
    ]
    assert [read.text[start:].split()[0] for start in read.paragraphs] == [
        "Page", "Page", "In", "First", "cervical", "here.", "a", "linked7.", "joined", "Beside",
    ]  # fmt: skip


def test_text_that_was_pasted_line_by_line_keeps_its_lines() -> None:
    document = docx.Document()
    lines = ["The worker is a man", "who fell from a", "ladder in May.", "", "He was treated with", "rest and ice."] * 3
    for line in lines:
        document.add_paragraph(line)
    read = word.read(typeset.saved(document))
    assert read.text == "\n".join(lines)
    assert not read.flows


def test_notes_at_the_foot_of_a_page_are_read_and_kept() -> None:
    content = typeset.word_with_footnote("The request is denied.", "See the accupuncture chapter.")
    opened = word.open_word(content)
    assert opened.text == "See the accupuncture chapter.\n\nThe request is denied."
    start = opened.text.index("accupuncture")
    edit = Edit(Span(start, start + 12), "acupuncture")
    assert word.open_word(WordRevision(content, None).apply([edit])).text.startswith("See the acupuncture chapter.")


# ---- Changed

SENTENCE = "The lumber spine was injured. It hurts."


def draft(*runs: str) -> bytes:
    """A Word file of one paragraph; every second run is bold."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for number, words in enumerate(runs):
        paragraph.add_run(words).bold = number % 2 == 1
    return typeset.saved(document)


def replaced(content: bytes, old: str, new: str, *, track: bool = False) -> bytes:
    start = word.open_word(content).text.index(old)
    made = WordRevision(content, WHEN if track else None)
    edit = Edit(Span(start, start + len(old)), new)
    assert made.can_apply(edit)
    return made.apply([edit])


def bold(content: bytes) -> list[tuple[str, bool]]:
    (paragraph,) = docx.Document(io.BytesIO(content)).paragraphs
    return [(run.text, bool(run.bold)) for run in paragraph.runs if run.text]


def test_each_character_keeps_its_format() -> None:
    content = replaced(draft("The ", "lum", "ber", " spine"), "lumber", "lumbar")
    assert bold(content) == [("The ", False), ("lum", True), ("bar", False), (" spine", True)]
    assert bold(replaced(draft("a ", "sore", " back"), "sore", "painful")) == [
        ("a ", False), ("painful", True), (" back", False),
    ]  # fmt: skip
    assert bold(replaced(draft("the ", "the ", "back"), "the the", "the"))[-1] == ("back", False)


def test_a_tracked_change_stands_between_what_was_and_what_is() -> None:
    content = replaced(draft("The ", "lum", "ber", " spine"), "lumber", "lumbar", track=True)
    assert word.open_word(content).text == "The lumbar spine"
    body = docx.Document(io.BytesIO(content)).element.body
    deleted = ["".join(node.text for node in mark.iter(qn("w:delText"))) for mark in body.iter(qn("w:del"))]
    inserted = [("".join(node.text for node in mark.iter(qn("w:t"))), mark) for mark in body.iter(qn("w:ins"))]
    assert deleted == ["lum", "ber"]
    ((words, mark),) = inserted
    assert words == "lumbar"
    assert mark.find(f"{qn('w:r')}/{qn('w:rPr')}/{qn('w:b')}") is not None
    assert (mark.get(qn("w:author")), mark.get(qn("w:date"))) == ("imrlint", "2026-01-05T09:30:00Z")
    numbers = [node.get(qn("w:id")) for node in body.iter(qn("w:ins"), qn("w:del"))]
    assert len(set(numbers)) == 3


@pytest.mark.parametrize("old", ["lumber", "The lumber", "lumber spine", "spine", "The"])
def test_a_change_in_what_somebody_else_inserted_is_not_put_into_their_name(old: str) -> None:
    document = docx.Document()
    ours = f"<w:ins w:id='8' w:author='A. Writer'><w:r><w:t>{SENTENCE[:16]}</w:t></w:r></w:ins>"
    rest = f"<w:r><w:t xml:space='preserve'>{SENTENCE[16:]}</w:t></w:r>"
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{ours}{rest}</w:p>"))
    content = replaced(typeset.saved(document), old, "other words", track=True)
    assert word.open_word(content).text == SENTENCE.replace(old, "other words")
    body = docx.Document(io.BytesIO(content)).element.body
    for mark in body.iter(qn("w:ins")):
        assert mark.getparent().tag == qn("w:p")
        said = "".join(node.text for node in mark.iter(qn("w:t")))
        assert (said == "other words") == (mark.get(qn("w:author")) == "imrlint")
    assert "".join(node.text for node in body.iter(qn("w:delText"))) == old


@pytest.mark.parametrize("track", [False, True])
def test_words_are_put_in_and_taken_out(track: bool) -> None:
    content = draft("It hurts.", "It is worse.")
    made = WordRevision(content, WHEN if track else None).apply([Edit(Span(9, 9), " "), Edit(Span(0, 3), "")])
    assert word.open_word(made).text == "hurts. It is worse."


def test_the_end_of_a_paragraph_is_not_taken_away() -> None:
    content = typeset.word("One paragraph.\n\nAnother one.")
    made = WordRevision(content, None)
    assert not made.can_apply(Edit(Span(10, 20), ""))
    assert not made.can_apply(Edit(Span(0, 3), "two\nlines"))
    assert made.can_apply(Edit(Span(0, 3), "1"))


def test_what_is_not_changed_stays_as_it_was() -> None:
    """Every part of the file but the text itself is the same to the byte, or to the element."""
    content = typeset.word_by_hand(text_of(EXAMPLES[0]))
    before, after = (docx.Document(io.BytesIO(each)) for each in (content, WordRevision(content, None).apply([])))
    assert word.open_word(content).text == word.open_word(typeset.saved(after)).text
    parts = [{str(part.partname): part.blob for part in each.part.package.iter_parts()} for each in (before, after)]
    assert parts[0] == parts[1]


def test_a_text_box_and_its_copy_for_old_programs_say_the_same() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>See the accupuncture chapter.</w:t></w:r></w:p></w:txbxContent>"
    drawing = f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
    copy = f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    space = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    document = docx.Document()
    xml = f"<w:p {nsdecls('w')} {space}><w:r><mc:AlternateContent>{drawing}{copy}</mc:AlternateContent></w:r></w:p>"
    document.element.body.insert(0, parse_xml(xml))
    content = typeset.saved(document)
    assert word.open_word(content).text == "See the accupuncture chapter."
    changed = replaced(content, "accupuncture", "acupuncture")
    texts = [node.text for node in docx.Document(io.BytesIO(changed)).element.body.iter(qn("w:t"))]
    assert texts == ["See the acupuncture chapter."] * 2


def test_pdf_and_rtf_are_not_changed() -> None:
    for content, name in ((typeset.pdf([["a"]]), "a.pdf"), (typeset.rtf("a"), "a.rtf")):
        with pytest.raises(source.errors.Refused, match="cannot be changed"):
            revision.open_revision(content, name)
