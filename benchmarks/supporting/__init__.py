"""Counts the letters in which each alternative of a pattern over prose, and each row of a table, is used."""

from supporting.counting import Support, count_support

__all__ = ["Support", "count_support"]
