"""The process that reads Word, PDF and RTF files.

These files cannot be trusted: a damaged or hostile one may fill the memory, take for ever, or crash its
reader. It does so here, not in the process that has other letters to check. A request is a line
`KIND LENGTH` and that many bytes; the answer is one line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from imrlint.source.errors import Refused
from imrlint.source.kinds import Kind


def main() -> None:
    """Answer requests until there are no more.

    Behind the folder of imrlint, the arguments of the program are its memory in megabytes, and "ocr" where it also
    reads pictures of pages.
    """
    memory, ocr = int(sys.argv[2]), sys.argv[3] == "ocr"
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the answers
    _limit_memory(memory * 1024 * 1024)
    while line := sys.stdin.buffer.readline():
        kind, length = line.split()
        answer = _answer(Kind[kind.decode()], sys.stdin.buffer.read(int(length)), ocr=ocr)
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


def _limit_memory(memory: int) -> None:
    """Limit the memory of this process, in bytes."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(kind: Kind, content: bytes, *, ocr: bool) -> dict[str, Any]:
    try:
        return {"extract": _read(kind, content, ocr=ocr)}
    except Refused as refused:
        return {"refused": str(refused)}
    except ImportError:
        return {"missing": True}
    except MemoryError:
        return {"refused": "it needs too much memory to be a letter"}
    except Exception:  # whatever a library raises on bytes that it cannot read
        return {"refused": f"damaged: it cannot be read as {kind.value}"}


def _read(kind: Kind, content: bytes, *, ocr: bool) -> Any:
    match kind:
        case Kind.WORD:
            from imrlint.source import word

            return word.read(content)
        case Kind.PDF:
            from imrlint.source import pdf

            return pdf.read(content, ocr=ocr)
        case Kind.PICTURE:
            from imrlint.source import pictures

            return pictures.read(content)
        case Kind.RTF:
            from imrlint.source import rtf

            return rtf.read(content)
    raise ValueError(kind)
