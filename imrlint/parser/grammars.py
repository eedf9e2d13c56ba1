"""The parsers of the grammars.

Building a parser from its grammar takes many times as long as loading its tables, so these are kept beside the
grammars in `tables.json`, with a hash of the grammars. Where it differs, the tables are made anew, with Lark: slower,
but never out of date. `python -m imrlint.parser.grammars` writes them.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import import_module
from pathlib import Path

from imrlint import installation, kept
from imrlint.parser.automaton import Automaton, Tables, Tree

NAMES = ("letter", "citation", "request")
_TABLES = "tables.json"
FOLDER = Path(str(import_module(installation.package("grammar")).__file__)).parent
_SOURCES = ("letter.lark", "tokens.lark", "citation.lark", "request.lark")


def parse(grammar: str, text: str) -> Tree:
    """The tree of `text` under a grammar. The grammars are total, so every text has a tree."""
    return _load_parser(grammar).parse(text)


def load() -> None:
    """Load the parsers, which are otherwise loaded one after the other, when one is first wanted."""
    for name in NAMES:
        _load_parser(name)


def hash_grammars() -> str:
    """A SHA-256 hash of the grammars."""
    digest = hashlib.sha256()
    for name in _SOURCES:
        digest.update(FOLDER.joinpath(name).read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


@cache
def _load_parser(grammar: str) -> Automaton:
    tables = _load_tables()
    if grammar in tables:
        return Automaton(tables[grammar])
    from imrlint.parser.tables import make_tables

    return Automaton(make_tables(grammar))


@cache
def _load_tables() -> dict[str, Tables]:
    if not FOLDER.joinpath(_TABLES).exists():
        return {}
    return kept.recall("grammars", [FOLDER / name for name in (_TABLES, *_SOURCES)], _read_tables)


def _read_tables() -> dict[str, Tables]:
    """The tables in the file; none where it was made of other grammars."""
    import json  # takes as long to load as the tables

    stored = json.loads(FOLDER.joinpath(_TABLES).read_text(encoding="utf-8"))
    return dict(stored["tables"]) if stored["key"] == hash_grammars() else {}


def _write_tables() -> None:
    import json

    from imrlint.parser.tables import make_tables

    stored = {"key": hash_grammars(), "tables": {name: make_tables(name) for name in NAMES}}
    FOLDER.joinpath(_TABLES).write_text(json.dumps(stored), encoding="utf-8")


if __name__ == "__main__":
    _write_tables()
