"""Where a house writes the same in two ways, for the people who keep its wording: as text, and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

from imrlint.memory.holdings import Division

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_PASSAGES, _SPELLINGS = "Passages that the letters have in two wordings", "Words that the letters spell in two ways"
_NONE = "None that differ in a few words only."
_MASKS = "What varies from case to case stands in brackets: [n] for a number."


def write_text(passages: Sequence[Division], spellings: Sequence[Division]) -> str:
    """Both lists as lines for a terminal, the most divided first."""
    return "\n".join((*_write_list(_PASSAGES, passages), *_write_list(_SPELLINGS, spellings), ""))


def write_page(passages: Sequence[Division], spellings: Sequence[Division], letters: int) -> str:
    """Both lists as a page in HTML that loads nothing from elsewhere. `letters` is what the memory holds."""
    style = (files("imrlint.output") / "page" / "page.css").read_text(encoding="utf-8")
    body = "".join((*_write_table(_PASSAGES, passages), *_write_table(_SPELLINGS, spellings)))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>imrlint: where this house is divided</title><style>{style}</style></head>\n"
        f"<body><header><h1>Where this house is divided</h1><p>{letters:,} letters learnt. {_MASKS}</p></header>\n"
        f"<main>\n{body}</main></body></html>\n"
    )


def _write_list(title: str, divisions: Sequence[Division]) -> Iterator[str]:
    yield f"\n{title}:"
    if not divisions:
        yield f"  {_NONE}"
    for each in divisions:
        yield f"  {each.letters:>7,}  {_show(each.usual)}"
        yield f"  {each.other_letters:>7,}  {_show(each.other)}"


def _write_table(title: str, divisions: Sequence[Division]) -> Iterator[str]:
    yield f"<section><h2>{title}</h2>"
    if not divisions:
        yield f"<p>{_NONE}</p></section>\n"
        return
    yield '<div class="wide" tabindex="0" role="group" aria-label="'
    yield f'{title}"><table><thead><tr><th scope="col">Usual</th><th scope="col" class="number">Letters</th>'
    yield '<th scope="col">Also</th><th scope="col" class="number">Letters</th></tr></thead><tbody>\n'
    for each in divisions:
        yield f'<tr><td>{escape(_show(each.usual))}</td><td class="number">{each.letters:,}</td>'
        yield f'<td>{escape(_show(each.other))}</td><td class="number">{each.other_letters:,}</td></tr>\n'
    yield "</tbody></table></div></section>\n"


def _show(text: str) -> str:
    return text.replace("<", "[").replace(">", "]")
