"""Writing what the commands on a store show: for people, for programs, for spreadsheets, as a page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from imrlint.archive.formats import SheetFormat
from imrlint.archive.pages import write_page
from imrlint.archive.sheets import Account, Sheet
from imrlint.output.table import make_harmless


def write_account(account: Account, format_: SheetFormat) -> str:
    """The account in a format."""
    match format_:
        case SheetFormat.JSON:
            return _write_json(account)
        case SheetFormat.CSV:
            return _write_csv(account.sheets)
        case SheetFormat.HTML:
            return write_page(account)
        case _:
            return _write_text(account)


def _write_json(account: Account) -> str:
    sheets = {
        sheet.name: [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows] for sheet in account.sheets
    }
    return json.dumps({**account.facts, **sheets}, ensure_ascii=False, indent=1) + "\n"


def _write_csv(sheets: Sequence[Sheet]) -> str:
    """The rows of all sheets, for spreadsheets: under a row with the names of the columns wherever these change."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    columns: tuple[str, ...] = ()
    for sheet in sheets:
        if sheet.columns != columns:
            table.writerows([[], sheet.columns] if columns else [sheet.columns])
            columns = sheet.columns
        table.writerows([make_harmless("" if value is None else value) for value in row] for row in sheet.rows)
    return "\ufeff" + out.getvalue()


def _write_text(account: Account) -> str:
    lines = list(account.about)
    for sheet in account.sheets:
        if not sheet.rows:
            continue
        cells = [sheet.heads, *sheet.cells[: account.most]]
        widths = [max(len(row[n]) for row in cells) for n in range(len(sheet.heads))]
        lines += ["", f"{sheet.title}:"]
        for row in cells:
            parts = (
                f"{cell:<{width}}" if n < sheet.texts else f"{cell:>{width}}"
                for n, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            lines.append(f"  {'  '.join(parts)}".rstrip())
        if account.most and len(sheet.cells) > account.most:
            lines.append(f"  … and {len(sheet.cells) - account.most:,} more; JSON, CSV and the page have all")
    return "\n".join(lines) + "\n"
