"""Random single edits in letters that are right.

The generator knows nothing of the rules: its words come from the letters themselves and from a word list of
another origin than that of imrlint (the frequency list of pyspellchecker, MIT), its parts of the body, drugs and
small words are short lists of its own. A kind of edit finds spots in a letter, and changes one of them.
"""

from __future__ import annotations

from editing.edit import Edit, Kind, Spot
from editing.generator import make_edits
from editing.kinds import KINDS
from editing.letter import RightLetter, Span, read_letter, read_letters

__all__ = ["KINDS", "Edit", "Kind", "RightLetter", "Span", "Spot", "make_edits", "read_letter", "read_letters"]
