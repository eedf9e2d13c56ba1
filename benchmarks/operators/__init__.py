"""The operators of the injection benchmark, by what they spoil."""

from operators import facts, form, items, wording
from operators.kit import OPERATORS, Injected, Operator

__all__ = ["OPERATORS", "Injected", "Operator", "facts", "form", "items", "wording"]
