"""Processes that do one job on many letters in parallel: examining them, or learning from them.

Each process has one letter at a time, so that it is known which letter hangs or kills it. The pool then
replaces the process. A letter whose process died is tried once more, and reported if that fails, too.
"""

from __future__ import annotations

import pickle
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from imrlint.session import garbage
from imrlint.session.loading import load

_START_LIMIT = 60.0  # seconds that a process may take to start
_AHEAD = 64  # letters in progress for each process, so that none waits for the slowest
_CONTEXT = get_context("spawn")  # a forked process would keep the pipes of the others open


R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Job(Protocol[R_co]):
    """What the processes do. Small, because each process is sent it."""

    def start(self) -> Callable[[str], R_co]:
        """The function that makes the result of the letter in a file. It is called once in each process."""

    def refuse(self, path: str, reason: str) -> R_co:
        """The result of a letter that no process could finish."""


class CannotStart(Exception):
    """Processes end before they are ready."""


@dataclass
class _Task:
    """A letter, its place in the order, and how many processes died of it."""

    number: int
    path: str
    deaths: int = 0


class _Answer(NamedTuple, Generic[R]):
    """What came of a task; no result where it must be tried again."""

    task: _Task
    result: R | None


class _Worker:
    """One process, and the letter that it works on."""

    def __init__(self, job: Job[Any]) -> None:
        self.pipe, far_end = _CONTEXT.Pipe()
        pickled = pickle.dumps(job)  # read when the modules are loaded
        self.process: SpawnProcess = _CONTEXT.Process(target=_work, args=(far_end, pickled), daemon=True)
        self.process.start()
        far_end.close()
        self.task: _Task | None = None
        self.created = time.monotonic()
        self.task_began: float | None = None  # None until the process is ready

    @property
    def is_ready(self) -> bool:
        """Whether the process has said that it is ready."""
        return self.task_began is not None

    def send(self, task: _Task) -> None:
        """Give the process a letter. Raises OSError where it has died."""
        self.task = task
        self.task_began = time.monotonic() if self.is_ready else None
        self.pipe.send(task.path)

    def time_left(self, limit: float) -> float:
        """Seconds that the process may still take, to start or for its letter."""
        end = self.created + _START_LIMIT if self.task_began is None else self.task_began + limit
        return max(end - time.monotonic(), 0.0)

    def receive_ready(self) -> bool:
        """Receive the message that the process is ready; False where the process has died."""
        try:
            self.pipe.recv()
        except (EOFError, OSError):
            return False
        self.task_began = time.monotonic()
        return True

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class WorkerPool(Generic[R]):
    """A number of processes with the same job. `time_limit` is the seconds that a letter may take."""

    def __init__(self, job: Job[R], size: int, time_limit: float) -> None:
        self._job = job
        self._time_limit = time_limit
        self._workers: list[_Worker] = []
        self._failed_starts = 0  # in a row
        for _ in range(size):
            self._add_worker()

    def run(self, paths: Iterable[str]) -> Iterator[R]:
        """The result of each letter, in the order of the paths. Raises CannotStart."""
        waiting: deque[_Task] = deque()
        tasks = (_Task(number, path) for number, path in enumerate(paths))
        done: dict[int, R] = {}
        upcoming, more = 0, True
        while True:
            if not self._workers:
                raise CannotStart
            while more and len(waiting) + len(done) < _AHEAD * len(self._workers):
                task = next(tasks, None)
                more = task is not None
                if task is not None:
                    waiting.append(task)
            self._assign(waiting)
            busy = [worker for worker in self._workers if worker.task]
            if not busy:
                if waiting or more:
                    continue  # an idle process had died, and was replaced
                return
            for worker in self._wait(busy):
                answer = self._receive_answer(worker)
                if answer.result is None:
                    waiting.appendleft(answer.task)
                else:
                    done[answer.task.number] = answer.result
            while upcoming in done:
                yield done.pop(upcoming)
                upcoming += 1

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _assign(self, waiting: deque[_Task]) -> None:
        """Give each idle process a letter."""
        for worker in tuple(self._workers):
            if waiting and worker.task is None:
                task = waiting.popleft()
                try:
                    worker.send(task)
                except OSError:  # the process died while it was idle
                    worker.task = None
                    waiting.appendleft(task)
                    self._replace(worker)
                    break

    def _wait(self, busy: list[_Worker]) -> list[_Worker]:
        """Wait for the next events, and return the workers that answered, died, or ran out of time."""
        shortest = min(worker.time_left(self._time_limit) for worker in busy)
        readable = connection.wait([worker.pipe for worker in busy], timeout=max(shortest, 0.01))
        finished = []
        for worker in busy:
            if worker.pipe in readable and not worker.is_ready and worker.receive_ready():
                self._failed_starts = 0
                continue
            if worker.pipe in readable or worker.time_left(self._time_limit) == 0.0:
                finished.append(worker)
        return finished

    def _receive_answer(self, worker: _Worker) -> _Answer[R]:
        """What a worker that finished has to say of its letter. A worker that died or hangs is replaced."""
        task = worker.task
        assert task is not None
        worker.task = None
        timed_out = not worker.pipe.poll()
        try:
            message: Any = None if timed_out else worker.pipe.recv()
        except (EOFError, OSError):
            message = None
        if message is not None:
            return _Answer(task, message)
        was_ready = worker.is_ready
        self._replace(worker)
        if not was_ready:
            return _Answer(task, None)
        if timed_out:
            return _Answer(task, self._job.refuse(task.path, f"it took more than {self._time_limit:g} seconds"))
        task.deaths += 1
        if task.deaths < 2:
            return _Answer(task, None)
        return _Answer(task, self._job.refuse(task.path, "the process that examined it died, twice"))

    def _replace(self, worker: _Worker) -> None:
        if not worker.is_ready:
            self._failed_starts += 1
            if self._failed_starts > len(self._workers):
                raise CannotStart
        worker.end()
        self._workers.remove(worker)
        self._add_worker()

    def _add_worker(self) -> None:
        """Start one more process, where the system allows it."""
        with suppress(OSError):
            self._workers.append(_Worker(self._job))


def _work(pipe: Connection, pickled: bytes) -> None:
    """Work on letters until the pipe closes, because the run is over or has died."""
    sys.stdout = sys.stderr  # what a rule prints must not mix with the findings
    with suppress(Exception):  # what cannot be loaded is reported where it is needed
        load()
    job: Job[Any] = pickle.loads(pickled)
    make_result = job.start()
    garbage.collect_from_here()
    pipe.send("ready")
    while True:
        try:
            path = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        pipe.send(make_result(path))
