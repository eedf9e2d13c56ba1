"""The Lark grammars of a letter, its citations and its requests. The package holds data only."""
