"""imrlint finds what is wrong with an Independent Medical Review determination letter.

>>> report = imrlint.check(text)        # every finding of every rule
>>> letter = imrlint.parse(text)        # its typed parts
>>> source = imrlint.read("draft.docx") # the text of a file, to check or parse
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from imrlint.document.letter import Letter
    from imrlint.document.text import Source
    from imrlint.engine.report import Report
    from imrlint.settings.config import Config

__version__ = "0.1.0"
__all__ = ["__version__", "check", "parse", "read"]


def read(path: str | Path, encoding: str | None = None) -> Source:
    """The text of the letter in a file: plain text, Markdown, Word, PDF or RTF.

    Raises imrlint.source.Unreadable, whose message is one line.
    """
    from pathlib import Path

    from imrlint import source

    return source.read(Path(path), encoding)


def parse(text: str | Source, name: str = "<letter>") -> Letter:
    """The typed parts of a letter. Never fails: what is not recognized stays prose."""
    from imrlint import parser
    from imrlint.document.text import Source

    return parser.parse(Source(text, name) if isinstance(text, str) else text)


def check(text: str | Source, name: str = "<letter>", config: Config | None = None) -> Report:
    """A report with every finding in a letter, under a configuration or the built-in defaults."""
    from imrlint.engine import linter
    from imrlint.reading import Reading
    from imrlint.settings.config import Config

    settings = config or Config()
    return linter.lint(Reading(parse(text, name), settings.doubter()), settings.active_rules())
