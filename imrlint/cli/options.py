"""Options that several commands have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Level(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


Select = Annotated[
    list[str] | None, typer.Option(help="Only these rules or families. Repeat it for several.", metavar="NAME")
]
Ignore = Annotated[list[str] | None, typer.Option(help="All but these rules or families.", metavar="NAME")]
ConfigFile = Annotated[
    Path | None, typer.Option(help="Use this configuration file instead of the nearest one.", metavar="FILE")
]
Profile = Annotated[
    str | None, typer.Option(help="Settings for an occasion: draft, release, archive, or one of yours.", metavar="NAME")
]
Encoding = Annotated[
    str | None, typer.Option(help="How text files are encoded, when imrlint guesses wrong.", metavar="NAME")
]
