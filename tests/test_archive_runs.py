"""Runs that are kept while something goes wrong: killed, two at once, a full disk; and letters given to a cluster."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from running import CLEAN, EXAMPLES, run, run_process, started

from imrlint.archive.runs import list_runs
from imrlint.archive.store import Store
from imrlint.session import cluster

pytestmark = pytest.mark.slow

POISON = """
import os, signal, time
from imrlint.session import examination

plain = examination.Examiner.examine_file

def examine_file(self, path):
    name = os.path.basename(path)
    if "hangs" in name:
        while True:
            pass
    if "kills" in name:
        os.kill(os.getpid(), signal.SIGKILL)
    return plain(self, path)

examination.Examiner.examine_file = examine_file
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with sixty letters in `letters`."""
    (tmp_path / "letters").mkdir()
    for number in range(60):
        path = EXAMPLES[number % len(EXAMPLES)]
        shutil.copy(path, tmp_path / "letters" / f"{number:02}-{path.name}")
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="processes are killed as POSIX does")
def test_a_run_that_is_killed_leaves_nothing_half_and_the_next_one_cleans_up(house: Path) -> None:
    command = ("check", "letters", "--jobs", 1, "--store", "store", "--output-format", "jsonl")
    with started(*command, cwd=house) as process:
        assert process.stdout
        process.stdout.readline()
        process.kill()
        process.wait()
    store = Store(house / "store")
    assert list(store.runs.glob(".*.part"))
    assert list_runs(store) == []
    assert run_process("check", "letters", "--store", "store", "-q", cwd=house).returncode == 1
    assert [path.name for path in store.runs.iterdir()] == store.list_runs()
    (kept,) = list_runs(store)
    assert kept.letters == 60


def test_two_runs_at_once_are_both_kept(house: Path) -> None:
    command = [sys.executable, "-m", "imrlint", "check", "letters", "--jobs", "1", "--store", "store", "-q"]
    both = [
        subprocess.Popen(command, cwd=house, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [1, 1], said
    one, two = list_runs(Store(house / "store"))
    assert one.findings == two.findings > 100
    assert run("compare", "previous", "last", "--store", "store", cwd=house).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 256 KiB, where one can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_costs_the_run_but_not_the_findings(house: Path, small_disk: Path) -> None:
    store = small_disk / "store"
    assert run("check", CLEAN, "--store", store, "-q").returncode == 0
    plain = run("check", "letters", "--jobs", 1, "--output-format", "jsonl", cwd=house)
    command = [sys.executable, "-m", "imrlint", "check", "letters", "--jobs", "1", "--store", str(store)]
    with subprocess.Popen(
        [*command, "--output-format", "jsonl"], cwd=house, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        while not list((store / "runs").glob(".*.part")):
            time.sleep(0.01)
        with suppress(OSError), (small_disk / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(4096))
        out, err = process.communicate()
    assert process.returncode == 2
    assert out == plain.stdout
    assert "cannot be written" in err
    assert "this run is not kept" in err
    assert len(list_runs(Store(store))) == 1
    assert [path.name for path in (store / "runs").iterdir()] == Store(store).list_runs()
    done = run("check", "letters", "--store", store, "-q", cwd=house)  # refused before a letter is read
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be written" in done.stderr


# ---- A cluster


def test_a_cluster_says_what_one_process_says(house: Path) -> None:
    (house / "letters" / "05-bad.docx").write_bytes(b"PK\x03\x04")
    plain = run("check", "letters", "--jobs", 1, "--output-format", "jsonl", cwd=house)
    done = run_process("check", "letters", "--engine", "dask", "--jobs", 2, "--output-format", "jsonl", cwd=house)
    assert plain.stdout.count("\n") > 200
    assert (done.returncode, done.stdout, done.stderr) == (plain.returncode, plain.stdout, plain.stderr)


@pytest.mark.skipif(os.name == "nt", reason="processes are killed as POSIX does")
def test_a_letter_that_kills_its_worker_is_named_and_the_others_are_checked(house: Path, tmp_path: Path) -> None:
    plain = run("check", "letters", "--jobs", 1, "--output-format", "jsonl", cwd=house)
    for name in ("20-hangs.txt", "40-kills.txt"):
        shutil.copy(CLEAN, house / "letters" / name)
    (tmp_path / "poison").mkdir()
    (tmp_path / "poison" / "sitecustomize.py").write_text(POISON, encoding="utf-8")
    options = ("--engine", "dask", "--jobs", 2, "--time-limit", 10, "--output-format", "jsonl")
    done = run_process("check", "letters", *options, cwd=house, PYTHONPATH=str(tmp_path / "poison"))
    assert done.returncode == 2
    assert done.stdout == plain.stdout
    assert sorted(line for line in done.stderr.splitlines() if "not checked" in line) == [
        "imrlint: letters/20-hangs.txt: not checked: it took more than 10 seconds",
        "imrlint: letters/40-kills.txt: not checked: the process that examined it died, twice",
    ]


@pytest.mark.skipif(os.name == "nt", reason="processes are killed as POSIX does")
def test_a_run_on_a_cluster_goes_on_after_its_driver_was_killed(house: Path) -> None:
    plain = run("check", "letters", "--jobs", 1, "--output-format", "jsonl", cwd=house)
    options = ("check", "letters", "--engine", "dask", "--jobs", 1, "--cache", "--output-format", "jsonl")
    with started(*options, cwd=house) as process:
        assert process.stdout
        for _ in process.stdout:
            if count_cached(house):
                break
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = run_process(*options, "--resume", "--store", "store", cwd=house)
    assert done.stdout == plain.stdout
    (line,) = [line for line in done.stderr.splitlines() if "were taken from the cache" in line]
    assert int(line.split()[1]) > 0
    (kept,) = list_runs(Store(house / "store"))
    assert kept.letters == 60


def test_an_address_where_there_is_no_cluster_is_named(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_START_LIMIT", 1)
    options = ("--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "--store", "store")
    done = run("check", "letters", *options, cwd=house)
    assert done.returncode == 2
    assert "tcp://127.0.0.1:1: cannot be reached" in done.stderr
    assert list_runs(Store(house / "store")) == []


ELSEWHERE = """
import sys
import dask
from distributed import LocalCluster
if __name__ == "__main__":
    dask.config.set({"distributed.comm.timeouts.connect": "300s"})  # the machine may be busy
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


