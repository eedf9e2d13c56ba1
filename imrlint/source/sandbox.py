"""Reading files in a process apart, with a limit of time and memory."""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from imrlint.source.errors import Refused
from imrlint.source.extract import Extract
from imrlint.source.kinds import Kind

SECONDS = 3.0  # for one letter; it takes some milliseconds
_EXTRAS = {Kind.WORD: "docx", Kind.PDF: "pdf", Kind.RTF: "rtf"}
_START = "import sys; sys.path.append(sys.argv[1]); from imrlint.source.worker import main; main()"
_ROOT = str(Path(__file__).parent.parent.parent)


class Sandbox:
    """A process that is started with the first file, serves for those that follow, and is replaced when it dies."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        atexit.register(self.close)

    def read(self, kind: Kind, content: bytes) -> Extract:
        """What a file holds. Raises Refused."""
        with self._lock:
            answer = self._asked(kind, content)
        if "missing" in answer:
            raise Refused(f'to read {kind.value}, install what is missing: pip install "imrlint[{_EXTRAS[kind]}]"')
        if "refused" in answer:
            raise Refused(answer["refused"])
        text, pages, paragraphs, flows, unread = answer["extract"]
        return Extract(text, tuple(pages), tuple(paragraphs), flows, tuple(unread))

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _asked(self, kind: Kind, content: bytes) -> dict[str, Any]:
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        watch = threading.Timer(self.seconds, stop)
        watch.start()
        try:
            process.stdin.write(f"{kind.name} {len(content)}\n".encode() + content)
            process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:  # it died while it was told
            answer = b""
        finally:
            watch.cancel()
        if not answer:
            self.close()
            slow = f"not a letter: reading it took more than {self.seconds:g} seconds"
            raise Refused(slow if late.is_set() else f"damaged, or far too large: it cannot be read as {kind.value}")
        loaded: dict[str, Any] = json.loads(answer)
        return loaded

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _START, _ROOT],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process


SANDBOX = Sandbox()
