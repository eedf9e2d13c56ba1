"""Every rule, on every case written for it, and the laws that hold for all rules."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent

import pytest
from mangling import mangled

from imrlint.document.text import Source
from imrlint.engine import ruleset
from imrlint.engine.linter import lint
from imrlint.engine.rule import Rule
from imrlint.parser import parse
from imrlint.settings.config import Config
from imrlint.testing import Case, cases, changed, check_laws, findings, written

HERE = Path(__file__).parent
RULES = ruleset.installed().rules


def page(rule: type[Rule]) -> Path:
    return HERE / "rules" / rule.family() / f"{rule.name().replace('-', '_')}.md"


def every_case() -> Iterator[object]:
    for rule in RULES:
        found = list(cases(rule.guide()))
        if page(rule).exists():
            found += cases(page(rule).read_text(encoding="utf-8"))
        for case in found:
            yield pytest.param(rule, case, id=f"{rule.name()}: {case.title}")


@pytest.mark.parametrize(("rule", "case"), list(every_case()))
def test_case(rule: type[Rule], case: Case, base_letters: dict[str, str], accept: bool) -> None:
    letter = changed(base_letters[case.letter], case.diff)
    found = written(findings(rule(), letter, base_letters[case.letter]), letter)
    if accept and found != case.findings:
        rewrite(rule, case, found)
    else:
        assert found == case.findings
    check_laws(rule(), letter)


def rewrite(rule: type[Rule], case: Case, found: str) -> None:
    """Put what was found where the case said otherwise, in docstring or page."""
    of = "" if case.letter == "clean" else f" of {case.letter}"
    for path in (Path(inspect.getfile(rule)), page(rule)):
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        margin = "    " if path.suffix == ".py" else ""
        old, new = (
            indent(f"```diff{of}\n{case.diff}```\n\n```findings\n{said}```", margin) for said in (case.findings, found)
        )
        if old in text:
            path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name())
class TestEveryRule:
    def test_says_nothing_of_the_clean_letter(self, rule: type[Rule], clean: str) -> None:
        assert written(findings(rule(), clean), clean) == ""

    def test_shows_what_it_finds(self, rule: type[Rule]) -> None:
        assert any(case.findings for case in cases(rule.guide())), "no example that fires"

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


def test_no_rule_fails_on_a_mangled_letter() -> None:
    """Rules meet every kind of half-read letter; none may raise."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((HERE.parent / "examples").glob("*.txt"))]
    active_rules = Config().active_rules()
    for seed in range(200):
        text = mangled(texts, seed)
        report = lint(parse(Source(text)), active_rules)
        assert not report.crashes
        for diagnostic in report.diagnostics:
            assert 0 <= diagnostic.finding.span.start <= diagnostic.finding.span.end <= len(text)
