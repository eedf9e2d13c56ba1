"""Fields of Word files: their instructions are not printed, and some results stand in the form's data only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from imrlint.source.number_fields import NumberField, read_number_field
from imrlint.source.ooxml import TEXT_BOX, Element, W, is_on, nearest_ancestor, value_of
from imrlint.source.symbols import read_symbol_field

_MARK = f"{W}fldChar"
_TICKED, _EMPTY = "☒", "☐"
_FONT = re.compile(r'\\f\s*"?([^"\\]+?)"?\s*(?:\\|$)')


class FieldValue(NamedTuple):
    """What is printed of a field that has no result as text, and the element that holds it.

    `blank`: it asks somebody to write here.
    """

    text: str
    element: Element
    blank: bool = False


@dataclass(frozen=True)
class Fields:
    """The fields of a text: the elements of instructions, and the values of some by the mark that begins each.

    `numbers` are the fields that print a number, by the mark that begins each.
    """

    instructions: frozenset[Element] = frozenset()
    values: Mapping[Element, FieldValue] = field(default_factory=dict)
    numbers: Mapping[Element, NumberField] = field(default_factory=dict)


@dataclass
class _Open:
    """A field that has begun."""

    mark: Element
    nodes: list[Element] = field(default_factory=list)
    in_instruction: bool = True
    has_result: bool = False

    @property
    def instruction(self) -> str:
        return "".join(node.text or "" for node in self.nodes if node.tag == f"{W}instrText")


def read_fields(root: Element) -> Fields:
    """The fields of a body, a header, a note or a text box, but not of the text boxes in it.

    A field without an end hides nothing.
    """
    if root.find(f".//{_MARK}") is None:
        return Fields()
    instructions: set[Element] = set()
    values: dict[Element, FieldValue] = {}
    numbers: dict[Element, NumberField] = {}
    opened: list[_Open] = []
    own_box = root if root.tag == TEXT_BOX else None
    for run in root.iter(f"{W}r"):
        if nearest_ancestor(run, TEXT_BOX) is not own_box:
            continue
        for node in run:
            kind = node.get(f"{W}fldCharType") if node.tag == _MARK else ""
            if kind == "end" and opened:
                ended = opened.pop()
                if ended.in_instruction:
                    instructions.update(ended.nodes)
                if not ended.has_result and (value := _read_form(ended.mark) or _read_instruction(ended)):
                    values[ended.mark] = value
                elif not ended.has_result and (number := read_number_field(ended.instruction)):
                    numbers[ended.mark] = number
            elif kind == "separate" and opened:
                opened[-1].in_instruction = False
                instructions.update(opened[-1].nodes)
            for each in opened:
                each.nodes += [node] if each.in_instruction else []
                each.has_result |= not each.in_instruction and node.tag == f"{W}t" and bool(node.text)
            if kind == "begin":
                opened.append(_Open(node))
    return Fields(frozenset(instructions), values, numbers)


def _read_instruction(ended: _Open) -> FieldValue | None:
    """What the instruction of a button or a symbol prints itself; None for any other field."""
    words = ended.instruction.split(maxsplit=2)
    match [word.upper() for word in words[:1]]:
        case ["MACROBUTTON" | "GOTOBUTTON"] if len(words) > 2:
            return FieldValue(words[2].strip(), ended.mark, blank=True)
        case ["SYMBOL"] if len(words) > 1 and not ended.has_result:
            font = _FONT.search(words[2]) if len(words) > 2 else None
            return FieldValue(read_symbol_field(words[1], font[1] if font else ""), ended.mark)
    return None


def _read_form(mark: Element) -> FieldValue | None:
    """The value in the data of a drop-down list or a check box; None for any other field."""
    choices = mark.find(f"{W}ffData/{W}ddList")
    if choices is not None:
        entries = [entry.get(f"{W}val") or "" for entry in choices.iter(f"{W}listEntry")]
        chosen = value_of(choices, f"{W}result") or value_of(choices, f"{W}default") or "0"
        known = chosen.isascii() and chosen.isdigit() and int(chosen) < len(entries)
        return FieldValue(entries[int(chosen)], choices) if known else None
    box = mark.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        ticked = is_on(box, "checked") if box.find(f"{W}checked") is not None else is_on(box, "default")
        return FieldValue(_TICKED if ticked else _EMPTY, box)
    return None
