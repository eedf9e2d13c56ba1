"""DAT: the dates of a letter, and how they stand to one another."""
