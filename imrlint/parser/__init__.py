"""Text in, Letter out. Nothing outside this package knows about Lark."""

from imrlint.parser.letter import parse

__all__ = ["parse"]
