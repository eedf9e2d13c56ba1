"""Parses the text of a letter into a `Letter`. Lark is only needed to make the tables of the grammars."""

from imrlint.parser.grammars import load
from imrlint.parser.letter import parse

__all__ = ["load", "parse"]
