"""Letters per second, stage by stage, and the time for one letter from a cold start.

    python benchmarks/speed.py [FOLDER…] [--bin FOLDER]

CPU time is measured in one run, so that ratios can be compared between machines where times
cannot. By default the example letters are used. codespell is compared where it is installed, and so are spylls,
harper and lingotweaker, once they are loaded; `--bin` names the folder of a Python that has them.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import peers

from imrlint import parser, source
from imrlint.document.text import Source
from imrlint.engine import linter
from imrlint.reading import Reading
from imrlint.settings.config import OFF, READER_VARIABLE, Config

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
STARTS = 15
PEER_ROUNDS = 2


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", nargs="*", type=Path, default=[ROOT / "examples"])
    options.add_argument("--bin", type=Path, help="the folder of a Python that has other checkers")
    chosen = options.parse_args()
    paths = sorted(path for folder in chosen.folders for path in folder.rglob("*.txt"))
    print(f"{len(paths)} letters, best of {ROUNDS} rounds, one core")
    own = throughput(paths)
    compare_with_peers(paths, own, chosen.bin)
    cold_start(paths[0])


def throughput(paths: list[Path]) -> float:
    """Prints letters per second, and the share of each stage. Returns the seconds a letter."""
    active_rules = Config().active_rules()
    one_regex = re.compile(r"[A-Za-z]+")
    plain = best(lambda: [len(one_regex.findall(path.read_text(encoding="utf-8", errors="replace"))) for path in paths])
    stages: dict[str, list[float]] = {"read": [], "parse": [], "reading": [], "rules": []}
    for _ in range(ROUNDS):
        at = time.process_time()
        sources = [source.read(path) for path in paths]
        at = lap(stages["read"], at)
        letters = [parser.parse(Source(each.text, each.name)) for each in sources]
        at = lap(stages["parse"], at)
        spent = {"reading": 0.0, "rules": 0.0}
        for letter in letters:  # so that the rules find the annotations computed
            start = time.process_time()
            reading = Reading(letter)
            _ = reading.timeline, reading.misspellings
            middle = time.process_time()
            linter.lint(reading, active_rules)
            spent["reading"] += middle - start
            spent["rules"] += time.process_time() - middle
        stages["reading"].append(spent["reading"])
        stages["rules"].append(spent["rules"])
    first = sum(times[0] for times in stages.values())
    total = sum(min(times) for times in stages.values())
    count = len(paths)
    print(f"{'plain reading and one regex':32} {plain / count * 1000:7.2f} ms a letter  {count / plain:8.0f} letters/s")
    for stage, times in stages.items():
        print(f"{'  ' + stage:32} {min(times) / count * 1000:7.2f} ms a letter  {min(times) / total:8.0%}")
    print(f"{'imrlint':32} {total / count * 1000:7.2f} ms a letter  {count / total:8.0f} letters/s")
    print(f"{'imrlint to plain reading':32} {total / plain:7.1f} x")
    print(f"{'imrlint, first round':32} {first / count * 1000:7.2f} ms a letter  {count / first:8.0f} letters/s")
    return total / count


def compare_with_peers(paths: list[Path], own: float, folder: Path | None) -> None:
    """Prints letters per second of other checkers, without what they take to load, and the ratio to imrlint's."""
    for name, command in peers.installed_programs(folder).items():
        times = [measure_cpu_time([*command, *map(str, paths)]) - measure_cpu_time(command) for _ in range(PEER_ROUNDS)]
        cost = min(times) / len(paths)
        ratio = f"imrlint: {cost / own:5.2f} x"
        print(f"{name:32} {cost * 1000:7.2f} ms a letter  {1 / cost:8.0f} letters/s   {ratio}")


def cold_start(letter: Path) -> None:
    """Prints the CPU time of whole processes, the least of several, and its ratio to that of codespell.

    Modules and patterns are compiled before, as they are for users. The trained reader is left out.
    """
    scripts = Path(sys.executable).parent
    imrlint = str(scripts / "imrlint")
    with tempfile.TemporaryDirectory() as folder:
        misspelt = Path(folder) / letter.name
        misspelt.write_text(letter.read_text(encoding="utf-8").replace("treatment", "trewtment"), encoding="utf-8")
        commands = {
            "python, nothing": [sys.executable, "-c", "pass"],
            "imrlint --version": [imrlint, "--version"],
            "imrlint --help": [imrlint, "--help"],
            "imrlint check one.txt": [imrlint, "check", str(letter)],
            "imrlint check -q misspelt.txt": [imrlint, "check", "-q", str(misspelt)],
        }
        codespell = shutil.which("codespell", path=str(scripts)) or shutil.which("codespell")
        if codespell:
            commands["codespell one.txt"] = [codespell, str(letter)]
        times = {name: measure_cpu_time(command) for name, command in commands.items()}  # this compiles what is new
        for _ in range(STARTS):  # in turn, so that a slow moment affects all alike
            for name, command in commands.items():
                times[name] = min(times[name], measure_cpu_time(command))
    print(f"\ncold start on {letter.name}, CPU time, best of {STARTS}")
    unit = times.get("codespell one.txt")
    for name, seconds in times.items():
        ratio = f"   {seconds / unit:5.2f} x codespell" if unit else ""
        print(f"{name:36} {seconds * 1000:7.1f} ms{ratio}")


def measure_cpu_time(command: list[str]) -> float:
    """The seconds that a process computes."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=False, env={**environment, READER_VARIABLE: OFF})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def lap(times: list[float], since: float) -> float:
    now = time.process_time()
    times.append(now - since)
    return time.process_time()


if __name__ == "__main__":
    main()
