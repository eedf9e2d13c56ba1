"""The paragraphs of a Word file in reading order, as they would be printed now.

With tracked insertions, without deletions, moved-away and hidden text, and without the instructions of fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from imrlint.source.fields import Fields, read_fields
from imrlint.source.numbering import Numbering
from imrlint.source.ooxml import (
    ALTERNATIVES,
    FALLBACK,
    GONE,
    MATH,
    TEXT_BOX,
    Element,
    W,
    choose_alternative,
    is_on,
    nearest_ancestor,
    value_of,
)
from imrlint.source.symbols import read_symbol, replace_private

_INLINE_CONTAINERS = frozenset(
    f"{W}{name}"
    for name in (
        "ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo",
    )
)  # fmt: skip
_BLOCK_CONTAINERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_NEWER_SYMBOL = "/wordml/symex}symEx"  # the end of the name of a symbol since 2015
_GAPS = ("", "\t", "\n", "\n\n")  # from narrow to wide


class Word(NamedTuple):
    """Characters and the element that they come from."""

    text: str
    element: Element
    blank: bool = False  # what Word prints in a field that nobody filled in


class Paragraph(NamedTuple):
    """A paragraph: the gap before it, how many empty paragraphs came before it, and its words."""

    gap: str
    empty: int
    words: list[Word]
    body: bool


class ParagraphReader:
    """Collects the paragraphs of a file in reading order."""

    def __init__(self, styles: Element | None, definitions: Element | None) -> None:
        self.paragraphs: list[Paragraph] = []
        self.body_texts: list[str] = []  # of all paragraphs of the body, including empty ones
        self._numbering = Numbering(definitions, styles)
        self._hidden_styles = _find_hidden_styles(styles)
        self._fields = Fields()
        self._gap = ""
        self._empty = 0
        self._joined = False  # the end of the previous paragraph is not printed
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

    def _add_table(self, table: Element) -> None:
        for row in table.iter(f"{W}tr"):
            if nearest_ancestor(row, f"{W}tbl") is not table or row.find(f"{W}trPr/{W}del") is not None:
                continue
            self._widen_gap("\n")
            cells = [
                cell
                for cell in row.iter(f"{W}tc")
                if nearest_ancestor(cell, f"{W}tr") is row and cell.find(f"{W}tcPr/{W}cellDel") is None
            ]
            for cell in cells:
                self._widen_gap("\t")
                self._add_blocks(cell, "\n" if len(cells) > 1 else "\n\n")

    def _add_paragraph(self, element: Element) -> None:
        form = element.find(f"{W}pPr")
        words = [] if value_of(form, f"{W}pStyle") in self._hidden_styles else list(self._inline_words(element))
        if self._in_blank:
            words = [word._replace(blank=True) for word in words]
        text = "".join(word.text for word in words)
        number = self._numbering.count(element) if self._in_body and form is not None else ""
        if self._in_body:
            self.body_texts.append(text)
        if text.strip():
            gap = "" if self._joined else self._gap
            numbered = [Word(number, form), *words] if number else words
            self.paragraphs.append(Paragraph(gap, self._empty, numbered, self._in_body))
            self._gap, self._empty = "", 0
        elif not self._joined:
            self._empty += 1
        self._joined = _runs_on(form) and (bool(text.strip()) or self._joined)

    def _inline_words(self, element: Element) -> Iterator[Word]:
        """The words of a paragraph, in order."""
        for child in element:
            if child.tag == f"{W}r":
                if not is_on(child, f"rPr/{W}vanish") and not self._has_hidden_style(child):
                    yield from self._run_words(child)
            elif child.tag in _INLINE_CONTAINERS:
                words = self._inline_words(child)
                yield from (word._replace(blank=True) for word in words) if _is_blank(child) else words
            elif child.tag == ALTERNATIVES:
                chosen = choose_alternative(child)
                if chosen is not None:
                    yield from self._inline_words(chosen)
            elif isinstance(child.tag, str) and child.tag.startswith(MATH):
                yield from (Word(node.text or "", node) for node in child.iter(f"{MATH}t"))

    def _has_hidden_style(self, run: Element) -> bool:
        style = value_of(run, f"{W}rPr/{W}rStyle") if self._hidden_styles else ""
        return style in self._hidden_styles and run.find(f"{W}rPr/{W}vanish") is None

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
            elif value := self._fields.values.get(node):
                yield Word(*value)


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
    hidden = around.tag == f"{W}r" and is_on(around, f"rPr/{W}vanish")
    return hidden or around.tag in GONE or around in instructions


def _printed(node: Element) -> str:
    """The text of an element, with the characters that its symbol font prints."""
    text: str = node.text or ""
    if text.isascii() or not any("\uf000" <= each <= "\uf0ff" for each in text):
        return text
    fonts = node.getparent().find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else fonts.get(f"{W}ascii") or ""
    return replace_private(text, font or "Symbol")


def _is_blank(container: Element) -> bool:
    """Whether a container is a control that shows the words for an empty one."""
    form = container.find(f"{W}sdtPr")
    return form is not None and is_on(form, "showingPlcHdr")


def _runs_on(form: Element | None) -> bool:
    """Whether a paragraph goes on in the next one: its end is deleted, or it is a large first letter."""
    if form is None:
        return False
    frame = form.find(f"{W}framePr")
    dropped = frame is not None and frame.get(f"{W}dropCap") in ("drop", "margin")
    return dropped or form.find(f"{W}rPr/{W}del") is not None


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
