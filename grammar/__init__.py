"""The Lark grammars of a letter, its citations and its requests. Data only: no Python lives here."""
