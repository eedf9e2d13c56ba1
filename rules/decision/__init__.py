"""DEC: the decisions, and whether the rationales agree with them."""
