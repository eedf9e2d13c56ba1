"""Making the tables of the grammars. Only this module imports Lark.

    python -m imrlint.parser.tables

writes them to `grammar/tables.json`, with a hash of the grammars.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from lark import Lark
from lark.lexer import BasicLexer, ContextualLexer
from lark.parsers.lalr_analysis import Shift

from imrlint.parser import grammars
from imrlint.parser.automaton import Kept, Rule, Tables

# Each grammar with its lexer. In a title any terminal may come anywhere, so one lexer serves all states.
_LEXERS: dict[str, Literal["basic", "contextual"]] = {
    "letter": "contextual",
    "citation": "contextual",
    "request": "basic",
}


def build_parser(grammar: str, *, strict: bool = False) -> Lark:
    """A parser built from the grammar itself. With `strict`, an ambiguous grammar raises `LarkError`."""
    return Lark.open_from_package(
        "imrlint.grammar", f"{grammar}.lark", parser="lalr", lexer=_LEXERS[grammar], start=grammar, strict=strict
    )


def make_tables(grammar: str) -> Tables:
    """The tables of a grammar."""
    lark: Any = build_parser(grammar)
    frontend = lark.parser
    table = frontend.parser.parser.parse_table
    numbers = {state: number for number, state in enumerate(table.states)}
    rules = {rule: number for number, rule in enumerate(lark.rules)}
    lexers = [_find_lexer(frontend.lexer, state) for state in table.states]
    distinct = list(dict.fromkeys(lexers))
    return Tables(
        actions=[
            {
                name: numbers[target] if action is Shift else -rules[target] - 1
                for name, (action, target) in actions.items()
            }
            for actions in table.states.values()
        ],
        rules=[_describe_rule(rule) for rule in lark.rules],
        lexers=[distinct.index(lexer) for lexer in lexers],
        patterns=[_join_terminals(lexer) for lexer in distinct],
        ignored=sorted(distinct[0].ignore_types),
        start=numbers[table.start_states[grammar]],
        end=numbers[table.end_states[grammar]],
    )


def _find_lexer(lexer: BasicLexer | ContextualLexer, state: Any) -> BasicLexer:
    found: Any = lexer.lexers[state] if isinstance(lexer, ContextualLexer) else lexer
    return found  # type: ignore[no-any-return]


def _join_terminals(lexer: Any) -> str:
    return "|".join(f"(?P<{terminal.name}>{terminal.pattern.to_regexp()})" for terminal in lexer.terminals)


def _describe_rule(rule: Any) -> Rule:
    options = rule.options
    if rule.alias or options.expand1 or options.keep_all_tokens or any(options.empty_indices):
        raise ValueError(f"{rule}: no automaton of ours makes such nodes")
    kept = [
        Kept(number, not symbol.is_term and symbol.name.startswith("_"))
        for number, symbol in enumerate(rule.expansion)
        if not (symbol.is_term and symbol.filter_out)
    ]
    return Rule(str(rule.origin.name), len(rule.expansion), kept)


def write_tables(path: Path) -> None:
    """Write the tables of all grammars to a file."""
    tables = {name: make_tables(name) for name in grammars.NAMES}
    path.write_text(json.dumps({"key": grammars.hash_grammars(), "tables": tables}), encoding="utf-8")


if __name__ == "__main__":
    write_tables(grammars.FOLDER / grammars.TABLES)
