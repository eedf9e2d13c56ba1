"""The grammars, ready to parse. Only this package knows Lark.

Building a parser from its grammar takes many times as long as reading the tables of one, so the
tables stand beside the grammars, in `tables.pickle`, with a key made of the grammars and Lark's
version. When either does not fit, the grammars are read instead: slower, never stale.
`python -m imrlint.parser.grammars` writes the tables again.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import lark
from lark import Lark, Token, Tree

from imrlint import installation

# Each grammar with its lexer. In a title every terminal may stand anywhere: one lexer serves all states.
_LEXERS: dict[str, Literal["basic", "contextual"]] = {
    "letter": "contextual",
    "citation": "contextual",
    "request": "basic",
}
NAMES = tuple(_LEXERS)
_SOURCES = ("letter.lark", "tokens.lark", "citation.lark", "request.lark")
_FOLDER = files(installation.package("grammar"))
_TABLES = "tables.pickle"

Node = Tree[Token]


def parse(grammar: str, text: str) -> Node:
    """The tree of `text` under a grammar. The grammars are total: every text has a tree."""
    return _parser(grammar).parse(text)


def build(grammar: str, *, strict: bool = False) -> Lark:
    """A parser made from the grammar itself. `strict` refuses whatever is ambiguous in it."""
    return Lark.open_from_package(
        "imrlint.grammar", f"{grammar}.lark", parser="lalr", lexer=_LEXERS[grammar], start=grammar, strict=strict
    )


def key() -> str:
    """What the tables are made from, in short: the grammars and their lexers."""
    digest = hashlib.sha256(repr(_LEXERS).encode())
    for name in _SOURCES:
        digest.update(_FOLDER.joinpath(name).read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


@cache
def _parser(grammar: str) -> Lark:
    tables = _tables()
    if grammar in tables:
        return Lark.load(io.BytesIO(tables[grammar]))
    return build(grammar)


@cache
def _tables() -> dict[str, bytes]:
    try:
        stored: dict[str, Any] = pickle.loads(_FOLDER.joinpath(_TABLES).read_bytes())
    except FileNotFoundError:
        return {}
    fits = stored["key"] == key() and stored["lark"] == lark.__version__
    return stored["tables"] if fits else {}


def _write() -> None:
    tables = {}
    for name in NAMES:
        out = io.BytesIO()
        build(name).save(out)
        tables[name] = out.getvalue()
    stored = {"key": key(), "lark": lark.__version__, "tables": tables}
    Path(str(_FOLDER.joinpath(_TABLES))).write_bytes(pickle.dumps(stored, protocol=4))


if __name__ == "__main__":
    _write()
