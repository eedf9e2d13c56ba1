"""Scheduling the letters of a run: which are in the cache, which go to another process, which stay in this one.

Other processes are those of a pool on this machine, or of a cluster.

The results come in the order of the letters, whoever examined them.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from imrlint import source
from imrlint.session.console import Console
from imrlint.session.examination import ExaminationJob, Examiner, LetterResult
from imrlint.session.inputs import read_input
from imrlint.session.options import BadEngine, Engine, RunOptions
from imrlint.session.preparation import LetterPath
from imrlint.settings.config import ConfigError
from imrlint.source import Unreadable
from imrlint.source.paths import STDIN

if TYPE_CHECKING:
    from imrlint.session.cache import Cache
    from imrlint.session.cluster import ClusterPool
    from imrlint.session.fix_run import FixRun
    from imrlint.session.workers import WorkerPool

_SLICE = 512  # letters that are looked up in the cache at a time, before the others of them are examined
_CLUSTER_SLICE = 16_384  # likewise, for a cluster of many machines
_MIN_LETTERS_FOR_POOL = 100  # a shorter run is over before other processes have started


class Scheduler:
    """Examines the letters of a run, with a cache, other processes or a fix run where there are any."""

    def __init__(
        self, options: RunOptions, examiner: Examiner, cache: Cache | None, fix_run: FixRun | None, console: Console
    ) -> None:
        self._options = options
        self._examiner = examiner
        self._cache = cache
        self._fix_run = fix_run
        self._console = console
        self._process_count = 1
        self._pool: WorkerPool[LetterResult] | ClusterPool[LetterResult] | None = None

    def examine(self, letters: Sequence[LetterPath]) -> Generator[LetterResult]:
        """The result of each letter, in order. Closing the generator ends the other processes. Raises BadEngine."""
        self._process_count = self._choose_process_count(letters)
        size = _CLUSTER_SLICE if self._uses_cluster else _SLICE
        try:
            for start in range(0, len(letters), size):
                yield from self._examine_slice(letters[start : start + size])
        finally:
            if self._pool:
                self._pool.close()

    @property
    def _uses_cluster(self) -> bool:
        return self._options.engine is Engine.DASK

    def _choose_process_count(self, letters: Sequence[LetterPath]) -> int:
        if self._options.handles_fixes or STDIN in letters:
            return 1
        if self._options.jobs is not None:
            return self._options.jobs
        return (os.cpu_count() or 1) if self._uses_cluster or len(letters) >= _MIN_LETTERS_FOR_POOL else 1

    def _examine_slice(self, letters: Sequence[LetterPath]) -> Iterator[LetterResult]:
        cached = {number: result for number, path in enumerate(letters) if (result := self._look_up(path))}
        local = {
            number
            for number, path in enumerate(letters)
            if (self._process_count == 1 and not self._uses_cluster) or not self._can_be_sent(path)
        }
        sent = [str(path) for number, path in enumerate(letters) if number not in cached and number not in local]
        answers = self._start_pool().run(sent) if sent else iter(())
        for number, path in enumerate(letters):
            if number in cached:
                yield cached.pop(number)
            elif number in local or (answer := self._next_answer(answers)) is None:
                yield self._examine_here(path)
            else:
                self._remember(answer)
                yield answer

    def _can_be_sent(self, path: LetterPath) -> bool:
        """Whether another process can examine a letter: its settings must be usable."""
        if isinstance(path, Unreadable):
            return False
        try:
            self._examiner.plan_for(path)
        except ConfigError:
            return False
        return True

    def _start_pool(self) -> WorkerPool[LetterResult] | ClusterPool[LetterResult]:
        """The other processes, started when the first letter goes to them. Raises BadEngine."""
        if self._pool is not None:
            return self._pool
        job, seconds = ExaminationJob(self._examiner.options), self._options.seconds_per_letter
        if self._uses_cluster:
            try:
                from imrlint.session.cluster import ClusterPool
            except ImportError as error:
                raise BadEngine(f'--engine dask needs {error.name}: pip install "imrlint[cluster]"') from error
            self._pool = ClusterPool(job, self._options.scheduler, self._process_count, seconds)
        else:
            from imrlint.session.workers import WorkerPool

            self._pool = WorkerPool(job, self._process_count, seconds)
        return self._pool

    def _next_answer(self, answers: Iterator[LetterResult]) -> LetterResult | None:
        """The next result of the other processes; None where there is none, because no process can be started."""
        from imrlint.session.workers import CannotStart

        try:
            return next(answers, None)
        except CannotStart:
            self._console.notify("no other process can be started; the letters are checked one after the other")
            self._process_count = 1
            return None

    def _examine_here(self, path: LetterPath) -> LetterResult:
        """Examine a letter in this process, and fix it where the options say so."""
        name = str(path)
        try:
            if isinstance(path, Unreadable):
                raise path
            letter = read_input(path, self._options.stdin_filename)
            name = letter.name
            if self._fix_run:
                result = self._fix_run.fix_letter(path, letter)
            else:
                result = self._examiner.examine(letter.content, name)
            if path == STDIN:
                return replace(result, stdin_content=letter.content)
            self._remember(result)
            return result
        except Unreadable as error:
            return LetterResult(error.name, error=error.reason)
        except ConfigError as error:
            return LetterResult(name, error=str(error), is_settings_error=True)

    def _look_up(self, path: LetterPath) -> LetterResult | None:
        """The result of a letter in the cache, if it is there."""
        if self._cache is None or isinstance(path, Unreadable) or path == STDIN:
            return None
        try:
            config = self._examiner.plan_for(path).config
            return self._cache.get(source.read_content(Path(path)), path, config, self._examiner.options.decoding)
        except (Unreadable, ConfigError):
            return None  # reported when the letter is examined

    def _remember(self, result: LetterResult) -> None:
        """Put the result of a letter into the cache, where there is one."""
        if self._cache is not None and result.report is not None:
            config = self._examiner.plan_for(result.name).config
            self._cache.put(result, config, self._examiner.options.decoding)
