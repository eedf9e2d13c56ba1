"""Files that are no letters, or not quite: each a clear line, never a crash."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import imrlint
from imrlint import source
from imrlint.document.text import Source
from imrlint.source import Unreadable, paths

CLEAN = Path(__file__).parent / "letters" / "clean.txt"


def refused(path: Path) -> str:
    with pytest.raises(Unreadable) as error:
        source.read(path)
    message = str(error.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return error.value.reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"a letter\x00with NUL", "not a text file: it contains NUL characters"),
        (bytes(range(1, 9)) * 100 + b"text", "not a text file: it contains control characters"),
        (b"%PDF-1.7 rest", "damaged: it cannot be read as a PDF file"),
        (b"PK\x03\x04 rest", "a damaged Word or other zipped file"),
        (b"{\\rtf1 rest}", "a damaged RTF file"),
        (b"\xff\xfea", "damaged UTF-16 text"),
        (b"x" * (source.LARGEST + 1), "too large for a letter: 2.1 MB"),
        (b"line\n" * 4_000_000, "too large for a letter: 20.0 MB"),
    ],
)
def test_what_is_no_letter(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    assert refused(path) == reason


def test_what_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.txt") == "no such file or folder"
    assert refused(tmp_path) == "a folder"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert refused(tmp_path / "pipe.txt") == "not a file; use - for standard input"
    assert [type(found) for found in paths.expand([str(tmp_path)])] == [Unreadable]


def test_a_link_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to("nowhere.txt")
    assert list(paths.expand([str(tmp_path)])) == [str(tmp_path / "link.txt")]
    assert refused(tmp_path / "link.txt") == "no such file or folder"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-32"])
def test_encodings_that_can_be_read(tmp_path: Path, encoding: str) -> None:
    text = "The worker’s pain – “moderate” – is 4°.\r\nEnd."
    path = tmp_path / "letter.txt"
    path.write_bytes(text.encode(encoding))
    assert source.read(path).text == text


def test_latin_1_is_read(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes("flexion 90\xb0, caf\xe9 \x81".encode("latin-1"))
    assert source.read(path).text.startswith("flexion 90°, café")


def test_offsets_count_a_byte_order_mark_and_leave_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo")
    assert source.read(path).text == "\ufeffone\r\ntwo"


def test_folders_files_and_patterns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.txt", "a.txt", "notes.doc", "sub/c.txt", ".hidden/d.txt", "README.md", "~$aft.docx", ".e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("letter", encoding="utf-8")
    folder = str(tmp_path)

    def names(*given: str) -> list[str]:
        return [Path(p).name if isinstance(p, str) else p.reason for p in paths.expand(given)]

    assert names(folder) == ["a.txt", "b.txt", "c.txt"]
    assert names(folder, f"{folder}/a.txt") == ["a.txt", "b.txt", "c.txt"]
    assert names(f"{folder}/notes.doc") == ["notes.doc"]
    assert list(paths.expand(["./a.txt", "./-"])) == ["a.txt", "./-"]  # a lone - is standard input
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-").mkdir()
    assert list(paths.expand(["-", "-"])) == ["-"]
    (tmp_path / "-").rmdir()
    (tmp_path / "-").touch()
    assert list(paths.expand(["?"])) == ["./-"]
    assert names(f"{folder}/**/*.txt") == ["a.txt", "b.txt", "c.txt"]
    assert names(f"{folder}/*.odt") == ["no file matches this pattern"]
    (tmp_path / "empty").mkdir()
    looked_for = ".txt, .md, .docx, .pdf and .rtf files"
    assert names(f"{folder}/empty") == [f"no letters in this folder: imrlint looks for {looked_for}"]
    for name in ("d.DOCX", "e.pdf", "f.rtf", "g.md"):
        (tmp_path / name).write_text("letter", encoding="utf-8")
    assert names(folder) == ["a.txt", "b.txt", "d.DOCX", "e.pdf", "f.rtf", "g.md", "c.txt"]


def test_an_encoding_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes("flexion 90°, “stiff”".encode("mac_roman"))
    assert source.read(path, "mac_roman").text == "flexion 90°, “stiff”"
    path.write_bytes("flexion 90°".encode("cp1252"))
    with pytest.raises(Unreadable, match="not UTF-8 text: see its byte 11"):
        source.read(path, "utf-8")


def test_markdown_is_read_as_it_prints(tmp_path: Path) -> None:
    path = tmp_path / "letter.md"
    path.write_text(
        "## CLINICAL CASE SUMMARY\n\nThe **left** knee, 5 * 3 \\# 30 and snake_case.\n"
        "# 30 tablets\n\n---\n\n**MAXIMUS guideline:** _ODG_",
        encoding="utf-8",
    )
    assert source.read(path).text == (
        "CLINICAL CASE SUMMARY\n\nThe left knee, 5 * 3 # 30 and snake_case.\n# 30 tablets\n\n\n\nMAXIMUS guideline: ODG"
    )


@pytest.mark.parametrize(("name", "kind"), [("a.docx", "Word"), ("a.PDF", "PDF"), ("a.rtf", "RTF")])
def test_a_file_that_is_not_what_its_name_says_is_named(name: str, kind: str) -> None:
    with pytest.raises(Unreadable, match=f"not a {kind} file, although its name ends like one"):
        source.decode(b"IMR Case Number: CM17-9900001\n", name)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("the worker’s back".encode() + b"\xa0hurts", "the worker’s back\xa0hurts"),
        ("“stable” – ".encode() + b"\x96 caf\xe9", "“stable” – – café"),
        (b"the worker\x92s caf\xe9", "the worker’s café"),
        ("é".encode() + b"\x92\x92\x92", "Ã©’’’"),
        ("a\ufeffb”".encode() + b"\x81", "a\ufeffb”\ufffd"),
    ],
)
def test_a_few_stray_bytes_do_not_change_the_encoding(content: bytes, text: str) -> None:
    assert source.decode(content, "letter.txt").text == text


@pytest.mark.parametrize("end", ["\r", "\v", "\x85", "\u2028", "\u2029"])
def test_lines_that_end_as_in_other_programs_are_lines(end: str) -> None:
    text = CLEAN.read_text(encoding="utf-8").replace("A supply of sixty", "A suppply of sixty")
    report = imrlint.check(source.decode(text.replace("\n", end).encode(), "letter.txt"))
    (found,) = report.diagnostics
    assert report.source[found.finding.span] == "suppply"
    assert report.source.position(found.finding.span.start) == Source(text).position(text.index("suppply"))
