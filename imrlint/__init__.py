"""imrlint finds what is wrong with an Independent Medical Review determination letter.

>>> report = imrlint.check(text)        # every finding of every rule
>>> letter = imrlint.parse(text)        # its typed parts
>>> source = imrlint.read("draft.docx") # the text of a file, to check or parse
>>> fixed = imrlint.fix(text)           # the text with its safe fixes made
>>> imrlint.annotate("draft.docx", "reviewed.docx")

docs/guides/python.md shows each of them at work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from imrlint.desk.texts import FixedText
    from imrlint.document.letter import Letter
    from imrlint.document.text import Source
    from imrlint.engine.report import Report
    from imrlint.settings.config import Config
    from imrlint.settings.files import Settings

__version__ = "0.1.0"
__all__ = ["__version__", "annotate", "check", "fix", "parse", "read"]


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
    from imrlint.settings.config import Config

    settings = config or Config()
    return linter.lint(settings.read(parse(text, name)), settings.active_rules())


def fix(text: str | Source, config: Config | None = None, *, suggested: bool = False) -> FixedText:
    """The text of a letter with its safe fixes made, and which findings they removed; with `suggested`, all fixes.

    No fix changes a date, a decision or what was requested: such a one is skipped, and the result says so. The text of
    a Source is taken without its file; `imrlint check --fix` fixes files. Raises imrlint.source.Unreadable.
    """
    from imrlint.desk.texts import fix_text
    from imrlint.settings.config import Config

    return fix_text(text if isinstance(text, str) else text.text, config or Config(), suggested=suggested)


def annotate(path: str | Path, copy: str | Path, settings: Settings | None = None) -> str:
    """Write a copy of a Word or PDF letter with its findings in the margin, under settings or the built-in defaults.

    The letter itself stays as it is; a copy that was annotated before may be annotated in place. Returns a summary in
    one line. Raises imrlint.source.Unreadable, imrlint.settings.config.ConfigError.
    """
    from pathlib import Path

    from imrlint.desk.annotation import annotate_file
    from imrlint.settings.files import Settings

    return annotate_file(Path(path), Path(copy), settings or Settings())
