"""The explanation of a rule as HTML, from its Markdown."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


def render_explanation(markdown: str) -> str:
    """The explanation as HTML, without its title; other headings are one level lower."""
    tokens = _PARSER.parse(markdown)
    if tokens and tokens[0].tag == "h1":
        tokens = tokens[3:]  # the heading, its words, its end
    for token in tokens:
        _lower(token)
    return str(_PARSER.renderer.render(tokens, _PARSER.options, {}))


def _lower(token: Token) -> None:
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{min(int(token.tag[1:]) + 1, 6)}"
    elif token.type == "fence":
        token.attrSet("tabindex", "0")  # it may be wider than the window, and is scrolled by keys
