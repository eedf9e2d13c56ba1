"""Reading files in a separate process, with limits on time and memory."""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from imrlint.document.text import Aside, Span
from imrlint.source.errors import Refused
from imrlint.source.extract import Extract
from imrlint.source.kinds import Kind

SECONDS = 3.0  # for one letter; it takes some milliseconds
MEMORY = 192  # megabytes
OCR_SECONDS = 600.0  # for one letter; a page takes about five
OCR_MEMORY = 2_000
_EXTRAS = {Kind.WORD: "docx", Kind.PDF: "pdf", Kind.RTF: "rtf", Kind.PICTURE: "ocr"}
_PROGRAM = "import sys; sys.path.append(sys.argv[1]); from imrlint.source.worker import main; main()"
_ROOT = str(Path(__file__).parent.parent.parent)


class Sandbox:
    """Reads files in a process that is started for the first one and replaced when it dies."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY, *, ocr: bool = False) -> None:
        """`memory` is in megabytes; with `ocr`, pages that are pictures are read, too."""
        self.seconds = seconds
        self._arguments = (str(memory), "ocr" if ocr else "")
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        atexit.register(self.close)

    def read(self, kind: Kind, content: bytes) -> Extract:
        """The text of a file. Raises Refused."""
        with self._lock:
            answer = self._request(kind, content)
        if "missing" in answer:
            raise Refused(f'to read {kind.value}, install the missing extra: pip install "imrlint[{_EXTRAS[kind]}]"')
        if "refused" in answer:
            raise Refused(answer["refused"])
        text, pages, paragraphs, flows, unread, margin, asides, blanks, recognized, unsure = answer["extract"]
        return Extract(
            text,
            tuple(pages),
            tuple(paragraphs),
            flows,
            tuple(unread),
            margin,
            tuple(Aside(*each) for each in asides),
            tuple(Span(*each) for each in blanks),
            tuple(recognized),
            tuple(Span(*each) for each in unsure),
        )

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _request(self, kind: Kind, content: bytes) -> dict[str, Any]:
        process = self._running_process()
        assert process.stdin is not None
        assert process.stdout is not None
        timed_out = threading.Event()

        def stop() -> None:
            timed_out.set()
            process.kill()

        timer = threading.Timer(self.seconds, stop)
        timer.start()
        try:
            process.stdin.write(f"{kind.name} {len(content)}\n".encode() + content)
            process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:  # the process died while the file was sent
            answer = b""
        finally:
            timer.cancel()
        if not answer:
            self.close()
            slow = f"not a letter: reading it took more than {self.seconds:g} seconds"
            raise Refused(
                slow if timed_out.is_set() else f"damaged or far too large: it cannot be read as {kind.value}"
            )
        loaded: dict[str, Any] = json.loads(answer)
        return loaded

    def _running_process(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _PROGRAM, _ROOT, *self._arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process


SANDBOX = Sandbox()
OCR_SANDBOX = Sandbox(OCR_SECONDS, OCR_MEMORY, ocr=True)
