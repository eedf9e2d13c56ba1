"""The parsers of the grammars. Only this package imports Lark.

Building a parser from its grammar takes many times as long as loading its tables, so the tables are kept
beside the grammars in `tables.pickle`, with a hash of the grammars and Lark's version. Where either differs,
the parsers are built from the grammars: slower, but never out of date. `python -m imrlint.parser.grammars`
writes the tables.
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

# Each grammar with its lexer. In a title any terminal may come anywhere, so one lexer serves all states.
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
    """The tree of `text` under a grammar. The grammars are total, so every text has a tree."""
    return _load_parser(grammar).parse(text)


def load() -> None:
    """Load the parsers, which are otherwise loaded one after the other, when one is first wanted."""
    for name in NAMES:
        _load_parser(name)


def build_parser(grammar: str, *, strict: bool = False) -> Lark:
    """A parser built from the grammar itself. With `strict`, an ambiguous grammar raises `LarkError`."""
    return Lark.open_from_package(
        "imrlint.grammar", f"{grammar}.lark", parser="lalr", lexer=_LEXERS[grammar], start=grammar, strict=strict
    )


def hash_grammars() -> str:
    """A SHA-256 hash of what the tables are made from: the grammars and their lexers."""
    digest = hashlib.sha256(repr(_LEXERS).encode())
    for name in _SOURCES:
        digest.update(_FOLDER.joinpath(name).read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


@cache
def _load_parser(grammar: str) -> Lark:
    tables = _load_tables()
    if grammar in tables:
        return Lark.load(io.BytesIO(tables[grammar]))
    return build_parser(grammar)


@cache
def _load_tables() -> dict[str, bytes]:
    try:
        stored: dict[str, Any] = pickle.loads(_FOLDER.joinpath(_TABLES).read_bytes())
    except FileNotFoundError:
        return {}
    is_current = stored["key"] == hash_grammars() and stored["lark"] == lark.__version__
    return stored["tables"] if is_current else {}


def _write_tables() -> None:
    tables = {}
    for name in NAMES:
        out = io.BytesIO()
        build_parser(name).save(out)
        tables[name] = out.getvalue()
    stored = {"key": hash_grammars(), "lark": lark.__version__, "tables": tables}
    Path(str(_FOLDER.joinpath(_TABLES))).write_bytes(pickle.dumps(stored, protocol=4))


if __name__ == "__main__":
    _write_tables()
