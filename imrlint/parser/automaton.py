"""Parsing a text by the tables of a grammar: an LALR(1) parser whose lexer knows what may come next.

The tables are plain data, which `imrlint.parser.tables` makes of a grammar. The grammars are total, so there are no
errors to report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypedDict

_END = "$END"  # the terminal behind the text


class Token(str):
    """Characters `start` up to `end` of a text, and the terminal that they are, its `type`."""

    __slots__ = ("end", "start", "type")

    type: str
    start: int
    end: int


class Tree:
    """A node: the rule that it comes of, its `data`, and its children."""

    __slots__ = ("children", "data")

    def __init__(self, data: str, children: list[Tree | Token]) -> None:
        self.data = data
        self.children = children


class Kept(NamedTuple):
    """A symbol of a rule, by its number there from 0, that becomes a child, or whose children do in its place."""

    number: int
    is_inlined: bool


class Rule(NamedTuple):
    """A rule of the grammar: what it is for, the number of its symbols, and those that become children."""

    origin: str
    size: int
    kept: Sequence[Kept]


class Tables(TypedDict):
    """A grammar. Actions are numbers: n shifts and goes to state n, -n - 1 reduces by rule n."""

    actions: list[dict[str, int]]  # by state
    rules: list[Rule]
    lexers: list[int]  # the lexer of each state
    patterns: list[str]  # of each lexer; its groups are named after the terminals
    ignored: list[str]  # terminals
    start: int
    end: int


class Automaton:
    """A parser with the tables of a grammar."""

    def __init__(self, tables: Tables) -> None:
        self._actions = tables["actions"]
        self._rules = [Rule(origin, size, [Kept(*each) for each in kept]) for origin, size, kept in tables["rules"]]
        patterns = [re.compile(pattern) for pattern in tables["patterns"]]
        self._lexers = [patterns[number] for number in tables["lexers"]]
        self._ignored = frozenset(tables["ignored"])
        self._start, self._end = tables["start"], tables["end"]

    def parse(self, text: str) -> Tree:
        """The tree of a text."""
        states, values = [self._start], list[Tree | Token]()
        at = 0
        while True:
            token = self._read_token(text, at, states[-1])
            terminal = token.type if token is not None else _END
            while (action := self._actions[states[-1]][terminal]) < 0:
                self._reduce(self._rules[-action - 1], states, values)
                if token is None and states[-1] == self._end:
                    root = values[-1]
                    assert isinstance(root, Tree)
                    return root
            assert token is not None
            states.append(action)
            values.append(token)
            at = token.end

    def _read_token(self, text: str, at: int, state: int) -> Token | None:
        """The token at a character, or behind what is ignored there; None at the end of the text."""
        match = self._lexers[state].match
        while at < len(text):
            found = match(text, at)
            assert found is not None
            at = found.end()
            assert found.lastgroup is not None
            if found.lastgroup not in self._ignored:
                token = Token(found.group())
                token.type, token.start, token.end = found.lastgroup, found.start(), at
                return token
        return None

    def _reduce(self, rule: Rule, states: list[int], values: list[Tree | Token]) -> None:
        """Replace the last values by the node that a rule makes of them."""
        first = len(values) - rule.size
        children: list[Tree | Token] = []
        for number, is_inlined in rule.kept:
            value = values[first + number]
            if not is_inlined or isinstance(value, Token):
                children.append(value)
            elif children:
                children += value.children
            else:  # a repetition grows by one at each step: copying it would take quadratic time
                children = value.children
        del values[first:], states[first + 1 :]
        states.append(self._actions[states[-1]][rule.origin])
        values.append(Tree(rule.origin, children))