def test_a_cluster_elsewhere_is_used_by_its_address(house: Path) -> None:
    plain = run("check", "letters", "--jobs", 1, "--output-format", "jsonl", cwd=house)
    (house / "elsewhere.py").write_text(ELSEWHERE, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "elsewhere.py"], cwd=house, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as elsewhere:
        assert elsewhere.stdout
        address = elsewhere.stdout.readline().strip()
        assert address.startswith("tcp://")
        options = ("--engine", "dask", "--scheduler", address, "--output-format", "jsonl")
        done = run_process("check", "letters", *options, cwd=house)
        elsewhere.communicate("")
    assert (done.returncode, done.stdout, done.stderr) == (plain.returncode, plain.stdout, plain.stderr)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found as Linux shows them")
def test_a_worker_that_is_killed_loses_nothing(house: Path) -> None:
    plain = run("check", "letters", "--jobs", 1, "--output-format", "jsonl", cwd=house)
    with started("check", "letters", "--engine", "dask", "--jobs", 2, "--output-format", "jsonl", cwd=house) as process:
        assert process.stdout
        lines = [process.stdout.readline()]
        workers = list_workers(process.pid)
        assert len(workers) == 2
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        lines += process.stdout.readlines()
        assert process.wait() == plain.returncode
    assert b"".join(lines).decode("utf-8") == plain.stdout


@pytest.mark.parametrize("engine", [(), ("--engine", "dask")], ids=["processes", "dask"])
def test_a_full_disk_costs_the_cache_but_not_the_findings(
    house: Path, small_disk: Path, engine: tuple[str, ...]
) -> None:
    plain = run("check", "letters", "--jobs", 1, "--output-format", "jsonl", cwd=house)
    (house / ".imrlint-cache").symlink_to(small_disk)
    (small_disk / "filler").write_bytes(bytes(120 * 1024))
    options = ("check", "letters", *engine, "--jobs", 2, "--output-format", "jsonl", "--cache")
    done = run_process(*options, cwd=house)
    assert done.stdout == plain.stdout
    assert ".imrlint-cache: cannot be written" in done.stderr
    (small_disk / "filler").unlink()
    again = run_process(*options, "--resume", cwd=house)
    assert again.stdout == plain.stdout


def list_workers(parent: int) -> list[int]:
    """The processes that a command has started to examine letters."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            started_by = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            if int(started_by) == parent and b"spawn_main" in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
    return found


def count_cached(folder: Path) -> int:
    """The letters that a run in a folder has put into its cache for good."""
    with closing(sqlite3.connect(folder / ".imrlint-cache" / "letters.sqlite", timeout=30)) as connection:
        return int(connection.execute("SELECT count(*) FROM letters").fetchone()[0])
