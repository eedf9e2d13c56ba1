"""Making the tables of the grammars. Only this module imports Lark."""

from __future__ import annotations

from operator import itemgetter
from typing import Any, Literal

from lark import Lark
from lark.lexer import BasicLexer, ContextualLexer
from lark.parsers.lalr_analysis import Shift

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
    states = _order_states(table.states, table.start_states[grammar])
    numbers = {state: number for number, state in enumerate(states)}
    rules = {rule: number for number, rule in enumerate(lark.rules)}
    lexers = [_find_lexer(frontend.lexer, state) for state in states]
    distinct = list(dict.fromkeys(lexers))
    return Tables(
        actions=[
            {
                name: numbers[target] if action is Shift else -rules[target] - 1
                for name, (action, target) in sorted(table.states[state].items(), key=itemgetter(0))
            }
            for state in states
        ],
        rules=[_describe_rule(rule) for rule in lark.rules],
        lexers=[distinct.index(lexer) for lexer in lexers],
        patterns=[_join_terminals(lexer) for lexer in distinct],
        ignored=sorted(distinct[0].ignore_types),
        start=numbers[table.start_states[grammar]],
        end=numbers[table.end_states[grammar]],
    )


def _order_states(states: Any, start: Any) -> list[Any]:
    """The states as they are reached from the first, in an order that is the same in every process."""
    found = [start]
    for state in found:
        targets = (
            target for _, (action, target) in sorted(states[state].items(), key=itemgetter(0)) if action is Shift
        )
        found += [target for target in dict.fromkeys(targets) if target not in found]
    return found


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
