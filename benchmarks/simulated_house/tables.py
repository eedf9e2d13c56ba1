"""Tables of the simulated house: text files with tabs beside this module, with the names of columns at the top."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a table, by column. Raises `ValueError` for a row with a cell too many or too few."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    columns = lines[0].split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:]]
