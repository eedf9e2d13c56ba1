"""When the open letters are checked: a moment after the last change, by the rules before the trained reader.

All letters are checked in one thread beside that of the server, which so can always answer. A check that is no longer
wanted, since the letter has changed, is dropped.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from typing import TypeVar

from imrlint.lsp.checking import CheckedLetter, Superseded, add_doubts, check_by_rules
from imrlint.lsp.house import House

_PAUSE = 0.02  # seconds before the reader goes on, when it has let the rules go first
_NUMBERS = count(1)
Result = TypeVar("Result")


class OpenLetter:
    """A version of a text in an editor, and what is known of it. Without `checked` it could not be checked."""

    def __init__(self, uri: str, name: str, text: str, version: int) -> None:
        self.uri, self.name, self.text, self.version = uri, name, text, version
        self.number = next(_NUMBERS)  # no other version of any text has it
        self.checked: CheckedLetter | None = None
        self.hurry = asyncio.Event()  # somebody waits for the findings
        self.is_checked = asyncio.Event()  # by the rules, or dropped
        self.is_dropped = threading.Event()
        self.task: asyncio.Task[None] | None = None


class Schedule:
    """The open letters, each with its latest version."""

    def __init__(self, house: House, show: Callable[[OpenLetter], None], tell: Callable[[Exception], None]) -> None:
        """`show` is called whenever there are findings to show, `tell` with the error where a check fails."""
        self.house = house
        self._show = show
        self._tell = tell
        self._open: dict[str, OpenLetter] = {}
        self._worker = ThreadPoolExecutor(1, "imrlint")
        self._waiting = 0  # checks by the rules that wait for the thread

    def begin(self, letter: OpenLetter, delay: float = 0.0) -> None:
        """Check this version of a letter after so many seconds, and drop any earlier one."""
        self.drop(letter.uri)
        self._open[letter.uri] = letter
        letter.task = asyncio.ensure_future(self._check(letter, delay))

    def drop(self, uri: str) -> None:
        """Forget a letter."""
        letter = self._open.pop(uri, None)
        if letter is not None:
            letter.is_dropped.set()
            letter.is_checked.set()
            if letter.task is not None:
                letter.task.cancel()

    def restart(self, house: House) -> None:
        """Check all open letters again, under other settings."""
        self.house = house
        for letter in list(self._open.values()):
            self.begin(OpenLetter(letter.uri, letter.name, letter.text, letter.version))

    async def current(self, uri: str) -> OpenLetter | None:
        """The letter once its latest version has been checked by the rules, without a delay; None if it is not open."""
        while letter := self._open.get(uri):
            letter.hurry.set()
            await letter.is_checked.wait()
            if letter is self._open.get(uri):
                return letter
        return None

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do some work on letters in the thread in which they are checked."""
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._worker, work)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Forget all letters, and end the thread."""
        for uri in list(self._open):
            self.drop(uri)
        self._worker.shutdown(wait=False, cancel_futures=True)

    async def _check(self, letter: OpenLetter, delay: float) -> None:
        house = self.house
        with suppress(TimeoutError):
            await asyncio.wait_for(letter.hurry.wait(), delay)
        try:
            if letter.text.strip():
                letter.checked = await self.run(lambda: check_by_rules(letter.text, letter.name, house))
        except Exception as error:  # whatever it is, the server goes on
            self._tell(error)
        letter.is_checked.set()
        self._show(letter)
        if letter.checked is not None:
            await self._add_doubts(letter, letter.checked, house)

    async def _add_doubts(self, letter: OpenLetter, checked: CheckedLetter, house: House) -> None:
        def is_urgent() -> bool:
            return letter.is_dropped.is_set() or self._waiting > 0

        loop = asyncio.get_running_loop()
        while True:
            try:
                more = await loop.run_in_executor(self._worker, lambda: add_doubts(checked, house, is_urgent))
            except Superseded:
                await asyncio.sleep(_PAUSE)
                continue
            except Exception as error:
                self._tell(error)
                return
            break
        if more is not None:
            letter.checked = more
            self._show(letter)
