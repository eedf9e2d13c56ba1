"""A simulated house: an archive of invented letters, and drafts of which half have one slip in a passage."""

from __future__ import annotations

from .archive import write_letters
from .drafts import Draft, DraftWriter
from .layout import Letter, Placed

__all__ = ["Draft", "DraftWriter", "Letter", "Placed", "write_letters"]
