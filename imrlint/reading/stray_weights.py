"""The weights by which names that only a rationale has are judged (`strays`).

Fitted by `training/fit_strays.py` to the published letters of development and to invented ones. A weight is what a
feature adds to the logarithm of the odds that the name is a slip.
"""

from __future__ import annotations

from collections.abc import Mapping

LIKELY = {"drug": 0.8, "part": 0.7, "side": -1.15, "lone side": 0.4, "number": 0.0}
POSSIBLE = {"drug": 0.45, "part": -0.3, "side": -1.15, "lone side": 0.0, "number": 0.0}
"""The scores from which a stray is reported, surely or as a possibility.

The first is the lower, the rarer right strays are in letters: the 206 letters to which the weights were fitted have 46
drugs, 48 parts and 2 sides that are strays as they stand, of which 3, none and 1 reach it, judged without their letter.
A number that retells another has no weights: as it stands it is a slip.
"""

WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "drug": {
        "again": -2.33,
        "always": -0.63,
        "compared": 0.39,
        "conclusion": 1.68,
        "conditional": -0.74,
        "considered": -0.14,
        "denied": -0.56,
        "drug item": 0.46,
        "elsewhere": 0.69,
        "example": -1.99,
        "general": 0.91,
        "in a treatment": 1.06,
        "in brackets": 0.98,
        "listed": -1.08,
        "of case": 1.27,
        "of guideline": 0.21,
        "only": -0.71,
        "others here": -0.74,
        "own here": 0.32,
        "own nowhere": 0.56,
        "quoted": -0.68,
        "request": 0.93,
        "told": 3.85,
        "treatment here": 0.68,
    },
    "part": {
        "again": -1.6,
        "always": -0.54,
        "compared": 0.29,
        "conclusion": 0.91,
        "conditional": 0.24,
        "considered": -0.32,
        "denied": -0.01,
        "drug item": -0.38,
        "elsewhere": 1.25,
        "example": -2.55,
        "general": -1.17,
        "in a treatment": -0.17,
        "listed": -0.83,
        "of case": 0.61,
        "of guideline": 0.75,
        "only": 0.88,
        "others here": -1.33,
        "own here": 0.36,
        "own nowhere": 0.46,
        "quoted": 0.31,
        "request": 1.44,
        "told": 4.14,
        "treatment here": 0.05,
    },
    "side": {
        "again": -0.63,
        "always": -0.4,
        "compared": 0.26,
        "conclusion": 0.75,
        "conditional": -0.09,
        "considered": -0.42,
        "denied": 0.22,
        "drug item": 0.48,
        "elsewhere": 0.59,
        "explained": -0.5,
        "in a treatment": 0.07,
        "limb has it": 0.98,
        "listed": 0.18,
        "of case": -0.22,
        "of guideline": -0.09,
        "only": -0.38,
        "others here": 0.29,
        "own here": 0.11,
        "own nowhere": 0.3,
        "quoted": 0.04,
        "request": 0.97,
        "told": 1.65,
        "treatment here": 0.91,
    },
    "lone side": {
        "always": 1.15,
        "explained": -2.02,
        "in a title": 1.24,
        "others": -0.28,
        "same part": 1.29,
        "topic": -2.57,
    },
}
