"""Standard output whose reader has gone, as with `| head`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


@contextmanager
def outlive_reader(out: TextIO) -> Iterator[None]:
    """Go on where nobody reads `out` any more: what is still written to it goes nowhere."""
    try:
        yield
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, out.fileno())  # for what is in its buffer, too, which Python writes at the end
        os.close(nowhere)
