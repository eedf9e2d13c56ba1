"""BAT: the letters of one run, compared with one another."""
