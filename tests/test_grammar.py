"""The grammars: unambiguous, total, in step with the model and with their tables."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import lark
import pytest
from mangling import mangled
from running import slowly

from imrlint.document.letter import ClauseKind, SectionKind
from imrlint.document.text import Source
from imrlint.parser import grammars, parse, tables
from imrlint.parser.automaton import Token

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))


@pytest.mark.slow
@pytest.mark.parametrize("name", grammars.NAMES)
def test_strict_mode_finds_no_ambiguity(name: str) -> None:
    tables.build_parser(name, strict=True)


def test_the_tables_were_made_from_these_grammars() -> None:
    stored = json.loads(files("imrlint.grammar").joinpath("tables.json").read_text(encoding="utf-8"))
    assert stored["key"] == grammars.hash_grammars(), "run: python -m imrlint.parser.grammars"
    assert set(stored["tables"]) == set(grammars.NAMES)


def strip_tree(node: Any) -> object:
    """A tree of ours, or of Lark, as plain data."""
    if isinstance(node, Token):
        return node.type, node.start, node.end, str(node)
    if isinstance(node, lark.Token):
        return node.type, node.start_pos, node.end_pos, str(node)
    return str(node.data), [strip_tree(child) for child in node.children]


@pytest.mark.slow
def test_the_trees_are_those_that_lark_makes() -> None:
    texts = [path.read_text(encoding="utf-8") for path in EXAMPLES]
    texts += [mangled(texts, seed) for seed in range(60)]
    for name in grammars.NAMES:
        parser = tables.build_parser(name)
        for text in texts:
            assert strip_tree(grammars.parse(name, text)) == strip_tree(parser.parse(text))


@pytest.mark.slow
def test_without_tables_the_grammars_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grammars, "_load_tables", dict)
    grammars._load_parser.cache_clear()
    try:
        letter = parse(Source(EXAMPLES[0].read_text(encoding="utf-8")))
    finally:
        grammars._load_parser.cache_clear()
    assert letter.disputes


def test_every_section_title_is_a_terminal() -> None:
    tokens = files("imrlint.grammar").joinpath("tokens.lark").read_text(encoding="utf-8")
    for kind in SectionKind:
        terminal = re.search(rf"^{kind.name}\.\d+: +/(.+)/$", tokens, re.MULTILINE)
        assert terminal, kind
        assert re.match(terminal[1].replace(r"\/", "/"), kind.value), kind


@pytest.mark.parametrize("kind", ClauseKind)
def test_every_clause_label_is_a_terminal(kind: ClauseKind) -> None:
    letter = parse(Source(f"Some item\n\nClaims Administrator guideline: a\n{kind.value}: b\n"))
    assert any(clause.kind is kind for dispute in letter.disputes for clause in dispute.clauses)


def check_mangled(texts: list[str], seeds: range) -> None:
    for seed in seeds:
        text = mangled(texts, seed)
        letter = parse(Source(text))
        for prose in letter.prose:
            assert 0 <= prose.span.start <= prose.span.end <= len(text)
            assert prose.text == prose.text.strip()


@pytest.mark.parametrize("seeds", [range(120), slowly(range(120, 1000))], ids=str)
def test_every_mangled_example_has_a_tree(seeds: range) -> None:
    check_mangled([path.read_text(encoding="utf-8") for path in EXAMPLES], seeds)


def test_every_mangled_real_letter_has_a_tree(real_letters: dict[str, str]) -> None:
    check_mangled(list(real_letters.values()), range(1000, 3000))


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "x" * 200_000,
        "a b: c " * 30_000,
        "line\n" * 40_000,
        "A line that goes on and on\n" * 20_000,
        "1) MAXIMUS Federal Services, Inc. has determined " * 4_000,
        "Title: " * 20_000 + "Upheld",
        "Claims Administrator guideline: " * 8_000,
        "#" * 50_000,
        ("Mr. " * 20_000),
    ],
    ids=lambda text: text[:20],
)
def test_long_texts_have_a_tree(text: str) -> None:
    """Each of them would run for hours under a pattern that backtracks."""
    letter = parse(Source(text))
    assert letter.disputes or letter.loose
