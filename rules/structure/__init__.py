"""STR: whether every part is there, once, in order and readable."""
