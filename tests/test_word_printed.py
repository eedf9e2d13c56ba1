"""What a Word file prints is read, and what it does not print is not: fields, forms, numbers, symbols, headers."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
import typeset
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from running import CLEAN, run

import imrlint
from imrlint import source
from imrlint.document.text import Span
from imrlint.engine.findings import Edit
from imrlint.revision.word import WordRevision
from imrlint.source import word
from imrlint.source.extract import Extract

SPACES = (
    f"{nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    " xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml'"
    " xmlns:new='http://schemas.example.org/word/2099/extension'"
    " xmlns:w16se='http://schemas.microsoft.com/office/word/2015/wordml/symex'"
    " xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'"
)


def t(words: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>"


def mark(kind: str, inside: str = "") -> str:
    return f"<w:r><w:fldChar w:fldCharType='{kind}'>{inside}</w:fldChar></w:r>"


def field(instruction: str, result: str, data: str = "") -> str:
    return mark("begin", data) + instruction + mark("separate") + result + mark("end")


def code(words: str) -> str:
    return f"<w:r><w:instrText>{words}</w:instrText></w:r>"


def read(*blocks: str, styles: str = "") -> Extract:
    """The text of a Word file with these blocks; a block that is no element is the content of a paragraph."""
    document = docx.Document()
    for number, block in enumerate(blocks):
        xml = block if block.startswith(("<w:p>", "<mc:", "<w:tbl", "<w:sdt")) else f"<w:p>{block}</w:p>"
        root = parse_xml(f"<w:body {SPACES}>{xml}</w:body>")
        document.element.body.insert(number, root[0])
    if styles:
        document.styles.element.append(parse_xml(styles.replace("<w:style ", f"<w:style {nsdecls('w')} ", 1)))
    return word.read(typeset.saved(document))


# ---- Fields and forms

SEX = field(code("MERGEFIELD Sex"), t("F"))
DROP_DOWN = "<w:ffData><w:ddList>{}<w:listEntry w:val='Upheld'/><w:listEntry w:val='Overturned'/></w:ddList></w:ffData>"
BOX = "<w:ffData><w:checkBox><w:default w:val='0'/>{}</w:checkBox></w:ffData>"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (
            field(code("IF ") + SEX + code(' = "M" "He" "She"'), t("She")) + t(" was feeding cable."),
            "She was feeding cable.",
        ),
        (field(code("IF ") + field(code("REF a"), t("Upheld")) + t("Upheld"), t("Overturned")), "Overturned"),
        (t("a") + field(code("SET x") + t("unseen"), "") + t("b"), "ab"),
        (t("a") + mark("begin") + code("XE") + t("index entry") + mark("end") + t("b"), "ab"),
        (t("kept ") + mark("begin") + t("although its field has no end"), "kept although its field has no end"),
        ("<w:fldSimple w:instr='PAGE'>" + t("7") + "</w:fldSimple>", "7"),
        (field(code("FORMDROPDOWN"), "", DROP_DOWN.format("<w:result w:val='1'/>")), "Overturned"),
        (field(code("FORMDROPDOWN"), "", DROP_DOWN.format("<w:default w:val='1'/>")), "Overturned"),
        (field(code("FORMDROPDOWN"), "", DROP_DOWN.format("")), "Upheld"),
        (field(code("FORMDROPDOWN"), t("Upheld"), DROP_DOWN.format("")), "Upheld"),
        (t("a ") + field(code("FORMCHECKBOX"), "", BOX.format("<w:checked/>")), "a ☒"),
        (t("a ") + field(code("FORMCHECKBOX"), "", BOX.format("")), "a ☐"),
    ],
)
def test_a_field_prints_its_result(xml: str, text: str) -> None:
    assert read(xml).text == text


@pytest.mark.parametrize(
    ("instruction", "text"),
    [("SYMBOL 176 \\f Symbol \\s 12", "80°."), ("SYMBOL 0xB1", "80±."), ("SYMBOL x", "80•."), ("TC x", "80.")],
)
def test_a_symbol_may_stand_in_the_instruction_of_a_field(instruction: str, text: str) -> None:
    assert read(t("80") + mark("begin") + code(instruction) + mark("end") + t(".")).text == text


def test_a_button_that_asks_to_write_is_printed_and_blank() -> None:
    button = mark("begin") + code(" MACROBUTTON NoMacro [Type the trade] ") + mark("end")
    letter = read(t("She is a ") + button + t(" by trade."))
    assert letter.text == "She is a [Type the trade] by trade."
    assert [letter.text[span.start : span.end] for span in letter.blanks] == ["[Type the trade]"]


def test_a_field_may_go_on_in_the_next_paragraph() -> None:
    begun = t("Before. ") + mark("begin") + code("IF") + t("unseen")
    assert read(begun, t("unseen too") + mark("separate") + t("Seen."), t("Seen too.") + mark("end")).text == (
        "Before. \n\nSeen.\n\nSeen too."
    )


# ---- Alternatives


def either(requires: str, first: str, second: str) -> str:
    return (
        f"<mc:AlternateContent><mc:Choice Requires='{requires}'>{first}</mc:Choice>"
        f"<mc:Fallback>{second}</mc:Fallback></mc:AlternateContent>"
    )


@pytest.mark.parametrize(
    ("blocks", "text"),
    [
        ((either("w14", f"<w:p>{t('new')}</w:p>", f"<w:p>{t('old')}</w:p>"),), "new"),
        ((either("new", f"<w:p>{t('new')}</w:p>", f"<w:p>{t('old')}</w:p>"),), "old"),
        ((t("a ") + either("w14", t("new"), t("old")) + t(" b"),), "a new b"),
        (("<w:r>" + either("new", "<w:t>new</w:t>", "<w:t>old</w:t>") + "</w:r>",), "old"),
        ((t("a") + "<mc:AlternateContent><mc:Choice Requires='new'/></mc:AlternateContent>",), "a"),
    ],
)
def test_one_alternative_is_read(blocks: tuple[str, ...], text: str) -> None:
    assert read(*blocks).text == text


def test_words_that_have_a_copy_for_older_programs_are_not_edited() -> None:
    document = docx.Document()
    xml = t("The ") + either("w14", t("lumber"), t("lumber")) + t(" spine and a lumber support")
    document.element.body.insert(0, parse_xml(f"<w:p {SPACES}>{xml}</w:p>"))
    made = WordRevision(typeset.saved(document), None)
    assert not made.can_apply(Edit(Span(4, 10), "lumbar"))
    assert made.can_apply(Edit(Span(23, 29), "lumbar"))


def test_numbers_and_values_of_forms_are_not_edited() -> None:
    document = docx.Document()
    data = DROP_DOWN.format("<w:result w:val='1'/>")
    xml = t("Decision: ") + field(code("FORMDROPDOWN"), "", data) + t(" today")
    document.element.body.insert(0, parse_xml(f"<w:p {SPACES}>{xml}</w:p>"))
    made = WordRevision(typeset.saved(document), None)
    assert not made.can_apply(Edit(Span(10, 20), "Upheld"))
    changed = made.apply([Edit(Span(21, 26), "here")])
    assert word.read(changed).text == "Decision: Overturned here"


# ---- Symbols


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (t("80") + "<w:r><w:sym w:font='Symbol' w:char='F0B0'/></w:r>", "80°"),
        ("<w:r><w:sym w:font='Symbol' w:char='F0B3'/></w:r>" + t("4"), "≥4"),
        (t("25 ") + "<w:r><w:sym w:font='Symbol' w:char='F06D'/></w:r>" + t("g"), "25 µg"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>", "✓"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F04A'/></w:r>" + t("a"), "•a"),
        ("<w:r><w:sym w:font='Arial' w:char='00B1'/></w:r>", "±"),
        ("<w:r><w:sym w:font='Symbol' w:char='no number'/></w:r>" + t("a"), "•a"),
        ("<w:r><w:rPr><w:rFonts w:ascii='Symbol'/></w:rPr><w:t>\uf0a3</w:t></w:r>" + t(" 5"), "≤ 5"),
        ("<w:r><w:sym w:font='Wingdings 2' w:char='0052'/></w:r>" + t(" a"), "☑ a"),
        ("<w:r><w:rPr><w:rFonts w:ascii='Symbol'/></w:rPr><w:t>b °</w:t></w:r>", "β °"),
        ("<w:r><w:rPr><w:rFonts w:ascii='Arial'/></w:rPr><w:t>b</w:t></w:r>", "b"),
        ("<w:r><w16se:symEx w16se:font='Segoe UI Symbol' w16se:char='2265'/></w:r>" + t("4"), "≥4"),
    ],
)  # fmt: skip
def test_symbols_are_the_characters_that_are_printed(xml: str, text: str) -> None:
    assert read(xml).text == text


# ---- Paragraphs and tables


@pytest.mark.parametrize("kind", ["drop", "margin"])
def test_a_large_first_letter_belongs_to_its_word(kind: str) -> None:
    first = f"<w:pPr><w:framePr w:dropCap='{kind}' w:lines='3'/></w:pPr>{t('D')}"
    assert read(first, t("ecision rationale: It is denied.")).text == "Decision rationale: It is denied."


def test_a_frame_without_large_letter_is_a_paragraph() -> None:
    assert read(f"<w:pPr><w:framePr w:wrap='around'/></w:pPr>{t('One.')}", t("Two.")).text == "One.\n\nTwo."


def test_cells_that_were_deleted_are_not_read() -> None:
    cells = "".join(
        f"<w:tc><w:tcPr>{form}</w:tcPr><w:p>{t(words)}</w:p></w:tc>"
        for form, words in (
            ("", "Date:"), ("<w:cellDel w:id='1' w:author='a'/>", "07/18/2015"),
            ("<w:cellIns w:id='2' w:author='a'/>", "07/18/2016"),
        )
    )  # fmt: skip
    assert read(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>").text == "Date:\t07/18/2016"


def test_words_are_read_with_the_spaces_that_are_printed() -> None:
    assert read("<w:r><w:t>one </w:t></w:r><w:r><w:t> two</w:t></w:r>").text == "onetwo"
    assert read("<w:r><w:t xml:space='preserve'>one\ntwo\tthree </w:t></w:r>" + t("four")).text == "one two three four"
    assert read("<w:r><w:t>cer</w:t><w:softHyphen/><w:t>vical</w:t></w:r>").text == "cervical"


def test_words_with_their_pronunciation_are_read_once() -> None:
    assert (
        read(f"<w:r><w:ruby><w:rt>{t('above')}</w:rt><w:rubyBase>{t('word')}</w:rubyBase></w:ruby></w:r>").text
        == "word"
    )


def test_what_an_upper_cell_covers_is_not_read() -> None:
    rows = "".join(
        f"<w:tr><w:tc><w:tcPr>{form}</w:tcPr><w:p>{t(first)}</w:p></w:tc><w:tc><w:p>{t(second)}</w:p></w:tc></w:tr>"
        for form, first, second in (
            ("<w:vMerge w:val='restart'/>", "Upheld", "one"),
            ("<w:vMerge/>", "Overturned", "two"),
            ("", "Upheld", "three"),
        )
    )  # fmt: skip
    assert read(f"<w:tbl>{rows}</w:tbl>").text == "Upheld\tone\ntwo\nUpheld\tthree"


@pytest.mark.parametrize(
    ("end", "text"),
    [
        ("", "The request\n\nis upheld."),
        ("<w:rPr><w:del w:id='1' w:author='a'/></w:rPr>", "The request is upheld."),
        ("<w:rPr><w:moveFrom w:id='1' w:author='a'/></w:rPr>", "The request is upheld."),
        ("<w:rPr><w:vanish/><w:specVanish/></w:rPr>", "The request is upheld."),
        ("<w:rPr><w:vanish w:val='0'/></w:rPr>", "The request\n\nis upheld."),
    ],
)
def test_paragraphs_are_one_where_the_end_between_them_is_not_printed(end: str, text: str) -> None:
    space = " " if "\n" not in text else ""
    assert read(f"<w:pPr>{end}</w:pPr>{t('The request' + space)}", t("is upheld.")).text == text


HIDDEN = "<w:style w:type='{}' w:styleId='Unseen'><w:name w:val='Unseen'/><w:rPr><w:vanish/></w:rPr></w:style>"


@pytest.mark.parametrize(
    ("kind", "xml"),
    [
        ("character", t("seen") + "<w:r><w:rPr><w:rStyle w:val='Unseen'/></w:rPr><w:t>hidden</w:t></w:r>"),
        ("character", t("seen") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"),
        ("character", "<w:r><w:rPr><w:rStyle w:val='Unseen'/><w:vanish w:val='0'/></w:rPr><w:t>seen</w:t></w:r>"),
    ],
)
def test_text_hidden_by_a_style_is_not_read(kind: str, xml: str) -> None:
    assert read(xml, styles=HIDDEN.format(kind)).text == "seen"


def test_a_run_may_be_shown_in_a_paragraph_of_a_hidden_style() -> None:
    shown = "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>shown</w:t></w:r>"
    letter = read(f"<w:pPr><w:pStyle w:val='Unseen'/></w:pPr>{t('hidden')}{shown}", styles=HIDDEN.format("paragraph"))
    assert letter.text == "shown"


def test_a_paragraph_of_a_hidden_style_is_not_read() -> None:
    hidden = f"<w:pPr><w:pStyle w:val='Unseen'/></w:pPr>{t('hidden')}"
    assert read(hidden, t("seen"), styles=HIDDEN.format("paragraph")).text == "seen"


BOXED = "<w:txbxContent><w:p><w:r><w:t>Draft</w:t></w:r></w:p></w:txbxContent>"
PICTURE = f"<w:pict>{BOXED}</w:pict>"
ANCHOR = (
    "<wp:anchor xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'>"
    f"<wp:docPr id='1' name='Box' hidden='{{}}'/>{BOXED}</wp:anchor>"
)
SHAPE = f"<w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml' style='{{}}'>{BOXED}</v:shape></w:pict>"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (f"<w:r>{PICTURE}</w:r>", "Draft\n\nLetter."),
        (f"<w:del w:id='1' w:author='a'><w:r>{PICTURE}</w:r></w:del>", "Letter."),
        (f"<w:moveFrom w:id='1' w:author='a'><w:r>{PICTURE}</w:r></w:moveFrom>", "Letter."),
        (f"<w:r><w:rPr><w:vanish/></w:rPr>{PICTURE}</w:r>", "Letter."),
        (field(code("IF") + f"<w:r>{PICTURE}</w:r>", ""), "Letter."),
        (f"<w:r><w:drawing>{ANCHOR.format('1')}</w:drawing></w:r>", "Letter."),
        (f"<w:r><w:drawing>{ANCHOR.format('0')}</w:drawing></w:r>", "Draft\n\nLetter."),
        (f"<w:r>{SHAPE.format('width:9pt; visibility: hidden')}</w:r>", "Letter."),
        (f"<w:r>{SHAPE.format('width:9pt')}</w:r>", "Draft\n\nLetter."),
    ],
)
def test_only_text_boxes_that_are_printed_are_read(xml: str, text: str) -> None:
    assert read(xml + t("Letter.")).text == text


# ---- Automatic numbers


def level(number: int, form: str, text: str, more: str = "") -> str:
    start = f"<w:start w:val='1'/><w:numFmt w:val='{form}'/>{more}"
    return f"<w:lvl w:ilvl='{number}'>{start}<w:lvlText w:val='{text}'/></w:lvl>"


def numbered(levels: str, *places: tuple[int, int], more: str = "", inside: str = "") -> list[str]:
    """The paragraphs of a file, each in the list of that number at that level; `inside` is what they consist of."""
    document = docx.Document()
    root = document.part.numbering_part.element
    for each in list(root):
        root.remove(each)
    for xml in (
        f"<w:abstractNum {nsdecls('w')} w:abstractNumId='1'>{levels}</w:abstractNum>",
        f"<w:num {nsdecls('w')} w:numId='1'><w:abstractNumId w:val='1'/></w:num>",
        f"<w:num {nsdecls('w')} w:numId='2'><w:abstractNumId w:val='1'/>{more}</w:num>",
    ):
        root.append(parse_xml(xml))
    for at, (number, depth) in enumerate(places):
        form = f"<w:pPr><w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{number}'/></w:numPr></w:pPr>"
        document.element.body.insert(at, parse_xml(f"<w:p {nsdecls('w')}>{form}{inside or t('X.')}</w:p>"))
    return word.read(typeset.saved(document)).text.split("\n\n")


def test_the_numbers_of_lists_are_read() -> None:
    plain = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)") + level(2, "lowerRoman", "(%3)")
    assert numbered(plain, (1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1)) == [
        "1. X.", "a) X.", "b) X.", "(i) X.", "2. X.", "a) X.",
    ]  # fmt: skip
    legal = level(0, "upperRoman", "%1)") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert numbered(legal, (1, 0), (1, 0), (1, 1)) == ["I) X.", "II) X.", "2.1 X."]
    assert numbered(level(0, "bullet", "o"), (1, 0)) == ["X."]
    assert numbered(level(0, "decimal", "%1)"), (1, 0), (0, 0), (1, 0)) == ["1) X.", "X.", "2) X."]


def test_the_formats_of_numbers() -> None:
    def first(form: str, text: str, count: int = 1) -> list[str]:
        return [each.removesuffix("X.") for each in numbered(level(0, form, text), *[(1, 0)] * count)]

    assert first("ordinal", "%1", 23)[9:] == [
        "10th ", "11th ", "12th ", "13th ", "14th ", "15th ", "16th ", "17th ", "18th ", "19th ", "20th ", "21st ",
        "22nd ", "23rd ",
    ]  # fmt: skip
    assert first("cardinalText", "%1:", 2) == ["One: ", "Two: "]
    assert first("ordinalText", "%1:", 2) == ["First: ", "Second: "]
    assert first("ordinalText", "%1:", 99)[-1] == "99: "
    assert first("none", "Item", 1) == ["Item "]
    assert first("none", "%1", 1) == [""]


def test_a_level_begins_again_where_it_says() -> None:
    def levels(restart: str) -> str:
        return (
            level(0, "decimal", "%1.")
            + level(1, "decimal", "%1.%2")
            + level(2, "lowerLetter", "%3)", f"<w:lvlRestart w:val='{restart}'/>")
        )

    places = ((1, 0), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2))
    assert [each[0] for each in numbered(levels("0"), *places)] == ["1", "a", "1", "b", "2", "c"]
    assert [each[0] for each in numbered(levels("1"), *places)] == ["1", "a", "1", "b", "2", "a"]
    assert [each[0] for each in numbered(levels("2"), *places)] == ["1", "a", "1", "a", "2", "a"]


LISTED = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='7'/></w:numPr>"


def listed(*blocks: tuple[str, str]) -> str:
    """The text of a file with paragraphs of one list, each the end of its form and its content."""
    document = docx.Document()
    root = document.part.numbering_part.element
    definition = f"<w:abstractNum {nsdecls('w')} w:abstractNumId='77'>{level(0, 'decimal', '%1.')}</w:abstractNum>"
    root.insert(0, parse_xml(definition))
    root.append(parse_xml(f"<w:num {nsdecls('w')} w:numId='7'><w:abstractNumId w:val='77'/></w:num>"))
    for at, (end, content) in enumerate(blocks):
        xml = f"<w:p {SPACES}><w:pPr>{LISTED}<w:rPr>{end}</w:rPr></w:pPr>{content}</w:p>"
        document.element.body.insert(at, parse_xml(xml))
    return word.read(typeset.saved(document)).text


def test_paragraphs_that_are_not_printed_are_not_counted() -> None:
    gone = "<w:del w:id='1' w:author='a'/>"
    deleted = "<w:del w:id='2' w:author='a'><w:r><w:delText>Two.</w:delText></w:r></w:del>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Two.</w:t></w:r>"
    assert listed(("", t("One.")), (gone, deleted), ("", t("Three."))) == "1. One.\n\n2. Three."
    assert listed(("", t("One.")), ("<w:vanish/>", hidden), ("", t("Three."))) == "1. One.\n\n2. Three."
    assert listed((gone, t("One ")), ("", t("two.")), ("", t("Three."))) == "1. One two.\n\n2. Three."
    assert listed((gone, t("One.")), ("", ""), ("", t("Two."))) == "1. One.\n\n2. Two."
    assert listed(("<w:vanish/>", t("Title. ")), ("", t("Text."))) == "1. Title. 2. Text."


def test_the_number_of_an_empty_paragraph_is_printed() -> None:
    assert listed(("", t("One.")), ("", ""), ("", t("Three."))) == "1. One.\n\n2. \n\n3. Three."


def test_a_list_may_begin_again() -> None:
    again = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride>"
    assert numbered(level(0, "decimal", "%1."), (1, 0), (2, 0), (2, 0), more=again) == ["1. X.", "1. X.", "2. X."]
    assert numbered(level(0, "decimal", "%1."), (1, 0), (2, 0)) == ["1. X.", "2. X."]


# ---- Headers and notes


def test_headers_are_read_where_they_are_printed() -> None:
    document = docx.Document()
    document.add_paragraph("Letter.")
    section = document.sections[0]
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    section.first_page_header.paragraphs[0].text = "First page"
    section.even_page_header.paragraphs[0].text = "Even pages"
    section.header.paragraphs[0].text = "All others"
    assert set(word.read(typeset.saved(document)).text.split("\n\n")) == {
        "First page",
        "Even pages",
        "All others",
        "Letter.",
    }
    section.different_first_page_header_footer = False
    assert "First page" not in word.read(typeset.saved(document)).text
    document.settings.odd_and_even_pages_header_footer = False
    read_again = word.read(typeset.saved(document))
    assert read_again.text == "All others\n\nLetter."
    assert read_again.text[: read_again.margin] == "All others"


def test_a_note_to_which_nothing_refers_is_not_read() -> None:
    content = typeset.word_with_footnote("Letter.", "Note.")
    assert word.read(content).text == "Note.\n\nLetter."
    document = docx.Document(io.BytesIO(content))
    for reference in list(document.element.body.iter(f"{{{document.element.nsmap['w']}}}footnoteReference")):
        reference.getparent().remove(reference)
    assert word.read(typeset.saved(document)).text == "Letter."


def test_the_case_number_of_the_cover_counts_more_than_that_of_a_header() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Case Number: CM16-9900002"
    document.add_paragraph("Case Number: CM17-9900001")
    document.add_paragraph("Date of Injury: 07/18/2016")
    from imrlint import parser

    letter = parser.parse(source.decode(typeset.saved(document), "letter.docx"))
    assert letter.header.case_number is not None
    assert letter.header.case_number.value == "CM17-9900001"


CONTROL = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("shown", "blanks"),
    [("<w:showingPlcHdr/>", ["the worker's trade"]), ("", []), ("<w:showingPlcHdr w:val='0'/>", [])],
)
def test_a_control_that_shows_its_placeholder_is_blank(shown: str, blanks: list[str]) -> None:
    inline = read(t("She is a ") + CONTROL.format(shown, t("the worker") + t("'s trade")) + t(" by trade."))
    assert [inline.text[span.start : span.end] for span in inline.blanks] == blanks
    block = read(CONTROL.format(shown, f"<w:p>{t('the worker')}{t(chr(39) + 's trade')}</w:p>"))
    assert [block.text[span.start : span.end] for span in block.blanks] == blanks


def test_a_blank_that_the_file_declares_is_reported_whatever_its_words() -> None:
    document = docx.Document(io.BytesIO(typeset.word(CLEAN.read_text(encoding="utf-8"))))
    xml = CONTROL.format("<w:showingPlcHdr/>", t("Describe the trade"))
    document.element.body.insert(40, parse_xml(f"<w:p {SPACES}>{t('She is a ')}{xml}</w:p>"))
    report = imrlint.check(source.decode(typeset.saved(document), "letter.docx"))
    messages = [each.finding.message for each in report.diagnostics if each.name == "unfilled-placeholder"]
    assert messages == ['placeholder "Describe the trade" was not filled in']


# ---- The package


def repacked(content: bytes, change: dict[str, bytes], rename: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name)
            info.filename = name.replace("/", "\\") if rename else name
            new.writestr(info, change.get(name, old.read(name)))
    return out.getvalue()


@pytest.mark.parametrize("target", ["#_top", "../NULL", "media/gone.png", "NULL", "/word/gone.xml"])
def test_a_relation_that_leads_nowhere_does_no_harm(target: str) -> None:
    content = typeset.word("A letter.")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relations = archive.read("word/_rels/document.xml.rels")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    lost = f'<Relationship Id="rId99" Type="{kind}" Target="{target}"/></Relationships>'.encode()
    changed = repacked(content, {"word/_rels/document.xml.rels": relations.replace(b"</Relationships>", lost)})
    assert source.decode(changed, "letter.docx").text == "A letter."


def test_a_relation_leads_to_a_part_in_another_case() -> None:
    content = typeset.word_with_footnote("A letter.", "A note.")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relations = archive.read("word/_rels/document.xml.rels")
    changed = {"word/_rels/document.xml.rels": relations.replace(b'"footnotes.xml', b'"Footnotes.XML')}
    assert changed["word/_rels/document.xml.rels"] != relations
    assert source.decode(repacked(content, changed), "letter.docx").text == "A note.\n\nA letter."


def test_names_with_backslashes_are_read() -> None:
    content = repacked(typeset.word("A letter."), {}, rename=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "word\\document.xml" in {info.orig_filename for info in archive.infolist()}
    assert source.decode(content, "letter.docx").text == "A letter."


def test_a_part_that_is_not_read_is_named() -> None:
    assert read(t("One.")).unread == ()
    document = docx.Document()
    document.add_paragraph("One.")
    body = document.element.body
    body.insert(1, parse_xml(f"<w:altChunk {SPACES} r:id='rId9'/>"))
    assert word.read(typeset.saved(document)).unread == ("a document that is inserted into it was not checked",)
    chart = "<c:chart xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' r:id='rId8'/>"
    assert read(f"<w:r><w:drawing>{chart}{chart}</w:drawing></w:r>").unread == (
        "a chart was not checked, nor was one more",
    )


def test_a_letter_with_such_a_part_is_not_said_to_be_checked(tmp_path) -> None:  # type: ignore[no-untyped-def]
    document = docx.Document()
    document.add_paragraph("One.")
    document.element.body.insert(1, parse_xml(f"<w:altChunk {SPACES} r:id='rId9'/>"))
    path = tmp_path / "letter.docx"
    path.write_bytes(typeset.saved(document))
    done = run("check", path)
    assert done.returncode == 2
    assert "was not checked" in done.stderr


# ---- Inserted documents


def inserting(content: bytes, kind: str, name: str) -> bytes:
    """A Word file that inserts this document between two paragraphs."""
    document = docx.Document()
    document.add_paragraph("Before.")
    document.add_paragraph("After.")
    part = Part(PackURI(f"/word/{name}"), kind, content, document.part.package)
    number = document.part.relate_to(part, RELATION)
    document.element.body.insert(1, parse_xml(f"<w:altChunk {SPACES} r:id='{number}'/>"))
    return typeset.saved(document)


RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PAGE = b"<html><head><title>No</title></head><body><p>One &amp;\nhalf.</p><ul><li>Two.</li></ul></body></html>"
INSERTED = [
    (typeset.word("One & half.\n\nTwo."), WORD, "chunk.docx"),
    (PAGE, "text/html", "chunk.htm"),
    (b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + PAGE, "message/rfc822", "chunk.mht"),
    (b"One & half.\r\nTwo.\r\n", "text/plain", "chunk.txt"),
    (rb"{\rtf1 One & half.\par Two.\par}", "application/rtf", "chunk.rtf"),
]


@pytest.mark.parametrize(("content", "kind", "name"), INSERTED)
def test_a_document_that_is_inserted_is_read_where_it_is_printed(content: bytes, kind: str, name: str) -> None:
    letter = word.read(inserting(content, kind, name))
    assert letter.text == "Before.\n\nOne & half.\n\nTwo.\n\nAfter."
    assert letter.unread == ()


@pytest.mark.parametrize(
    ("content", "kind", "name"),
    [
        (b"PK\3\4 damaged", WORD, "chunk.docx"),
        (b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\n", "x/y", "c.mht"),
    ],
)
def test_an_inserted_document_that_cannot_be_read_is_named(content: bytes, kind: str, name: str) -> None:
    letter = word.read(inserting(content, kind, name))
    assert letter.text == "Before.\n\nAfter."
    assert letter.unread == ("a document that is inserted into it was not checked",)


def test_documents_are_not_inserted_into_each_other_without_end() -> None:
    content = typeset.word("Innermost.")
    for _ in range(6):
        content = inserting(content, WORD, "chunk.docx")
    assert word.read(content).unread == ("a document that is inserted into it was not checked",)


def test_an_inserted_document_is_kept_and_not_edited() -> None:
    content, kind, name = INSERTED[0]
    made = WordRevision(inserting(content, kind, name), None)
    assert not made.can_apply(Edit(Span(9, 12), "Once"))
    changed = made.apply([Edit(Span(0, 6), "First")])
    assert word.read(changed).text == "First.\n\nOne & half.\n\nTwo.\n\nAfter."
    with zipfile.ZipFile(io.BytesIO(changed)) as archive:
        assert archive.read("word/chunk.docx") == content
        assert f'PartName="/word/{name}" ContentType="{kind}"'.encode() in archive.read("[Content_Types].xml")


# ---- Fields that number


def number_field(instruction: str) -> str:
    """A field that prints a number, and stores no result."""
    return mark("begin") + code(instruction) + mark("end")


def headed(style: str, *content: str) -> str:
    form = f"<w:pPr><w:pStyle w:val='{style}'/></w:pPr>" if style else ""
    return f"<w:p>{form}{''.join(content)}</w:p>"


@pytest.mark.parametrize(
    ("instructions", "printed"),
    [
        (["AUTONUM"] * 3, ["1.", "2.", "3."]),
        (
            ["AUTONUMLGL", r"AUTONUMLGL \* Arabic \s :", r'AUTONUMLGL \* alphabetic \s " "', r"AUTONUMLGL \* ROMAN",
             r"AUTONUMLGL \e"],
            ["1.", "2:", "c", "IV.", "5"],
        ),
        ([r"AUTONUM \* MERGEFORMAT", "autonum"], ["1.", "2."]),
        (["AUTONUMOUT", "AUTONUMOUT"], ["1.", "2."]),
        (["LISTNUM", "LISTNUM", r"LISTNUM \s 7", "LISTNUM"], ["1)", "2)", "7)", "8)"]),
        (["LISTNUM OutlineDefault", r'LISTNUM "OutlineDefault" \l 2', "LISTNUM"], ["I.", "A.", "II."]),
        (["LISTNUM LegalDefault", r"LISTNUM LegalDefault \l 2", r"LISTNUM LegalDefault \l 2"], ["1.", "1.1.", "1.2."]),
    ],
)  # fmt: skip
def test_the_numbers_of_paragraphs_are_counted(instructions: list[str], printed: list[str]) -> None:
    letter = read(*(number_field(instruction) + t(" item") for instruction in instructions))
    assert [line.removesuffix(" item").rstrip() for line in letter.text.split("\n\n")] == printed


STYLES = ["Heading1", "Heading2", "Heading2", "", "", "Heading1", "", "Heading2"]


@pytest.mark.parametrize(
    ("kind", "printed"),
    [
        ("AUTONUM", "1. 1. 2. 1. 2. 2. 1. 1."),
        ("AUTONUMLGL", "1. 1.1. 1.2. 1.2.1. 1.2.2. 2. 2.1. 2.1."),
        ("AUTONUMOUT", "I. A. B. 1. 2. II. 1. A."),
    ],
)
def test_headings_have_levels_and_body_text_is_counted_behind_them(kind: str, printed: str) -> None:
    letter = read(*(headed(style, number_field(kind), t("x")) for style in STYLES))
    assert letter.text.replace("x", "").split() == printed.split()


def test_several_places_of_a_paragraph_are_number_field() -> None:
    sentence = "We ask: {} approve, {} fund, {} hire."
    first, *others = sentence.split("{}")
    fields = [r"LISTNUM NumberDefault \l 3 \s 1", "LISTNUM", "LISTNUM"]
    body = "".join(number_field(field) + t(part) for field, part in zip(fields, others, strict=True))
    assert read(t(first) + body).text == sentence.format("i)", "ii)", "iii)")
    assert read(number_field("LISTNUM") * 3).text == "1)a)i)"


def test_a_field_in_a_numbered_paragraph_counts_one_level_below_it() -> None:
    levels = level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)") + level(2, "decimal", "%1.%3")
    inside = t("x ") + number_field("LISTNUM") + t(" y ") + number_field("LISTNUM")
    assert numbered(levels, (1, 0), (1, 0), inside=inside) == ["1. x (a) y (b)", "2. x (a) y (b)"]
    assert numbered(levels, (1, 0), inside=t("x ") + number_field(r"LISTNUM \l 3")) == ["1. x 1.1"]


def test_a_number_may_be_one_element_and_a_stored_result_counts_more() -> None:
    simple = "<w:fldSimple w:instr=' AUTONUM '/>"
    stored = "<w:fldSimple w:instr=' AUTONUM '><w:r><w:t>9.</w:t></w:r></w:fldSimple>"
    assert read(simple + t(" a"), stored + t(" b"), field(code("AUTONUM"), t("7.")) + t(" c")).text == (
        "1. a\n\n9. b\n\n7. c"
    )
