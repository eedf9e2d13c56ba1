"""Parses the text of a letter into a `Letter`. Only this package imports Lark."""

from imrlint.parser.grammars import load
from imrlint.parser.letter import parse

__all__ = ["load", "parse"]
