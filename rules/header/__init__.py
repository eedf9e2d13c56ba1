"""HDR: the cover page, and the decisions that a notice announces."""
