"""The collector of garbage, once what every letter needs has been loaded."""

from __future__ import annotations

import gc

# New objects after which it looks through them, and times that it does so before it looks through older ones. A letter
# is garbage as a whole, some tens of thousands of objects that refer to one another: looking earlier finds little.
_THRESHOLDS = (50_000, 5, 5)


def collect_from_here() -> None:
    """Collect garbage from now on, but leave aside what has been loaded: it stays."""
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
    gc.enable()
