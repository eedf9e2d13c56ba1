"""The fitting of the weights of strays, on invented data."""

from __future__ import annotations

import random
from pathlib import Path

import fit_strays
import numpy as np

from imrlint.reading import stray_weights

CLEAN = (Path(__file__).parent / "letters" / "clean.txt").read_text(encoding="utf-8")


def test_a_feature_of_slips_speaks_for_one() -> None:
    values = np.array([[1.0, 1.0], [1.0, 1.0], [1.0, 0.0], [1.0, 0.0], [1.0, 0.0]])
    slips = np.array([True, True, False, False, False])
    _, weight = fit_strays.fit(values, slips, np.ones(5))
    assert weight > 0.5


def test_what_counts_little_weighs_little() -> None:
    """A right example with the feature of slips lowers its weight, the less it counts."""
    values = np.array([[1.0, 1.0], [1.0, 1.0], [1.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
    slips = np.array([True, True, False, False, False])
    much = fit_strays.fit(values, slips, np.ones(5))[1]
    little = fit_strays.fit(values, slips, np.array([1.0, 1.0, 1.0, 1.0, 0.1]))[1]
    assert little > much


def test_slips_are_made_of_what_the_letter_is_about() -> None:
    found = list(fit_strays.find_examples("clean", CLEAN, random.Random(1)))
    slips = {each.kind for each in found if each.is_slip}
    assert {"side", "lone side"} <= slips
    assert all(each.features["always"] == 1.0 for each in found)


def test_the_right_cases_are_read() -> None:
    cases = [name for name, _ in fit_strays.read_letters([])]
    assert len(cases) > 100
    assert all(name.startswith(fit_strays.CASE_NAME) for name in cases)


def test_every_kind_that_is_fitted_has_weights_and_thresholds() -> None:
    assert set(stray_weights.WEIGHTS) == set(fit_strays.FITTED)
    assert set(fit_strays.FITTED) <= set(stray_weights.LIKELY) == set(stray_weights.POSSIBLE)
    assert all(stray_weights.POSSIBLE[kind] <= least for kind, least in stray_weights.LIKELY.items())
