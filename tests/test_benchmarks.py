"""The operators of the injection benchmark fit the rules and the letters that they are tried on."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from imrlint.document.text import Source
from imrlint.engine import ruleset
from imrlint.parser import parse

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from operators import OPERATORS  # noqa: E402


def test_operators_name_rules_and_cover_every_family_of_one_letter() -> None:
    rules = {rule.name() for rule in ruleset.rules()}
    assert {name for operator in OPERATORS for name in operator.rules} <= rules
    assert len(OPERATORS) >= 40
    assert {operator.family for operator in OPERATORS} == set(ruleset.families()) - {"batch"}


def test_an_operator_changes_the_letter_at_the_place_it_names() -> None:
    tries: Counter[str] = Counter()
    for path in [
        *sorted((ROOT / "benchmarks" / "letters").glob("*.txt"))[:12],
        ROOT / "tests" / "letters" / "clean.txt",
    ]:
        letter = parse(Source(path.read_text(encoding="utf-8")))
        for operator in OPERATORS:
            for injected in operator(letter):
                tries[operator.name] += 1
                assert injected.text != letter.source.text
                assert 0 <= injected.place.start <= injected.place.end <= len(injected.text)
    assert len(tries) > len(OPERATORS) * 0.9
