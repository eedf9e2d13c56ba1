"""What the commands on a store show: tables, which `writing` makes text, JSON, CSV or a page of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sheet:
    """A table, twice: for programs, and (`heads`, `cells`) for people.

    The first `texts` columns for people are words, the others numbers. For a page, `plot` is a drawing above the
    table, `marks` has one beside each row, and `labels` what the row is filtered by.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    heads: tuple[str, ...]
    cells: Sequence[tuple[str, ...]]
    texts: int = 1
    plot: str = ""
    marks: Sequence[str] = ()
    labels: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True)
class Account:
    """What a command shows: a title, some lines about it, and sheets. `facts` is what JSON has beside the sheets."""

    title: str
    about: Sequence[str]
    sheets: Sequence[Sheet]
    facts: Mapping[str, Any] = field(default_factory=dict)
    most: int | None = None  # rows of a sheet that a terminal shows; the other formats have all
