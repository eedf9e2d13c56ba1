"""Random single edits in correct letters.

The generator shares no list with the rules: its words come from the letters themselves and from a frequency list
of another origin than imrlint's (that of pyspellchecker, MIT licence); it has its own short lists of body parts,
drugs and function words. Each kind of edit finds spots in a letter and changes one of them.
"""

from __future__ import annotations

from editing.edit import Edit, Kind, Spot
from editing.generator import make_edits
from editing.kinds import KINDS
from editing.letter import RightLetter, Span, read_letter, read_letters

__all__ = ["KINDS", "Edit", "Kind", "RightLetter", "Span", "Spot", "make_edits", "read_letter", "read_letters"]
