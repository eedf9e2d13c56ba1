"""Parameters that several commands have. Their help texts are those of `imrlint check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from imrlint.cli.options import typer_parameter

Select = Annotated[list[str] | None, typer_parameter("select")]
Ignore = Annotated[list[str] | None, typer_parameter("ignore")]
ConfigFile = Annotated[Path | None, typer_parameter("config")]
Profile = Annotated[str | None, typer_parameter("profile")]
Encoding = Annotated[str | None, typer_parameter("encoding")]
Memory = Annotated[Path | None, typer_parameter("memory")]
