"""Words, groups of words and numbers as letters write them."""
