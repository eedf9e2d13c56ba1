"""Nodes of the tree that the grammar makes of a letter, and the tokens in them."""

from __future__ import annotations

from imrlint.parser.automaton import Token, Tree


def child_nodes(node: Tree) -> list[Tree]:
    """The children of a node that are nodes themselves, in order."""
    return [child for child in node.children if not isinstance(child, Token)]


def child_tokens(node: Tree) -> list[Token]:
    """The children of a node that are tokens, in order."""
    return [child for child in node.children if isinstance(child, Token)]


def prose_tokens(node: Tree) -> list[Token]:
    """The tokens of the prose of a node; none where it has no prose."""
    return next((child_tokens(child) for child in child_nodes(node) if child.data == "prose"), [])


def absorb_misplaced(nodes: list[Tree], allowed: frozenset[str]) -> list[Tree]:
    """The nodes, those of a kind that is not allowed here turned into prose of the node before them."""
    kept: list[Tree] = []
    for node in nodes:
        if node.data in allowed or node.data in ("prose", "dispute"):
            kept.append(node)
        else:
            tokens = [token for part in (node, *child_nodes(node)) for token in child_tokens(part)]
            _append_prose(kept, tokens)
    return kept


def _append_prose(nodes: list[Tree], tokens: list[Token]) -> None:
    if not nodes:
        nodes.append(Tree("prose", list(tokens)))
        return
    last = nodes[-1]
    prose = last if last.data == "prose" else next((n for n in child_nodes(last) if n.data == "prose"), None)
    if prose is None:
        last.children.append(Tree("prose", list(tokens)))
    else:
        prose.children.extend(tokens)
