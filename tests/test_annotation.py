"""Findings in the margin of Word and PDF letters."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
import typeset
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from pypdf import PdfReader
from running import EXAMPLES, SLIPS, count_slips, run, some

from imrlint import parser, source
from imrlint.document.text import Span
from imrlint.engine import linter
from imrlint.engine.report import Report
from imrlint.output.remarks import Remark, build_remarks
from imrlint.reading import Reading
from imrlint.revision import comments
from imrlint.settings.config import Config
from imrlint.source import word


def report_of(content: bytes) -> Report:
    return linter.lint(Reading(parser.parse(source.decode(content, "letter.docx"))), Config().active_rules())


def commented(content: bytes) -> list[tuple[str, str]]:
    """Each comment with the words between its marks, as the XML has them; deleted ones left out."""
    document = docx.Document(io.BytesIO(content))
    texts = {str(comment.comment_id): comment.text for comment in document.comments}
    words: dict[str, list[str]] = {}
    within: list[str] = []
    for node in document.element.body.iter():
        if node.tag == qn("w:commentRangeStart"):
            within.append(node.get(qn("w:id")))
        elif node.tag == qn("w:commentRangeEnd"):
            within.remove(node.get(qn("w:id")))
        elif node.tag in (qn("w:t"), qn("w:br"), qn("w:p"), qn("w:tab")):
            for number in within:
                words.setdefault(number, []).append(node.text or " " if node.tag == qn("w:t") else " ")
    references = [node.get(qn("w:id")) for node in document.element.body.iter(qn("w:commentReference"))]
    assert sorted(references) == sorted(texts) == sorted(words)
    return [(texts[number], " ".join("".join(said).split())) for number, said in words.items()]


@pytest.mark.parametrize("path", some(EXAMPLES), ids=lambda path: path.stem)
@pytest.mark.parametrize("made", ["word", "word_by_hand", "word_in_cells"])
def test_comments_stand_on_their_words_and_change_none(path: Path, made: str) -> None:
    content = getattr(typeset, made)(path.read_text(encoding="utf-8"))
    report = report_of(content)
    wanted = list(build_remarks(report))
    new = comments.annotate_word(content, wanted)
    said = sorted(
        (text, words.replace("never printed", "").replace("obsolete words", "")) for text, words in commented(new)
    )
    assert said == sorted((remark.text, " ".join(report.source[remark.span].split())) for remark in wanted)
    assert len(commented(new)) == len(wanted)
    assert word.open_word(new).text == report.source.text

    again = comments.annotate_word(new, list(build_remarks(report_of(new))))
    assert sorted(commented(again)) == sorted(commented(new))


def test_a_remark_says_what_is_wrong_where_else_and_what_to_write() -> None:
    content = typeset.word(SLIPS.read_text(encoding="utf-8"))
    texts = [remark.text for remark in build_remarks(report_of(content))]
    said = 'warning: did you mean "paresthesias"? [misspelling], importance medium'
    assert f"{said}\nSuggestion: write paresthesias" in [text.split(", or")[0] for text in texts]
    assert (
        'error: the utilization review is dated "1-30-17" here, "02/09/2017" on the cover'
        " [ur-date-mismatch], importance high\n"
        "the UR denial date on the cover: “02/09/2017” (paragraph 1)" in texts
    )


def test_where_something_is_missing_the_next_word_is_marked() -> None:
    text = next(path for path in EXAMPLES if path.stem == "slips-2017-facts").read_text(encoding="utf-8")
    report = report_of(typeset.word(text))
    for diagnostic, remark in zip(report.diagnostics, build_remarks(report), strict=True):
        start, end = diagnostic.finding.span
        assert remark.span.start < remark.span.end
        assert start < end or report.source.text[start : remark.span.end].strip() == report.source[remark.span]


def authors(content: bytes) -> dict[str, str]:
    return {comment.text: comment.author for comment in docx.Document(io.BytesIO(content)).comments}


def remark(content: bytes, words: str, text: str) -> Remark:
    start = word.open_word(content).text.index(words)
    return Remark(Span(start, start + len(words)), text, "0" * 16)


def test_what_is_no_longer_found_goes_and_what_others_wrote_stays() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The lumber spine was injured in May.")
    document.add_comment(paragraph.runs, text="by a person", author="A. Writer", initials="AW")
    content = typeset.saved(document)
    first = comments.annotate_word(content, [remark(content, "lumber", "one"), remark(content, "injured", "two")])
    assert authors(first) == {"by a person": "A. Writer", "one": "imrlint", "two": "imrlint"}
    second = comments.annotate_word(first, [remark(first, "injured", "two"), remark(first, "May", "three")])
    assert authors(second) == {"by a person": "A. Writer", "two": "imrlint", "three": "imrlint"}
    assert ("two", "injured") in commented(second)


def test_a_comment_that_was_answered_stays() -> None:
    document = docx.Document()
    document.add_paragraph("The lumber spine was injured.")
    plain = typeset.saved(document)
    first = comments.annotate_word(plain, [remark(plain, "lumber", "one")])
    document = docx.Document(io.BytesIO(first))
    (ours,) = document.comments
    ours._comment_elm.find(qn("w:p")).set("{http://schemas.microsoft.com/office/word/2010/wordml}paraId", "1A2B3C4D")
    typeset.add_part(
        document,
        "/word/commentsExtended.xml",
        "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
        '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w15:commentEx w15:paraId="5E6F7A8B" w15:paraIdParent="1A2B3C4D"/></w15:commentsEx>',
    )
    second = comments.annotate_word(typeset.saved(document), [])
    assert authors(second) == {"one": "imrlint"}


def test_overlapping_remarks_and_remarks_over_paragraphs_and_cells() -> None:
    document = docx.Document()
    document.add_paragraph("The lumbar spine was injured.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Priority:", "Standard"
    inserted = "<w:ins w:id='1' w:author='a'><w:r><w:t>An inserted sentence.</w:t></w:r></w:ins>"
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inserted}</w:p>"))
    content = typeset.saved(document)
    wanted = [
        remark(content, "lumbar spine", "outer"),
        remark(content, "spine was", "across"),
        remark(content, "spine", "inner"),
        remark(content, "inserted", "in an insertion"),
        remark(content, "sentence.\n\nThe", "over paragraphs"),
        remark(content, "Priority:\tStandard", "over cells"),
    ]
    new = comments.annotate_word(content, wanted)
    assert sorted(commented(new)) == [
        ("across", "spine was"),
        ("in an insertion", "inserted"),
        ("inner", "spine"),
        ("outer", "lumbar spine"),
        ("over cells", "Priority: Standard"),
        ("over paragraphs", "sentence. The"),
    ]


def test_a_finding_in_a_header_is_told_beside_the_body() -> None:
    content = typeset.word_with_footnote("The request is denied.", "See the accupuncture chapter.")
    new = comments.annotate_word(content, [remark(content, "accupuncture", "in the note")])
    assert commented(new) == [("in the note", "The request is denied.")]


# ---- As users meet it


def test_copies_are_written_and_the_letters_stay(tmp_path: Path) -> None:
    text = SLIPS.read_text(encoding="utf-8")
    draft, printed = tmp_path / "draft.docx", tmp_path / "letter.pdf"
    draft.write_bytes(typeset.word(text))
    printed.write_bytes(typeset.pdf(typeset.paged(text)))
    before = draft.read_bytes(), printed.read_bytes()
    done = run("annotate", draft, "-o", tmp_path / "reviewed.docx", "--select", "real-word-error")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"{tmp_path / 'reviewed.docx'}: 1 remark\n"
    assert [words for _, words in commented((tmp_path / "reviewed.docx").read_bytes())] == ["lumber"]
    assert run("annotate", draft, printed, "-o", tmp_path / "none").returncode == 2
    (tmp_path / "folder").mkdir()
    assert run("annotate", draft, printed, "-o", tmp_path / "folder").returncode == 0
    assert {path.name for path in (tmp_path / "folder").iterdir()} == {"draft.docx", "letter.pdf"}
    assert run("annotate", printed).returncode == 0
    pages = PdfReader(tmp_path / "letter-reviewed.pdf").pages
    assert sum(len(page.get("/Annots", ())) for page in pages) == count_slips()
    assert (draft.read_bytes(), printed.read_bytes()) == before


def test_a_folder_stands_for_the_letters_in_it_that_have_a_margin(tmp_path: Path) -> None:
    text = SLIPS.read_text(encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "draft.docx").write_bytes(typeset.word(text))
    (tmp_path / "peer-reviewed.docx").write_bytes(typeset.word(text))  # no copy: there is no peer.docx
    (tmp_path / "sub" / "printed.pdf").write_bytes(typeset.pdf(typeset.paged(text)))
    (tmp_path / "notes.txt").write_text(text, encoding="utf-8")
    done = run("annotate", tmp_path)
    assert done.returncode == 0, done.stderr
    names = {path.name for path in tmp_path.rglob("*-reviewed.*")} - {"peer-reviewed.docx"}
    assert names == {"draft-reviewed.docx", "peer-reviewed-reviewed.docx", "printed-reviewed.pdf"}
    again = run("annotate", tmp_path, "-o", tmp_path / "sub")
    assert again.returncode == 2
    assert "printed.pdf already exists" in again.stderr
    assert {path.name for path in (tmp_path / "sub").glob("*.docx")} == {"draft.docx", "peer-reviewed.docx"}
    empty = tmp_path / "empty"
    empty.mkdir()
    done = run("annotate", empty)
    assert (done.returncode, done.stderr) == (
        2, f"imrlint: {empty}: no letters in this folder: imrlint looks for .docx and .pdf files\n",
    )  # fmt: skip


def test_what_has_no_margin_is_named_and_the_others_are_annotated(tmp_path: Path) -> None:
    draft = tmp_path / "draft.docx"
    draft.write_bytes(typeset.word(SLIPS.read_text(encoding="utf-8")))
    out = tmp_path / "reviewed"
    out.mkdir()
    done = run("annotate", SLIPS, tmp_path / "none.docx", draft, "-o", out)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"imrlint: {SLIPS}: only Word and PDF files can be annotated, and this is plain text",
        f"imrlint: {tmp_path / 'none.docx'}: no such file or folder",
        f"{out / 'draft.docx'}: {count_slips()} remarks",
    ]


def test_nothing_is_written_over_but_what_the_user_names(tmp_path: Path) -> None:
    draft = tmp_path / "draft.docx"
    content = typeset.word(SLIPS.read_text(encoding="utf-8"))
    draft.write_bytes(content)
    refused = run("annotate", draft, "-o", tmp_path)
    assert refused.returncode == 2
    assert f"{draft} already exists" in refused.stderr
    assert run("annotate", draft).returncode == 0
    assert run("annotate", draft).returncode == 2
    assert draft.read_bytes() == content
    assert run("annotate", draft, "-o", draft).returncode == 0
    assert len(commented(draft.read_bytes())) == count_slips()
