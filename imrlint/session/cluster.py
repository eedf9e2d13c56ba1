"""A Dask cluster that does the job that the processes of one machine do otherwise.

Letters go to it in shards, which are named by what is in them, so that a scheduler that has the result of a shard
does not let it be made again. A worker that hangs or dies with a shard is replaced by its nanny; the letters of the
shard are then tried one by one, while nothing else runs, so that the one that did it is known.
"""

from __future__ import annotations

import faulthandler
import hashlib
import itertools
import logging
import os
import pickle
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar

import dask
from distributed import Client, Future, KilledWorker, LocalCluster

from imrlint import __version__
from imrlint.session import garbage
from imrlint.session.loading import load
from imrlint.session.options import BadEngine
from imrlint.session.workers import Job

R = TypeVar("R")

_SHARD = 16  # letters
_AHEAD = 4  # shards in progress for each thread of the cluster
_START_LIMIT = 60  # seconds to reach a scheduler, and for its first worker to come
_DIED = "the process that examined it died, twice"


@dataclass
class _Shard:
    """Some letters, and what is to become of them."""

    paths: tuple[str, ...]
    future: Future[Any]


class ClusterPool(Generic[R]):
    """A cluster with a job. `time_limit` is the seconds that a letter may take."""

    def __init__(self, job: Job[R], address: str | None, size: int, time_limit: float) -> None:
        """Without the address of a scheduler, a cluster of `size` processes is started here. Raises BadEngine."""
        self._job = job
        self._time_limit = time_limit
        self._cluster: LocalCluster | None = None
        for name in ("distributed", *(each for each in logging.root.manager.loggerDict if "distributed" in each)):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what workers die of is said otherwise
        try:
            if address is None:
                # A shard that kills is not tried again by the scheduler: its letters are, one by one.
                with dask.config.set({"distributed.scheduler.allowed-failures": 0}):
                    self._cluster = LocalCluster(
                        n_workers=size, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
                    )
            self._client = Client(self._cluster or address, timeout=_START_LIMIT, set_as_default=False)
            self._client.wait_for_workers(1, timeout=_START_LIMIT)
            self._check_workers()
        except BadEngine:
            self.close()
            raise
        except (OSError, RuntimeError, ValueError) as error:  # a process that does not start is a RuntimeError
            self.close()
            raise BadEngine(f"{address or 'the cluster'}: cannot be reached: {error}") from error
        self._job_id = hashlib.sha256(pickle.dumps(job)).hexdigest()

    def run(self, paths: Iterable[str]) -> Iterator[R]:
        """The result of each letter, in the order of the paths. Raises BadEngine where the cluster is gone."""
        try:
            yield from self._run(paths)
        except (CancelledError, OSError) as error:
            raise BadEngine(f"the cluster is gone ({error}); after a run with --cache, --resume goes on") from error

    def _run(self, paths: Iterable[str]) -> Iterator[R]:
        waiting = (tuple(batch) for batch in _cut(paths, _SHARD))
        running: deque[_Shard] = deque()
        while True:
            threads = sum(self._client.nthreads().values())
            for batch in itertools.islice(waiting, max(0, _AHEAD * max(threads, 1) - len(running))):
                running.append(_Shard(batch, self._submit(batch)))
            if not running:
                return
            shard = running.popleft()
            results = self._take(shard.future)
            if results is None:
                for each in running:  # nothing else may run beside a letter that may kill
                    each.future.exception()  # waits
                results = [self._examine_alone(path) for path in shard.paths]
            yield from results

    def close(self) -> None:
        """Leave the cluster, and end it where it was started here."""
        client = getattr(self, "_client", None)
        if client is not None:
            with suppress(TimeoutError):  # of a busy machine: every result is here
                client.close(timeout=5)
        if self._cluster is not None:
            with suppress(TimeoutError):
                self._cluster.close(timeout=10)
            self._cluster = None

    def _check_workers(self) -> None:
        """Raises BadEngine where a worker does not have the same imrlint."""
        try:
            versions = set(self._client.run(_read_version).values()) - {__version__}
        except ModuleNotFoundError as error:
            raise BadEngine(f"the workers of the cluster lack {error.name}") from error
        if versions:
            raise BadEngine(f"the workers of the cluster have imrlint {', '.join(sorted(versions))}, not {__version__}")

    def _submit(self, paths: Sequence[str]) -> Future[Any]:
        return self._client.submit(
            _examine_shard, self._job, self._job_id, tuple(paths), self._time_limit, key=self._name_shard(paths)
        )

    def _name_shard(self, paths: Sequence[str]) -> str:
        """A name that a shard shares only with one of the same letters, with the same content, for the same job."""
        digest = hashlib.sha256(self._job_id.encode())
        for path in paths:
            digest.update(f"\x1f{path}\x1f".encode("utf-8", "surrogatepass"))
            try:
                digest.update(hashlib.sha256(Path(path).read_bytes()).digest())
            except OSError:  # reported by whoever examines it
                continue
        return f"imrlint-{digest.hexdigest()}"

    def _take(self, future: Future[Any]) -> list[R] | None:
        """The results of a shard; None where it killed its worker."""
        try:
            results: list[R] = future.result()
        except KilledWorker:
            return None
        finally:
            future.release()
        return results

    def _examine_alone(self, path: str) -> R:
        """The result of one letter, with nothing beside it."""
        began = time.monotonic()
        results = self._take(self._submit([path]))
        if results is not None:
            return results[0]
        took_long = time.monotonic() - began >= self._time_limit
        return self._job.refuse(path, f"it took more than {self._time_limit:g} seconds" if took_long else _DIED)


# ---- In a worker

_started: dict[str, Callable[[str], Any]] = {}  # the function of each job, made once in each process
_one_at_a_time = Lock()


def _examine_shard(job: Job[Any], job_id: str, paths: Sequence[str], time_limit: float) -> list[Any]:
    """The results of some letters. A letter that takes too long ends the process, whatever it is doing."""
    with _one_at_a_time, redirect_stdout(sys.stderr):  # what a rule prints must not mix with the findings
        if job_id not in _started:
            _started.clear()
            with suppress(Exception):  # what cannot be loaded is reported where it is needed
                load()
            _started[job_id] = job.start()
            garbage.collect_from_here()
        return [_within(time_limit, _started[job_id], path) for path in paths]


def _within(seconds: float, examine: Callable[[str], Any], path: str) -> Any:
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            return examine(path)
        finally:
            faulthandler.cancel_dump_traceback_later()


def _read_version() -> str:
    return __version__


def _cut(paths: Iterable[str], size: int) -> Iterator[list[str]]:
    rest = iter(paths)
    while batch := list(itertools.islice(rest, size)):
        yield batch
