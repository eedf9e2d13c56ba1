"""Annotations of what the words of a letter mean: one `Reading` for each letter, each annotation computed once."""

from imrlint.reading.reading import Reading

__all__ = ["Reading"]
