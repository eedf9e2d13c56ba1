"""What stands in quotation marks: the words of a record or a guideline, not the letter's own."""

from __future__ import annotations

import re

from imrlint.document.prose import Place, Prose

_QUOTED = re.compile(r'"[^"]{1,2000}"|“[^”]{1,2000}”')


def find_quotations(prose: Prose) -> tuple[Place, ...]:
    """Each quotation, quotation marks included, in order."""
    return tuple(Place(prose, *match.span()) for match in _QUOTED.finditer(prose.text))
