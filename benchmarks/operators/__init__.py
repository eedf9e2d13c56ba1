"""The operators of the injection benchmark, by what they spoil."""

from operators import arguments, facts, form, items, wording
from operators.kit import OPERATORS, Injected, Operator

__all__ = ["OPERATORS", "Injected", "Operator", "arguments", "facts", "form", "items", "wording"]
