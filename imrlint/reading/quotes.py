"""Quotations: words of a record or a guideline rather than the letter's own."""

from __future__ import annotations

import re

from imrlint.document.prose import Place, Prose

_QUOTED = re.compile(r'"[^"]{1,2000}"|“[^”]{1,2000}”')


def find_quotations(prose: Prose) -> tuple[Place, ...]:
    """The quotations of a prose with their quotation marks, in order."""
    return tuple(Place(prose, *match.span()) for match in _QUOTED.finditer(prose.text))
