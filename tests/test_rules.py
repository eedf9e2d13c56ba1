"""Every rule, on every case written for it, and the laws that hold for all rules."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from running import BESIDE_THE_TEXT

from imrlint.engine import ruleset
from imrlint.engine.messages import mask_quotations
from imrlint.engine.rule import Rule
from imrlint.testing import RuleCase, check_laws, find_cases, run_rule

HERE = Path(__file__).parent
RULES = ruleset.installed().rules


def page(rule: type[Rule]) -> Path:
    return HERE / "rules" / rule.family() / f"{rule.name().replace('-', '_')}.md"


@pytest.mark.parametrize("case", [case for rule in RULES for case in find_cases(rule, page(rule))], ids=str)
def test_case(case: RuleCase, base_letters: dict[str, str], accept: bool) -> None:
    found = case.run(base_letters)
    if accept and found != case.expected:
        case.accept(found)
    else:
        assert found == case.expected


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name())
class TestEveryRule:
    def test_says_nothing_of_the_clean_letter(self, rule: type[Rule], clean: str) -> None:
        assert run_rule(rule(), clean) == []

    def test_shows_what_it_finds(self, rule: type[Rule], base_letters: dict[str, str], accept: bool) -> None:
        examples = [case for case in find_cases(rule, page(rule)) if case.file != page(rule)]
        shown = [case.run(base_letters) if accept else case.expected for case in examples]
        assert any(shown) or rule.name() in BESIDE_THE_TEXT, "no example that fires"

    def test_class_is_named_after_its_file(self, rule: type[Rule]) -> None:
        assert rule.__name__ == "".join(word.capitalize() for word in rule.name().split("-"))

    def test_code_belongs_to_its_family(self, rule: type[Rule]) -> None:
        family = importlib.import_module(rule.__module__.rpartition(".")[0])
        prefix = (family.__doc__ or "").partition(":")[0]
        assert re.fullmatch(rf"{prefix}\d{{3}}", rule.code)

    def test_summary_is_one_sentence(self, rule: type[Rule]) -> None:
        summary = rule.summary()
        assert summary.endswith(".")
        assert len(summary) <= 110
        assert summary.rstrip(".").count(". ") == 0

    def test_laws_hold_on_letters_full_of_slips(self, rule: type[Rule]) -> None:
        for path in sorted((HERE.parent / "examples").glob("*.txt")):
            check_laws(rule(), path.read_text(encoding="utf-8"))


def test_no_orphan_pages() -> None:
    assert set((HERE / "rules").rglob("*.md")) <= {page(rule) for rule in RULES}


# Messages with the quotations masked, as --no-excerpts prints them; the values are nowhere outside quotation marks.
MASKED = {
    "guideline-mismatch": 'MAXIMUS cites page "…"; the claims administrator cites page "…"',
    "pronoun-mismatch": '"…" here, but the worker is "…"',
    "quantity-arithmetic": '"…" a week for "…" weeks makes "…", not "…"',
    "side-mismatch": '"…" here, "…" elsewhere',
    "wrong-body-part": '"…" examines the hip or low back, not the "…"',
    "wrong-quantity": 'not the disputed quantity: "…" here, "…" in dispute',
    "wrong-side": 'not the disputed side of the "…": "…" here, "…" in dispute',
    "wrong-treatment-phase": '"…" is on long-term treatment, but "…"',
}


@pytest.mark.parametrize("name", MASKED)
def test_values_of_the_letter_are_quoted(name: str, base_letters: dict[str, str]) -> None:
    (rule,) = (each for each in RULES if each.name() == name)
    found = "".join(case.run(base_letters) for case in find_cases(rule, page(rule)))
    lines = [mask_quotations(line) for line in found.splitlines()]
    assert f'"…" {MASKED[name]}' in lines  # the words found come first
