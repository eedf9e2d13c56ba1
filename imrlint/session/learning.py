"""Learning a memory from an archive of letters, and taking letters out of it again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from imrlint import parser, source
from imrlint.memory import archive
from imrlint.memory.archive import MemoryWriter
from imrlint.memory.hashing import Hasher
from imrlint.memory.lessons import Lesson
from imrlint.reading import Reading
from imrlint.reading.lessons import build_lesson
from imrlint.session.console import Console
from imrlint.session.inputs import AS_IT_LOOKS, Decoding
from imrlint.session.workers import CannotStart, WorkerPool
from imrlint.source import Unreadable, paths

_TIME_LIMIT = 60.0  # seconds for a letter
_MIN_LETTERS_FOR_POOL = 100  # fewer are read before other processes have started


@dataclass(frozen=True)
class LearningOptions:
    """Which letters to learn from, into which file. `jobs` is the number of processes, None: as many as serve."""

    paths: tuple[str, ...]
    memory: Path
    jobs: int | None = None
    decoding: Decoding = AS_IT_LOOKS
    quiet: bool = False


class Learnt(NamedTuple):
    """How many letters were new to a memory (or were taken out), how many were not, and how many it holds now."""

    changed: int
    unchanged: int
    letters: int


class LetterLesson(NamedTuple):
    """The lesson of the letter in a file; without one it could not be read, and `error` says why."""

    path: str
    lesson: Lesson | None = None
    error: str = ""


@dataclass(frozen=True)
class LearningJob:
    """Learning from letters, as a job for other processes. `key` is that of the hashes of the memory."""

    key: bytes
    decoding: Decoding = AS_IT_LOOKS

    def start(self) -> Callable[[str], LetterLesson]:
        """The function that makes the lesson of the letter in a file."""
        hasher = Hasher(self.key)

        def learn(path: str) -> LetterLesson:
            try:
                content = source.read_content(Path(path))
                reading = Reading(parser.parse(self.decoding.decode(content, path)))
            except Unreadable as error:
                return LetterLesson(path, error=error.reason)
            return LetterLesson(path, build_lesson(reading, hashlib.sha256(content).digest(), hasher))

        return learn

    def refuse(self, path: str, reason: str) -> LetterLesson:
        """The result for a letter that no process could read."""
        return LetterLesson(path, error=f"not learnt: {reason}")


def learn_letters(options: LearningOptions, console: Console) -> Learnt:
    """Add letters to the memory; those that it has already cost little. Letters that cannot be read are reported.

    What is written when the process is killed stays, and the next call goes on from there. Raises BadMemory.
    """
    return _change_memory(options, console, MemoryWriter.add, skips_known=True)


def forget_letters(options: LearningOptions, console: Console) -> Learnt:
    """Take letters out of the memory. Letters that cannot be read are reported. Raises BadMemory."""
    return _change_memory(options, console, MemoryWriter.forget, skips_known=False)


def _change_memory(
    options: LearningOptions,
    console: Console,
    change: Callable[[MemoryWriter, Sequence[Lesson]], int],
    *,
    skips_known: bool,
) -> Learnt:
    letters: list[str] = []
    for path in paths.expand(options.paths):
        if isinstance(path, Unreadable):
            console.report_problem(str(path))
        else:
            letters.append(path)
    with MemoryWriter.open(options.memory) as memory:
        changed = seen = 0
        with console.show_progress(len(letters), quiet=options.quiet, beside_output=True) as advance:
            wanted = _select_new(letters, memory, advance) if skips_known and memory.count_letters() else letters
            with closing(_build_lessons(wanted, options, memory.hasher.key)) as results:
                while batch := list(islice(results, _room(memory, skips_known))):
                    lessons = [each.lesson for each in batch if each.lesson]
                    for each in batch:
                        advance()
                        if each.lesson is None:
                            console.report_problem(f"{each.path}: {each.error}")
                    changed += change(memory, lessons)
                    seen += len(lessons)
        memory.settle()
        return Learnt(changed, seen - changed + len(letters) - len(wanted), memory.count_letters())


def _room(memory: MemoryWriter, adds: bool) -> int:
    """The letters that a transaction takes: up to the next full batch, so that batches are the same after a restart."""
    return archive.BATCH - memory.count_letters() % archive.BATCH if adds else archive.BATCH


def _select_new(letters: Iterable[str], memory: MemoryWriter, advance: Callable[[], None]) -> list[str]:
    """The letters that are not in the memory yet, and those that cannot be read."""
    new = []
    for path in letters:
        try:
            known = memory.has_letter(hashlib.sha256(source.read_content(Path(path))).digest())
        except Unreadable:
            known = False
        if known:
            advance()
        else:
            new.append(path)
    return new


def _build_lessons(letters: Sequence[str], options: LearningOptions, key: bytes) -> Generator[LetterLesson]:
    """The lesson of each letter, in order."""
    job = LearningJob(key, options.decoding)
    processes = options.jobs or ((os.cpu_count() or 1) if len(letters) >= _MIN_LETTERS_FOR_POOL else 1)
    done = 0
    if processes > 1:
        pool = WorkerPool(job, processes, _TIME_LIMIT)
        try:
            for lesson in pool.run(letters):
                yield lesson
                done += 1
        except CannotStart:
            pass  # this process goes on alone
        finally:
            pool.close()
    learn = job.start()
    for path in letters[done:]:
        yield learn(path)
