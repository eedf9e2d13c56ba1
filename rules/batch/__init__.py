"""BAT: the letters of one run, against one another."""
