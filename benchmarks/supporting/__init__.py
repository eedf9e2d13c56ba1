"""How many letters stand behind each row of a table, and behind each alternative of a pattern over prose."""

from supporting.counting import Support, count_support

__all__ = ["Support", "count_support"]
