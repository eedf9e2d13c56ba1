"""An account as a page in HTML that loads nothing from elsewhere, with drawings, and filters for its rows."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from imrlint.archive.sheets import Account, Sheet

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


def write_page(account: Account) -> str:
    """The page. Without its script it shows every row."""
    own = files("imrlint.archive") / "page"
    style = (files("imrlint.output") / "page" / "page.css").read_text(encoding="utf-8")
    style += (own / "archive.css").read_text(encoding="utf-8")
    script = (own / "archive.js").read_text(encoding="utf-8")
    about = "".join(f"<p>{escape(line)}</p>" for line in account.about)
    sheets = [sheet for sheet in account.sheets if sheet.rows]
    body = "".join(part for number, sheet in enumerate(sheets) for part in _write_sheet(number, sheet))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>imrlint: {escape(account.title)}</title><style>{style}</style></head>\n"
        f"<body><header><h1>{escape(account.title)}</h1>{about}</header>\n<main>\n"
        f"{''.join(_write_filters(account))}{body}</main>\n<script>{script}</script></body></html>\n"
    )


def _write_filters(account: Account) -> Iterator[str]:
    labels: dict[str, set[str]] = {}
    for sheet in account.sheets:
        for row in sheet.labels:
            for key, value in row.items():
                labels.setdefault(key, set()).add(value)
    yield '<form class="filters" role="search" hidden>'
    yield '<label>Search<input type="search" name="words" autocomplete="off"></label>'
    for key, values in labels.items():
        if key == "letters":
            yield '<label>Letters at least<input type="number" name="letters" min="0" value=""></label>'
            continue
        options = "".join(f"<option>{escape(value)}</option>" for value in sorted(values) if value)
        choices = f'<select name="{key}"><option value="">all</option>{options}</select>'
        yield f"<label>{key.capitalize()}{choices}</label>"
    yield '<button type="reset">Reset</button></form>\n<p id="shown" role="status"></p>\n'


def _write_sheet(number: int, sheet: Sheet) -> Iterator[str]:
    title = escape(sheet.title)
    yield f'<section aria-labelledby="sheet-{number}"><h2 id="sheet-{number}">{title}</h2>'
    yield f'<div class="wide" tabindex="0" role="group" aria-label="{title}">{sheet.plot}'
    yield f'<table class="sheet-{sheet.name}"><thead><tr>'
    heads = [f'<th scope="col"{_align(n, sheet)}>{escape(head)}</th>' for n, head in enumerate(sheet.heads)]
    if sheet.marks:
        heads.insert(sheet.texts, '<th scope="col"><span class="unseen">Drawn</span></th>')
    yield f"{''.join(heads)}</tr></thead><tbody>\n"
    for row, cells in enumerate(sheet.cells):
        labels = sheet.labels[row] if sheet.labels else {}
        data = "".join(f' data-{key}="{escape(value)}"' for key, value in labels.items())
        written = [f"<td{_align(n, sheet)}>{escape(cell)}</td>" for n, cell in enumerate(cells)]
        if sheet.marks:
            written.insert(sheet.texts, f"<td>{sheet.marks[row]}</td>")
        yield f"<tr{data}>{''.join(written)}</tr>\n"
    yield "</tbody></table></div></section>\n"


def _align(column: int, sheet: Sheet) -> str:
    return "" if column < sheet.texts else ' class="number"'
