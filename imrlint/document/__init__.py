"""A letter as immutable data: text and places in it, running text, the typed parts of a letter."""
