"""SUM: the clinical case summary, against itself and against the items."""
