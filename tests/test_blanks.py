"""Blanks that nobody filled in: one finding each, and no remark on the words that a program put there."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
import typeset
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

import imrlint
from imrlint import source
from imrlint.document.text import Source

TEXT = (Path(__file__).parent / "letters" / "clean.txt").read_text(encoding="utf-8")
DROP_DOWN = (
    f"<w:sdt {nsdecls('w')}><w:sdtPr><w:showingPlcHdr/><w:dropDownList/></w:sdtPr>"
    "<w:sdtContent><w:r><w:t>{}</w:t></w:r></w:sdtContent></w:sdt>"
)


def with_blank(filled: str, shown: str) -> Source:
    """The clean letter in Word, with a list that nobody chose from in place of some words of it."""
    before, after = TEXT.split(filled, 1)
    document = docx.Document()
    for block in f"{before}\0{after}".split("\n\n"):
        paragraph = document.add_paragraph()
        begin, blank, end = block.partition("\0")
        paragraph.add_run(begin)
        if blank:
            paragraph._p.append(parse_xml(DROP_DOWN.format(shown)))
            paragraph.add_run(end)
    return source.decode(typeset.saved(document), "letter.docx")


def found(letter: Source) -> list[tuple[str, str]]:
    return [(each.name, letter[each.finding.span]) for each in imrlint.check(letter).diagnostics]


@pytest.mark.parametrize("shown", ["Choose an item.", "Select the decison"])
@pytest.mark.parametrize(
    "filled",
    ["CM17-9900001", "07/18/2017", "03/22/2017", "California, Oregon", "right\nrotator cuff strain", "06-06-2017"],
)
def test_a_list_that_nobody_chose_from_is_one_finding(filled: str, shown: str) -> None:
    usual = found(source.decode(typeset.word(TEXT), "letter.docx"))
    new = [each for each in found(with_blank(filled, shown)) if each not in usual]
    assert new == [("unfilled-placeholder", shown)]


def test_what_a_blank_leaves_out_is_still_missing() -> None:
    new = found(with_blank("Upheld", "Choose an item."))
    assert ("unfilled-placeholder", "Choose an item.") in new
    assert "missing-decision" in {name for name, _ in new}


def test_words_of_a_blank_in_typed_text_are_left_alone_too() -> None:
    letter = Source(TEXT.replace("07/18/2017", "Click or tap to enter a date.", 1))
    assert found(letter) == [("unfilled-placeholder", "Click or tap to enter a date.")]


def test_words_beside_a_blank_are_not_left_alone() -> None:
    letter = with_blank("06-06-2017", "Choose an item.")
    wrong = Source(letter.text.replace("aching", "acheing"), blanks=letter.blanks, flows=letter.flows)
    assert ("misspelling", "acheing") in found(wrong)
