"""Which pages of the desk are open, and when the desk ends because none is.

Each page keeps a request open as long as it is there, also in the background, where browsers slow down all else. When
it is closed, it says so. One that goes without a word may have been put aside by a browser that was short of memory,
and is waited for much longer: its letters are in the memory of the desk.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from anyio import move_on_after
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

_LOOKS_EACH = 0.5  # seconds after which an open request looks whether the desk is ending


class Patience(NamedTuple):
    """Seconds that the desk waits for another page: after the last one said goodbye, or went without a word."""

    after_goodbye: float = 5 * 60.0
    after_silence: float = 4 * 60 * 60.0


class Presence:
    """Counts the open pages, and ends the desk some time after the last one has gone; never before the first came."""

    def __init__(
        self, end: Callable[[], None], is_ending: Callable[[], bool], patience: Patience | None = None
    ) -> None:
        """`end` ends the desk. Without `patience` it stays open."""
        self.end = end
        self.is_ending = is_ending
        self._patience = patience
        self._open: Counter[str] = Counter()
        self._last = ""  # the page that went last
        self._said_goodbye: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None

    def arrive(self, page: str) -> None:
        """A page is open."""
        self._open[page] += 1
        self._said_goodbye.discard(page)
        self._stop_timer()

    def leave(self, page: str) -> None:
        """A page is no longer open."""
        self._open[page] -= 1
        self._open += Counter()  # without those that are gone
        self._last = page
        self._wait()

    def say_goodbye(self, page: str) -> None:
        """A page says that it is being closed: before it leaves, or right after."""
        self._said_goodbye = {page} | (self._said_goodbye & self._open.keys())
        self._wait()

    def _wait(self) -> None:
        self._stop_timer()
        if not self._open and self._patience:
            left = self._patience.after_goodbye if self._last in self._said_goodbye else self._patience.after_silence
            self._timer = asyncio.get_running_loop().call_later(left, self.end)

    def _stop_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None


class Staying(Response):
    """An answer that does not end before the page is closed, or the desk ends."""

    def __init__(self, presence: Presence, page: str) -> None:
        super().__init__(media_type="text/plain")
        del self.headers["content-length"]
        self._presence = presence
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Wait, having sent the head."""
        self._presence.arrive(self._page)
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            await send({"type": "http.response.body", "body": b"\n", "more_body": True})
            while not self._presence.is_ending():
                with move_on_after(_LOOKS_EACH):
                    if (await receive())["type"] == "http.disconnect":
                        return
            await send({"type": "http.response.body", "body": b""})
        finally:
            self._presence.leave(self._page)
