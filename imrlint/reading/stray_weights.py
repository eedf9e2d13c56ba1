"""The weights by which names that only a rationale has are judged (`strays`).

Fitted by `training/fit_strays.py` to the published letters of development and to invented ones. A weight is what a
feature adds to the logarithm of the odds that the name is a slip.
"""

from __future__ import annotations

from collections.abc import Mapping

LIKELY = {"drug": 0.55, "part": 0.7, "side": -1.2, "lone side": 0.4, "number": 0.0}
POSSIBLE = {"drug": 0.2, "part": -0.3, "side": -1.2, "lone side": 0.0, "number": 0.0}
"""The scores from which a stray is reported, surely or as a possibility.

The first is the lower, the rarer right strays are in letters: the 167 letters to which the weights were fitted have 33
drugs, 39 parts and 2 sides that are strays as they stand, of which 4, 3 and 2 reach it, judged without their letter. A
number that retells another has no weights: as it stands it is a slip.
"""

WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "drug": {
        "again": -1.62,
        "always": -0.41,
        "compared": 0.5,
        "conclusion": 1.48,
        "conditional": -1.09,
        "considered": 0.24,
        "denied": -0.02,
        "drug item": 0.2,
        "elsewhere": 0.76,
        "example": -2.07,
        "general": 1.49,
        "in a treatment": 0.75,
        "in brackets": 0.79,
        "listed": -1.09,
        "of case": 1.12,
        "of guideline": 0.58,
        "only": -1.02,
        "others here": -0.75,
        "own here": 0.11,
        "own nowhere": 0.09,
        "quoted": 0.36,
        "request": 0.77,
        "told": 3.59,
        "treatment here": 0.5,
    },
    "part": {
        "again": -1.63,
        "always": -0.59,
        "compared": 0.29,
        "conclusion": 0.85,
        "conditional": 0.56,
        "considered": -0.36,
        "denied": -0.17,
        "drug item": -0.7,
        "elsewhere": 1.03,
        "example": -2.39,
        "general": -0.74,
        "in a treatment": -0.15,
        "listed": -0.69,
        "of case": 0.62,
        "of guideline": 0.56,
        "only": 0.29,
        "others here": -0.84,
        "own here": 0.5,
        "own nowhere": 0.33,
        "quoted": 0.71,
        "request": 1.53,
        "told": 3.85,
        "treatment here": 0.08,
    },
    "side": {
        "again": -0.67,
        "always": -0.4,
        "compared": 0.29,
        "conclusion": 0.76,
        "conditional": -0.08,
        "considered": -0.4,
        "denied": 0.23,
        "drug item": 0.5,
        "elsewhere": 0.52,
        "explained": -0.52,
        "in a treatment": 0.07,
        "limb has it": 0.89,
        "listed": 0.19,
        "of case": -0.2,
        "of guideline": -0.08,
        "only": -0.38,
        "others here": 0.34,
        "own here": 0.11,
        "own nowhere": 0.29,
        "quoted": 0.05,
        "request": 0.98,
        "told": 1.65,
        "treatment here": 0.94,
    },
    "lone side": {
        "always": 0.84,
        "explained": -1.68,
        "in a title": 0.95,
        "others": -0.1,
        "same part": 0.83,
        "topic": -2.04,
    },
}
