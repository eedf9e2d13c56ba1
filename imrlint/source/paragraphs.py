"""The paragraphs of a Word file in reading order, as they would be printed now.

With tracked insertions, without deletions, moved-away and hidden text, and without the instructions of fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from imrlint.source.fields import Fields, read_fields
from imrlint.source.number_fields import NumberField, NumberFields, read_number_field
from imrlint.source.numbering import Numbering
from imrlint.source.ooxml import (
    ALTERNATIVES,
    DRAWING,
    FALLBACK,
    GONE,
    INSERTED,
    MATH,
    TEXT_BOX,
    VML,
    Element,
    R,
    W,
    choose_alternative,
    is_on,
    nearest_ancestor,
    value_of,
)
from imrlint.source.symbols import is_symbol_font, read_symbol, replace_letters, replace_private

_INLINE_CONTAINERS = frozenset(
    f"{W}{name}"
    for name in (
        "ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo",
    )
)  # fmt: skip
_BLOCK_CONTAINERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_WHITE_SPACE = str.maketrans("\t\n\r", "   ")
_DRAWINGS = (f"{DRAWING}anchor", f"{DRAWING}inline")
_NEWER_SYMBOL = "/wordml/symex}symEx"  # the end of the name of a symbol since 2015
_GAPS = ("", "\t", "\n", "\n\n")  # from narrow to wide


class Word(NamedTuple):
    """Characters and the element that they come from."""

    text: str
    element: Element
    blank: bool = False  # what Word prints in a field that nobody filled in
    number: NumberField | None = None  # that the text is the number of


class Paragraph(NamedTuple):
    """A paragraph: the gap before it, how many empty paragraphs came before it, and its words."""

    gap: str
    empty: int
    words: list[Word]
    body: bool


class ParagraphReader:
    """Collects the paragraphs of a file in reading order."""

    def __init__(
        self, styles: Element | None, definitions: Element | None, inserted: Mapping[str, tuple[str, ...]]
    ) -> None:
        """`inserted`: the paragraphs of the documents that the file inserts, by the number of the relation."""
        self.paragraphs: list[Paragraph] = []
        self.body_texts: list[str] = []  # of all paragraphs of the body, including empty ones
        self._numbering = Numbering(definitions, styles)
        self._number_fields = NumberFields(self._numbering)
        self._hidden_styles = _find_hidden_styles(styles)
        self._inserted = inserted
        self._fields = Fields()
        self._gap = ""
        self._empty = 0
        self._end = _End.PRINTED  # of the previous paragraph
        self._begun: list[Word] = []  # the words of the paragraph whose number is still to come
        self._is_hidden = False  # by the style of the paragraph
        self._in_body = False
        self._in_blank = False

    def add_margin(self, root: Element) -> None:
        """Add a header, a footer, a note, or a text box."""
        self._fields = read_fields(root)
        self._widen_gap("\n\n")
        self._add_blocks(root, "\n\n")

    def add_body(self, root: Element) -> None:
        self._fields = read_fields(root)
        self._widen_gap("\n\n")
        self._in_body = True
        self._number_fields = NumberFields(self._numbering)
        self._add_blocks(root, "\n\n")

    def _widen_gap(self, gap: str) -> None:
        """Make the gap before the next paragraph at least this wide."""
        if _GAPS.index(gap) > _GAPS.index(self._gap):
            self._gap = gap

    def _add_blocks(self, container: Element, between: str) -> None:
        first = True
        for child in container:
            if child.tag == f"{W}p":
                if not first:
                    self._widen_gap(between)
                self._add_paragraph(child)
                first = False
            elif child.tag == f"{W}tbl":
                self._widen_gap("\n\n")
                self._add_table(child)
                self._widen_gap("\n\n")
                first = False
            elif child.tag in _BLOCK_CONTAINERS or child.tag == ALTERNATIVES:
                if not first:
                    self._widen_gap(between)
                chosen = choose_alternative(child) if child.tag == ALTERNATIVES else child
                if chosen is not None:
                    around, self._in_blank = self._in_blank, self._in_blank or _is_blank(child)
                    self._add_blocks(chosen, between)
                    self._in_blank = around
                first = False

            elif child.tag == INSERTED:
                for line in self._inserted.get(child.get(f"{R}id"), ()):
                    self._widen_gap("\n\n")
                    self._add_line(line, child)
                self._widen_gap("\n\n")
                first = False

    def _add_line(self, line: str, element: Element) -> None:
        """Add a paragraph of an inserted document."""
        self.body_texts.append(line)
        self.paragraphs.append(Paragraph(self._gap, self._empty, [Word(line, element)], self._in_body))
        self._gap, self._empty, self._end = "", 0, _End.PRINTED

    def _add_table(self, table: Element) -> None:
        for row in table.iter(f"{W}tr"):
            if nearest_ancestor(row, f"{W}tbl") is not table or row.find(f"{W}trPr/{W}del") is not None:
                continue
            self._widen_gap("\n")
            cells = [
                cell
                for cell in row.iter(f"{W}tc")
                if nearest_ancestor(cell, f"{W}tr") is row and not _is_covered(cell.find(f"{W}tcPr"))
            ]
            for cell in cells:
                self._widen_gap("\t")
                self._add_blocks(cell, "\n" if len(cells) > 1 else "\n\n")

    def _add_paragraph(self, element: Element) -> None:
        form = element.find(f"{W}pPr")
        self._is_hidden = bool(self._hidden_styles) and value_of(form, f"{W}pStyle") in self._hidden_styles
        words = list(self._inline_words(element))
        if self._in_blank:
            words = [word._replace(blank=True) for word in words]
        is_printed = any(word.number or word.text.strip() for word in words)
        end = _find_end(form, is_hidden=self._is_hidden and not is_printed)
        is_numbered = end is _End.PRINTED or (end is _End.HIDDEN and is_printed)
        number = self._numbering.count(element) if self._in_body and form is not None and is_numbered else ""
        self._count_fields(words, element)
        if self._in_body:
            self.body_texts.append("".join(word.text for word in words))
        goes_on = self._end is not _End.PRINTED
        if is_printed or (number and not goes_on):
            self.paragraphs.append(Paragraph("" if goes_on else self._gap, self._empty, words, self._in_body))
            self._begun = self._begun if self._end is _End.GONE else words
            self._gap, self._empty = "", 0
        elif not goes_on:
            self._empty += 1
        if number:
            self._begun.insert(0, Word(number, form))
        if is_printed or end is _End.PRINTED or not goes_on:
            self._end = end if is_printed else _End.PRINTED

    def _count_fields(self, words: list[Word], paragraph: Element) -> None:
        """Give the fields among the words of a paragraph their numbers, once that has its own."""
        begins, follows = True, False
        for at, word in enumerate(words):
            if word.number:
                text = self._number_fields.count(word.number, paragraph, follows=follows, begins=begins)
                words[at] = word._replace(text=text)
                begins, follows = False, True
            elif word.text:
                begins, follows = begins and not word.text.strip(), False

    def _inline_words(self, element: Element) -> Iterator[Word]:
        """The words of a paragraph, in order."""
        for child in element:
            if child.tag == f"{W}r":
                if not self._hides(child):
                    yield from self._run_words(child)
            elif child.tag == f"{W}fldSimple" and (number := _read_simple_number(child)):
                yield Word("", child, number=number)
            elif child.tag in _INLINE_CONTAINERS:
                words = self._inline_words(child)
                yield from (word._replace(blank=True) for word in words) if _is_blank(child) else words
            elif child.tag == ALTERNATIVES:
                chosen = choose_alternative(child)
                if chosen is not None:
                    yield from self._inline_words(chosen)
            elif isinstance(child.tag, str) and child.tag.startswith(MATH):
                yield from (Word(node.text or "", node) for node in child.iter(f"{MATH}t"))

    def _hides(self, run: Element) -> bool:
        """Whether a run is hidden: what it says itself counts more than its style and that of the paragraph."""
        if run.find(f"{W}rPr/{W}vanish") is not None:
            return is_on(run, f"rPr/{W}vanish")
        return self._is_hidden or (
            bool(self._hidden_styles) and value_of(run, f"{W}rPr/{W}rStyle") in self._hidden_styles
        )

    def _run_words(self, nodes: Iterable[Element]) -> Iterator[Word]:
        for node in nodes:
            if node in self._fields.instructions:
                continue
            if node.tag == f"{W}t":
                yield Word(_printed(node), node)
            elif node.tag == f"{W}br":
                yield Word("\f" if node.get(f"{W}type") == "page" else "\n", node)
            elif node.tag in _CHARACTERS:
                yield Word(_CHARACTERS[node.tag], node)
            elif node.tag == f"{W}sym":
                yield Word(read_symbol(node.get(f"{W}font") or "", node.get(f"{W}char") or ""), node)
            elif isinstance(node.tag, str) and node.tag.endswith(_NEWER_SYMBOL):
                space = node.tag.partition("}")[0] + "}"
                yield Word(read_symbol(node.get(f"{space}font") or "", node.get(f"{space}char") or ""), node)
            elif node.tag == ALTERNATIVES:
                chosen = choose_alternative(node)
                if chosen is not None:
                    yield from self._run_words(chosen)
            elif node.tag == f"{W}ruby":  # words with their pronunciation above them
                yield from (word for base in node.iter(f"{W}rubyBase") for word in self._inline_words(base))
            elif value := self._fields.values.get(node):
                yield Word(*value)
            elif number := self._fields.numbers.get(node):
                yield Word("", node, number=number)


def _read_simple_number(field: Element) -> NumberField | None:
    """The number of a field that is one element; None where it has a result, or is another field."""
    has_result = any(node.text for node in field.iter(f"{W}t"))
    return None if has_result else read_number_field(field.get(f"{W}instr") or "")


def find_text_boxes(root: Element, *, copies: bool = False) -> list[Element]:
    """The text boxes that are printed; with `copies`, the copies of them that older programs show instead."""
    boxes = [
        box
        for box in root.iter(TEXT_BOX)
        if (nearest_ancestor(box, FALLBACK) is not None) == copies and nearest_ancestor(box, TEXT_BOX) is None
    ]
    instructions = read_fields(root).instructions if boxes else frozenset()
    return [box for box in boxes if not any(_hides(around, instructions) for around in box.iterancestors())]


def _hides(around: Element, instructions: frozenset[Element]) -> bool:
    """Whether what an element contains is not printed."""
    if around.tag == f"{W}r":
        return is_on(around, f"rPr/{W}vanish")
    if around.tag in _DRAWINGS:
        properties = around.find(f"{DRAWING}docPr")
        return properties is not None and properties.get("hidden") in ("1", "true")
    if str(around.tag).startswith(VML):
        return "visibility:hidden" in (around.get("style") or "").replace(" ", "")
    return around.tag in GONE or around in instructions


def _printed(node: Element) -> str:
    """The text of an element, with the characters that its symbol font prints, and spaces for white space."""
    text: str = (node.text or "").translate(_WHITE_SPACE)
    fonts = node.getparent().find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else fonts.get(f"{W}ascii") or ""
    if is_symbol_font(font):
        return replace_letters(text, font)
    return text if text.isascii() else replace_private(text, font or "Symbol")


def _is_blank(container: Element) -> bool:
    """Whether a container is a control that shows the words for an empty one."""
    form = container.find(f"{W}sdtPr")
    return form is not None and is_on(form, "showingPlcHdr")


class _End(Enum):
    """What becomes of the end of a paragraph in print. Only one that is printed ends it."""

    PRINTED = "printed"
    GONE = "deleted or moved away, and the paragraph with its form; or a large first letter"
    HIDDEN = "hidden, as between a heading and the text behind it in the same line"


def _find_end(form: Element | None, *, is_hidden: bool) -> _End:
    """The end of a paragraph of this form; `is_hidden`: all of it is, by its style."""
    if form is not None:
        frame = form.find(f"{W}framePr")
        dropped = frame is not None and frame.get(f"{W}dropCap") in ("drop", "margin")
        if dropped or any(form.find(f"{W}rPr/{mark}") is not None for mark in GONE):
            return _End.GONE
        if form.find(f"{W}rPr/{W}vanish") is not None:
            return _End.HIDDEN if is_on(form, f"rPr/{W}vanish") else _End.PRINTED
    return _End.HIDDEN if is_hidden else _End.PRINTED


def _is_covered(form: Element | None) -> bool:
    """Whether a cell of this form is not printed: it is deleted, or the cell above it extends over it."""
    if form is None:
        return False
    merged = form.find(f"{W}vMerge")
    return form.find(f"{W}cellDel") is not None or (merged is not None and merged.get(f"{W}val") != "restart")


def _find_hidden_styles(styles: Element | None) -> frozenset[str]:
    """The names of the styles whose text is hidden, those based on another one with it."""
    known = {} if styles is None else {each.get(f"{W}styleId"): each for each in styles.iter(f"{W}style")}
    hidden: set[str] = set()
    for name, style in known.items():
        seen: set[str] = set()
        while style is not None and style.get(f"{W}styleId") not in seen:
            seen.add(style.get(f"{W}styleId"))
            if style.find(f"{W}rPr/{W}vanish") is not None:
                hidden |= {name} if is_on(style, f"rPr/{W}vanish") else set()
                break
            style = known.get(value_of(style, f"{W}basedOn"))
    return frozenset(hidden)
