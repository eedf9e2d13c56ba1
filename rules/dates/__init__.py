"""DAT: the dates of a letter, each by itself and against one another."""
