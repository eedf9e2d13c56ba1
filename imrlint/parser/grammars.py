"""The grammars, ready to parse. Only this package knows Lark.

Building a parser from its grammar takes fifty times as long as reading the tables of one, so the
tables stand beside the grammars, in `tables.pickle`, under a key made of the grammars and of
Lark's version. When the key does not fit, the grammars are read instead: slower, never stale.
`python -m imrlint.parser.grammars` writes the tables again.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import lark
from lark import Lark, Token, Tree

NAMES = ("letter", "citation", "request")
_SOURCES = ("letter.lark", "tokens.lark", "citation.lark", "request.lark")
_FOLDER = files("imrlint.grammar")
_TABLES = "tables.pickle"

Node = Tree[Token]


def parse(grammar: str, text: str) -> Node:
    """The tree of `text` under a grammar. The grammars are total: every text has a tree."""
    return _parser(grammar).parse(text)


def build(grammar: str, *, strict: bool = False) -> Lark:
    """A parser made from the grammar itself. `strict` refuses whatever is ambiguous in it."""
    # In a title every terminal may stand anywhere: one lexer serves all states, and is made once.
    lexer = "basic" if grammar == "request" else "contextual"
    return Lark.open_from_package(
        "imrlint.grammar", f"{grammar}.lark", parser="lalr", lexer=lexer, start=grammar, strict=strict
    )


def key() -> str:
    """What the tables were made from, in short."""
    digest = hashlib.sha256(lark.__version__.encode())
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
    return stored["tables"] if stored["key"] == key() else {}


def _write() -> None:
    tables = {}
    for name in NAMES:
        out = io.BytesIO()
        build(name).save(out)
        tables[name] = out.getvalue()
    Path(str(_FOLDER.joinpath(_TABLES))).write_bytes(pickle.dumps({"key": key(), "tables": tables}, protocol=4))


if __name__ == "__main__":
    _write()
