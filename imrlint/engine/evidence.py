"""The confidence of a finding, and the severity that follows from it.

A finding starts with the confidence of its category, and each feature that speaks against it lowers that. Its
severity is a function of category and confidence. All the numbers are in this module. They are set by hand and
not fitted: readers have judged too few findings in letters that no rule was developed on (`benchmarks/forecasts.tsv`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from imrlint.engine.findings import Category, Feature, Severity

PRIORS = {
    Category.CONTRADICTION: 0.95,
    Category.OMISSION: 0.95,
    Category.MALFORMED: 0.95,
    Category.SUSPECT: 0.90,
    Category.STYLE: 0.95,
}
"""The confidence of a finding that no feature speaks against."""

WEIGHTS = {
    Feature.OFTEN_RIGHT: -2.0,
    Feature.REPEATED: -2.0,
    Feature.ANOTHER_FITS: -2.0,
    Feature.UNLISTED: -2.0,
    Feature.INFERRED: -2.0,
    Feature.UNSURE: -2.0,
    Feature.ARGUABLE: -0.6,
}
"""What a feature adds to the confidence, in log-odds."""

CAPS = {
    Category.CONTRADICTION: Severity.ERROR,
    Category.OMISSION: Severity.ERROR,
    Category.MALFORMED: Severity.WARNING,
    Category.SUSPECT: Severity.WARNING,
    Category.STYLE: Severity.NOTE,
}
"""The highest severity that a finding of a category can have."""

THRESHOLDS = {Severity.ERROR: 0.95, Severity.WARNING: 0.90}
"""The least confidence for a severity. A finding with less is a note."""


def weigh(category: Category, features: Iterable[Feature]) -> float:
    """The confidence of a finding, from 0 to 1, rounded to two digits so that all machines agree."""
    prior = PRIORS[category]
    odds = math.log(prior / (1 - prior)) + sum(WEIGHTS[feature] for feature in features)
    return round(1 / (1 + math.exp(-odds)), 2)


def grade(category: Category, confidence: float) -> Severity:
    """The severity of a finding of this category and confidence."""
    reached = (severity for severity, needed in THRESHOLDS.items() if confidence >= needed)
    return min(CAPS[category], max(reached, default=Severity.NOTE))
