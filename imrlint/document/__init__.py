"""Letters as immutable data: text and places in it, running text, and the typed parts of a letter."""
