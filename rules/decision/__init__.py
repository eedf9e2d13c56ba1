"""DEC: what was decided, and whether the rationale concludes it."""
