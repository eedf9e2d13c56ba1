"""Fixing the text of a letter that is in no file."""

from __future__ import annotations

from typing import NamedTuple

from imrlint.desk.fixing import SkippedFix, fix_letter
from imrlint.engine.findings import Diagnostic
from imrlint.engine.fixes import all_fixes, safe_fixes
from imrlint.reading import Reading
from imrlint.settings.config import Config

_NAME = "<letter>"  # no suffix: the text is taken as it is


class FixedText(NamedTuple):
    """A text with fixes made: which findings they removed, in the order in which they were made, and which not."""

    text: str
    made: tuple[Diagnostic, ...]
    skipped: tuple[SkippedFix, ...]


def fix_text(text: str, config: Config, *, suggested: bool) -> FixedText:
    """Make the safe fixes in a text, and the suggested ones where they are wanted. Raises Unreadable."""
    content = text.encode("utf-8")
    choose = all_fixes if suggested else safe_fixes
    read = config.read if suggested else Reading  # the trained reader and the memory only suggest
    done = fix_letter(content, _NAME, config.active_rules(), choose, encoding="utf-8", read=read)
    return FixedText(done.content.decode("utf-8"), done.made, done.skipped)
