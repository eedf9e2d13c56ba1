"""The Python API, as its guide shows it."""

from __future__ import annotations

import doctest
import shutil
from pathlib import Path

import pytest
import typeset
from running import CLEAN, ROOT, SLIPS

import imrlint
from imrlint.settings.config import Config
from imrlint.source import Unreadable

TEXT = SLIPS.read_text(encoding="utf-8")


def test_the_guide_is_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").mkdir()
    shutil.copy(SLIPS, tmp_path / "examples")
    (tmp_path / "draft.docx").write_bytes(typeset.word(TEXT))
    monkeypatch.chdir(tmp_path)
    done = doctest.testfile(str(ROOT / "docs" / "guides" / "python.md"), module_relative=False)
    assert done.failed == 0
    assert done.attempted > 15


def test_a_clean_letter_stays_as_it_is() -> None:
    text = CLEAN.read_text(encoding="utf-8")
    assert imrlint.fix(text) == (text, (), ())


def test_suggested_fixes_are_made_only_where_they_are_wanted() -> None:
    assert "parathesias" in imrlint.fix(TEXT).text
    fixed = imrlint.fix(TEXT, suggested=True)
    assert "paresthesias" in fixed.text
    assert "misspelt-drug" in {each.name for each in fixed.made}


def test_a_configuration_says_what_is_fixed() -> None:
    assert imrlint.fix(TEXT, Config(ignore=("misspelling",))).text == TEXT


def test_a_text_that_looks_like_markdown_keeps_its_signs() -> None:
    text = TEXT.replace("radiculopthy", "*radiculopthy*\r\n")
    assert imrlint.fix(text).text == text.replace("radiculopthy", "radiculopathy")


def test_only_word_and_pdf_are_annotated(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="only Word and PDF files can be annotated"):
        imrlint.annotate(SLIPS, tmp_path / "copy.txt")
    assert not list(tmp_path.iterdir())
