"""Processes that examine letters side by side.

Each has one letter at a time, so that it is known which letter hangs a process or kills it. The crew
replaces the process, gives the letter one more try if the process died, and names it if that dies, too.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from imrlint.engine.report import Crash
from imrlint.session.examination import Examined, Examiner, Terms
from imrlint.settings.config import ConfigError

_START = 60.0  # seconds that a process may take to start
_AHEAD = 64  # letters for each process, so that none waits for the slowest
_CONTEXT = get_context("spawn")  # a forked process would hold the pipes of the others open


class CannotStart(Exception):
    """Processes end before they have begun."""


@dataclass
class _Task:
    """A letter, its place in the run, and how often a process died of it."""

    number: int
    path: str
    deaths: int = 0


class _Worker:
    """One process, and the letter it has."""

    def __init__(self, terms: Terms) -> None:
        self.pipe, far = _CONTEXT.Pipe()
        self.process: SpawnProcess = _CONTEXT.Process(target=_work, args=(far, terms), daemon=True)
        self.process.start()
        far.close()
        self.task: _Task | None = None
        self.begun = time.monotonic()
        self.since: float | None = None  # when it began with its letter; None until it has started

    def give(self, task: _Task) -> None:
        self.task = task
        self.since = time.monotonic() if self.since is not None else None
        self.pipe.send(task.path)

    def left(self, seconds: float) -> float:
        """How long it may still take, in seconds."""
        end = self.begun + _START if self.since is None else self.since + seconds
        return max(end - time.monotonic(), 0.0)

    def started(self) -> bool:
        """Whether the process says that it has started, rather than that it is gone."""
        try:
            self.pipe.recv()
        except (EOFError, OSError):
            return False
        self.since = time.monotonic()
        return True

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class WorkerPool:
    """A number of processes under the same terms. `seconds` is how long a letter may take."""

    def __init__(self, terms: Terms, size: int, seconds: float) -> None:
        self._terms = terms
        self._seconds = seconds
        self._workers: list[_Worker] = []
        self._stillborn = 0  # in a row
        for _ in range(size):
            self._engage()

    def examined(self, paths: Iterable[str]) -> Iterator[Examined]:
        """What became of each letter, in the order of the paths. Raises CannotStart."""
        waiting: deque[_Task] = deque()
        tasks = (_Task(number, path) for number, path in enumerate(paths))
        done: dict[int, Examined] = {}
        upcoming, more = 0, True
        while True:
            if not self._workers:
                raise CannotStart
            while more and len(waiting) + len(done) < _AHEAD * len(self._workers):
                task = next(tasks, None)
                more = task is not None
                if task is not None:
                    waiting.append(task)
            self._hand_out(waiting)
            busy = [worker for worker in self._workers if worker.task]
            if not busy:
                if waiting or more:
                    continue  # whoever had nothing to do has died, and was replaced
                return
            for worker in self._heard(busy):
                task, answer = self._answer(worker)
                if answer is None:
                    waiting.appendleft(task)
                else:
                    done[task.number] = answer
            while upcoming in done:
                yield done.pop(upcoming)
                upcoming += 1

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _hand_out(self, waiting: deque[_Task]) -> None:
        for worker in tuple(self._workers):
            if waiting and worker.task is None:
                task = waiting.popleft()
                try:
                    worker.give(task)
                except OSError:  # it died while it had nothing to do
                    worker.task = None
                    waiting.appendleft(task)
                    self._replace(worker)
                    break

    def _heard(self, busy: list[_Worker]) -> list[_Worker]:
        """The workers that have answered, have died, or have had their letter for too long."""
        shortest = min(worker.left(self._seconds) for worker in busy)
        ready = connection.wait([worker.pipe for worker in busy], timeout=max(shortest, 0.01))
        heard = []
        for worker in busy:
            if worker.pipe in ready and worker.since is None and worker.started():
                self._stillborn = 0
                continue
            if worker.pipe in ready or worker.left(self._seconds) == 0.0:
                heard.append(worker)
        return heard

    def _answer(self, worker: _Worker) -> tuple[_Task, Examined | None]:
        """What a worker says of its letter; None when it is to be tried again."""
        task = worker.task
        assert task is not None
        worker.task = None
        late = not worker.pipe.poll()
        try:
            answer: Any = None if late else worker.pipe.recv()
        except (EOFError, OSError):
            answer = None
        if isinstance(answer, Examined):
            return task, answer
        begun = worker.since is not None
        self._replace(worker)
        if not begun:
            return task, None
        if late:
            return task, Examined(task.path, trouble=f"not checked: it took more than {self._seconds:g} seconds")
        task.deaths += 1
        if task.deaths < 2:
            return task, None
        return task, Examined(task.path, trouble="not checked: the process that read it died, twice")

    def _replace(self, worker: _Worker) -> None:
        if worker.since is None:
            self._stillborn += 1
            if self._stillborn > len(self._workers):
                raise CannotStart
        worker.end()
        self._workers.remove(worker)
        self._engage()

    def _engage(self) -> None:
        """One process more, where there can be one."""
        with suppress(OSError):
            self._workers.append(_Worker(self._terms))


def _work(pipe: Connection, terms: Terms) -> None:
    """Examine letters until the pipe closes: the run is over, or has died."""
    sys.stdout = sys.stderr  # what a rule prints is no report
    examiner = Examiner(terms)
    pipe.send("started")
    while True:
        try:
            path = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        try:
            answer = examiner.examine_file(path)
        except ConfigError as error:
            answer = Examined(path, trouble=str(error))
        pipe.send(_plain(answer))


def _plain(examined: Examined) -> Examined:
    """The same with errors of rules as every process knows them."""
    if not examined.crashes and not (examined.report and examined.report.crashes):
        return examined

    def plain(crashes: tuple[Crash, ...]) -> tuple[Crash, ...]:
        return tuple(Crash(crash.rule, RuntimeError(crash.where), crash.where) for crash in crashes)

    report = examined.report and replace(examined.report, crashes=plain(examined.report.crashes))
    return replace(examined, report=report, crashes=plain(examined.crashes))
