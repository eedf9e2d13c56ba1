"""imrlint: what is wrong with an Independent Medical Review determination letter.

>>> report = imrlint.check(text)        # every finding of every rule
>>> letter = imrlint.parse(text)        # its typed parts
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imrlint.config import Config
    from imrlint.model import Letter
    from imrlint.report import Report

__version__ = "0.1.0"
__all__ = ["__version__", "check", "parse"]


def parse(text: str, name: str = "<letter>") -> Letter:
    """The typed parts of a letter. Never fails: what is not recognised is left as prose."""
    from imrlint import parser
    from imrlint.text import Source

    return parser.parse(Source(text, name))


def check(text: str, name: str = "<letter>", config: Config | None = None) -> Report:
    """Every finding in a letter, under a configuration or the built-in defaults."""
    from imrlint import linter
    from imrlint.config import Config

    return linter.lint(parse(text, name), (config or Config()).charges())
