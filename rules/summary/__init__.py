"""SUM: the clinical case summary, by itself and against the disputed items."""
