"""Confidence and severity: one table, frozen, and what comes of it."""

from __future__ import annotations

from itertools import product

import pytest

import imrlint
from imrlint.engine import evidence, ruleset
from imrlint.engine.findings import Category, Feature, Severity
from imrlint.settings.config import Config, build_config


def test_the_table_is_frozen() -> None:
    """Whoever changes a number changes the severity of findings, and says so here."""
    assert {category.value: prior for category, prior in evidence.PRIORS.items()} == {
        "contradiction": 0.95, "omission": 0.95, "malformed": 0.95, "suspect": 0.9, "style": 0.95,
    }  # fmt: skip
    assert {feature.value: weight for feature, weight in evidence.WEIGHTS.items()} == {
        "often-right": -2.0, "repeated": -2.0, "another-fits": -2.0, "unlisted": -2.0, "inferred": -2.0,
        "unsure": -2.0, "arguable": -0.6,
    }  # fmt: skip
    assert {category.value: cap.word for category, cap in evidence.CAPS.items()} == {
        "contradiction": "error", "omission": "error", "malformed": "warning", "suspect": "warning", "style": "note",
    }  # fmt: skip
    assert evidence.THRESHOLDS == {Severity.ERROR: 0.95, Severity.WARNING: 0.9}


def test_every_category_and_feature_has_a_number() -> None:
    assert set(evidence.PRIORS) == set(evidence.CAPS) == set(Category)
    assert set(evidence.WEIGHTS) == set(Feature)


@pytest.mark.parametrize(
    ("category", "confidence", "severity"),
    [
        (Category.CONTRADICTION, 0.95, Severity.ERROR),
        (Category.CONTRADICTION, 0.94, Severity.WARNING),
        (Category.CONTRADICTION, 0.89, Severity.NOTE),
        (Category.SUSPECT, 1.0, Severity.WARNING),
        (Category.STYLE, 1.0, Severity.NOTE),
    ],
)
def test_severity_follows_from_category_and_confidence(
    category: Category, confidence: float, severity: Severity
) -> None:
    assert evidence.grade(category, confidence) is severity


def test_without_features_the_category_says_the_severity_and_with_one_it_is_a_note() -> None:
    for category, feature in product(Category, set(Feature) - {Feature.ARGUABLE}):
        assert evidence.grade(category, evidence.weigh(category, ())) is evidence.CAPS[category]
        assert evidence.grade(category, evidence.weigh(category, [feature])) is Severity.NOTE


def test_what_is_arguable_is_a_warning_instead_of_an_error_and_with_anything_else_a_note() -> None:
    for category in (Category.CONTRADICTION, Category.OMISSION):
        assert evidence.grade(category, evidence.weigh(category, [Feature.ARGUABLE])) is Severity.WARNING
    for feature in set(Feature) - {Feature.ARGUABLE}:
        both = evidence.weigh(Category.CONTRADICTION, [Feature.ARGUABLE, feature])
        assert evidence.grade(Category.CONTRADICTION, both) is Severity.NOTE


def test_features_only_lower_the_confidence_and_two_digits_are_given() -> None:
    for category in Category:
        alone, both = (evidence.weigh(category, tuple(Feature)[:n]) for n in (1, 2))
        assert 0 < both < alone < evidence.weigh(category, ()) < 1
        assert alone == round(alone, 2)


def test_a_rule_whose_cases_are_often_right_gives_notes() -> None:
    rules = ruleset.installed().rules
    assert {rule.severity() for rule in rules if rule.often_right} == {Severity.NOTE}
    assert all(rule.severity() is evidence.CAPS[rule.category] for rule in rules if not rule.often_right)


@pytest.mark.parametrize("level", [None, "warning", "error"])
def test_the_evidence_of_one_finding_lowers_what_settings_say_of_its_rule(level: str | None, clean: str) -> None:
    text = clean.replace("Section(s): Special Studies.", "Section(s): Cornerstones.")
    table = {"severity": level} if level else {}
    config = build_config({"select": ["unknown-section"], "rules": {"unknown-section": table}}, "here")
    diagnostics = imrlint.check(text, config=config).diagnostics
    assert any(Feature.UNLISTED in diagnostic.finding.evidence for diagnostic in diagnostics)
    for diagnostic in diagnostics:
        lowered = Feature.UNLISTED in diagnostic.finding.evidence
        assert diagnostic.severity is (Severity.NOTE if lowered else Severity[(level or "warning").upper()])


def test_settings_raise_a_rule_whose_cases_are_often_right() -> None:
    config = build_config({"rules": {"missing-year": {"severity": "error"}}}, "here")
    (active,) = (each for each in config.active_rules() if each.rule.name() == "missing-year")
    assert active.severity is Severity.ERROR
    (default,) = (each for each in Config().active_rules() if each.rule.name() == "missing-year")
    assert default.severity is Severity.NOTE
