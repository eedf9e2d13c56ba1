"""The formats in which runs, comparisons and trends are written."""

from __future__ import annotations

from enum import Enum


class SheetFormat(Enum):
    """How sheets are written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
