"""Pages that are pictures are read by OCR where a person asks for it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typeset
from rapidfuzz.distance import Levenshtein
from running import CLEAN, run

import imrlint
from imrlint import source
from imrlint.document.text import Source, Span
from imrlint.source import pdf, recognition
from imrlint.source.errors import Refused

needs_ocr = pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="needs RapidOCR")
PICTURES = typeset.pdf([["A letter."], [], []], picture=True)

Words = list[tuple[str, float, Any]]


class _Found(NamedTuple):
    word_results: tuple[Words, ...] | None


def words(*lines: tuple[int, str], falling: float = 0.0) -> tuple[Words, ...]:
    """What the engine finds for lines at these distances from the top, in pixels; a word with "?" is not sure."""
    found = []
    for top, line in lines:
        left, row = 200, []
        for word in line.split():
            right = left + 20 * len(word)
            y = top + falling * left
            box = [[left, y], [right, y], [right, y + 30], [left, y + 30]]
            row.append((word.strip("?"), 0.5 if "?" in word else 0.99, box))
            left = right + 10
        found.append(row)
    return tuple(found)


def finding(monkeypatch: pytest.MonkeyPatch, found: tuple[Words, ...] | None) -> None:
    monkeypatch.setattr(recognition, "_engine", lambda: lambda _: _Found(found))


def test_the_rows_of_pictures_are_read_in_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    finding(monkeypatch, words((400, "The lumber? spine"), (436, "is tender."), (520, "Next."), falling=0.01))
    letter = pdf.read(PICTURES, ocr=True)
    page = "The lumber spine\nis tender.\n\nNext.\n\f"
    assert letter.text == "A letter.\n\f" + 2 * page
    assert (letter.recognized, letter.unread) == ((2, 3), ())
    assert [letter.text[span.start : span.end] for span in letter.unsure] == ["lumber", "lumber"]


def test_what_stands_side_by_side_is_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    (left,), (right,) = words((400, "Case Number:")), words((403, "CM17-9900001"))
    moved = [(word, sure, [[x + 600, y] for x, y in box]) for word, sure, box in right]
    finding(monkeypatch, (moved, left))
    assert "Case Number:  CM17-9900001" in pdf.read(PICTURES, ocr=True).text


def test_a_picture_without_words_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    finding(monkeypatch, None)
    letter = pdf.read(PICTURES, ocr=True)
    assert letter.recognized == ()
    assert letter.unread == tuple(f"page {n} is a picture and was not checked: it needs OCR" for n in (2, 3))


def test_too_many_pictures_are_refused_before_they_are_read() -> None:
    with pytest.raises(Refused, match="more than 30 of its pages are pictures"):
        pdf.read(typeset.pdf([[]] * 31, picture=True), ocr=True)


def test_without_the_engine_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    recognition._engine.cache_clear()
    with pytest.raises(Refused, match=r'pip install "imrlint\[ocr\]"'):
        pdf.read(PICTURES, ocr=True)


def test_a_word_that_was_not_read_well_is_no_misspelling() -> None:
    text = CLEAN.read_text(encoding="utf-8").replace("shoulder", "shuolder", 1)
    at = text.index("shuolder")
    sure = source.decode(text.encode(), "letter.txt")
    unsure = Source(text, "letter.txt", unsure=(Span(at, at + 8),))

    def found(letter: Source) -> list[str]:
        return [each.name for each in imrlint.check(letter).diagnostics if each.finding.span.start == at]

    assert found(sure)
    assert not found(unsure)


@needs_ocr
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_scanned_letter_is_read_and_checked(tmp_path: Path) -> None:
    text = CLEAN.read_text(encoding="utf-8")
    printed = typeset.pdf(typeset.paged(text))
    path = tmp_path / "scan.pdf"
    path.write_bytes(typeset.scanned(printed, pages=1))
    assert run("check", path).returncode == 2
    letter = source.read(path, ocr=True)
    page = pdf.read(printed)
    wanted, got = (" ".join(each.split()) for each in (page.text[: page.pages[1]], letter.text))
    assert Levenshtein.distance(wanted, got) < 0.01 * len(wanted)
    done = run("check", "--ocr", path)
    assert "page 1 was read by OCR" in done.stderr
    assert "needs OCR" not in done.stderr
