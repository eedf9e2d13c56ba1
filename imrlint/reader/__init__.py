"""A trained model that reads sentences and doubts words: optional, on the user's own machine, with pinned weights."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imrlint.reader.doubts import Reader

_NEEDED = ("onnxruntime", "tokenizers")


def is_installed() -> bool:
    """Whether the libraries of the extra `reader` are installed."""
    return all(find_spec(name) is not None for name in _NEEDED)


def find_models() -> str:
    """Which models a reader would use here: where this is the same, so is what it says. Loads none of them."""
    if not is_installed():
        return ""
    from imrlint.reader import store

    return f"network, {store.find_language_model() or 'no language model'}"


def load(threads: int = 1) -> Reader | None:
    """The reader of this machine, loaded once in each process; None where it is not installed."""
    if not is_installed():
        return None
    from imrlint.reader import detector

    return detector.load(threads)
