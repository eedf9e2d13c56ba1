"""STR: is every part there, once, in order, and readable."""
