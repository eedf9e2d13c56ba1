"""Pages that are pictures are read by OCR where a person asks for it."""

from __future__ import annotations

import importlib.util
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typeset
from rapidfuzz.distance import Levenshtein
from running import CLEAN, run

import imrlint
from imrlint import source
from imrlint.document.text import Source, Span
from imrlint.source import pdf, pictures, recognition
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


# ---- Pages that lie on their side or upside down

GARBLED = [[(word, 0.5, box) for word, _, box in line] for line in words((400, "jo uoisap aql"), (436, "pjaydn"))]
READ = words((400, "The decision of"), (436, "03/02/2017 is upheld."))


def on_end(lines: tuple[Words, ...]) -> tuple[Words, ...]:
    """The same words on a page that lies on its side."""
    return tuple([(word, sure, [[y, x] for x, y in box]) for word, sure, box in line] for line in lines)


@pytest.mark.parametrize(
    "passes",
    [[READ], [tuple(GARBLED), READ], [on_end(READ), READ], [on_end(tuple(GARBLED)), READ], [READ, tuple(GARBLED)]],
    ids=["upright", "upside down", "on its left side", "on its right side", "surely upright"],
)
def test_a_page_is_read_whichever_way_up_it_lies(
    monkeypatch: pytest.MonkeyPatch, passes: list[tuple[Words, ...]]
) -> None:
    found: Iterator[tuple[Words, ...]] = iter(passes)
    monkeypatch.setattr(recognition, "_engine", lambda: lambda _: _Found(next(found)))
    content = typeset.pdf([[]], picture=True)
    assert pdf.read(content, ocr=True).text.split("\n")[:2] == ["The decision of", "03/02/2017 is upheld."]


def test_a_bad_scan_that_lies_right_is_not_turned(monkeypatch: pytest.MonkeyPatch) -> None:
    poor, worse = (
        tuple([(word, sure, box) for word, _, box in line] for line in lines)
        for lines, sure in ((READ, 0.8), (GARBLED, 0.5))
    )
    found = iter([poor, worse])
    monkeypatch.setattr(recognition, "_engine", lambda: lambda _: _Found(next(found)))
    assert pdf.read(typeset.pdf([[]], picture=True), ocr=True).text.startswith("The decision of")


@pytest.mark.parametrize("quarters", range(4))
def test_the_box_of_a_line_lies_on_the_page_as_it_is_seen(quarters: int) -> None:
    import numpy

    seen = numpy.zeros((30, 20))  # rows from the top
    seen[4:7, 2:12] = 1  # left 2, right 12, and from below: bottom 23, top 26
    turned = recognition._turn(seen, quarters)
    tall, wide = turned.shape
    down, across = (axis[[0, -1]] for axis in numpy.nonzero(turned))
    box = (across.min(), tall - down.max() - 1, across.max() + 1, tall - down.min())
    assert recognition._turn_back(box, quarters, wide, tall) == (2, 23, 12, 26)


# ---- Pictures that are files


def picture(kind: str, *, pages: int = 1, mode: str = "L", size: tuple[int, int] = (150, 200)) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    first, *others = (Image.new(mode, size) for _ in range(pages))
    first.save(out, kind, **({"save_all": True, "append_images": others} if others else {}))
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_read_only_where_a_person_asks_for_it(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    with pytest.raises(source.Unreadable, match="a picture: it needs OCR; imrlint check --ocr reads it"):
        source.decode(picture(kind), "letter.picture")
    finding(monkeypatch, READ)
    letter = pictures.read(picture(kind))
    assert letter.text == "The decision of\n03/02/2017 is upheld.\n\f"
    assert letter.recognized == (1,)


def test_each_page_of_a_fax_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    finding(monkeypatch, READ)
    letter = pictures.read(picture("TIFF", pages=3))
    assert letter.text.count("is upheld.") == 3
    assert len(letter.pages) == 3
    with pytest.raises(Refused, match="more than 30 pages"):
        pictures.read(picture("TIFF", pages=31, size=(1, 1)))


def test_what_is_transparent_is_white(monkeypatch: pytest.MonkeyPatch) -> None:
    darkest = []

    def recognize(page: Any) -> _Found:
        darkest.append(page.min())
        return _Found(READ)

    monkeypatch.setattr(recognition, "_engine", lambda: recognize)
    pictures.read(picture("PNG", mode="RGBA"))
    assert darkest == [255]


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(Refused, match="10,001 by 10,000 pixels"):
        pictures.read(picture("PNG", mode="1", size=(10_001, 10_000)))


@needs_ocr
@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("kind", "turn"), [("PNG", 90), ("JPEG", 180), ("TIFF", 270)])
def test_a_picture_that_was_scanned_the_wrong_way_is_read_and_checked(tmp_path: Path, kind: str, turn: int) -> None:
    import pypdfium2

    printed = typeset.pdf(typeset.paged(CLEAN.read_text(encoding="utf-8")))
    page = pdf.read(printed)
    path = tmp_path / f"scan.{kind.lower()}"
    with pypdfium2.PdfDocument(printed) as document:
        document[0].render(scale=200 / 72).to_pil().convert("L").rotate(turn, expand=True).save(path, kind)
    letter = source.read(path, ocr=True)
    wanted, got = (" ".join(each.split()) for each in (page.text[: page.pages[1]], letter.text))
    assert Levenshtein.distance(wanted, got) < 0.01 * len(wanted)
    assert "page 1 was read by OCR" in run("check", "--ocr", path).stderr


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
