"""Loading what every letter needs before the first one is read."""

from __future__ import annotations

from imrlint import kept_patterns


def load() -> None:
    """Load what examines a letter, the rules and the grammars, with the patterns that a former run compiled.

    Raises BadRules. Whoever checks letters without this loads the same, a little slower.
    """
    with kept_patterns.kept():
        from imrlint import parser
        from imrlint.engine import ruleset
        from imrlint.knowledge import patterns as table_patterns
        from imrlint.session import examination  # noqa: F401

        ruleset.installed()
        parser.load()
        table_patterns.compile_all()
