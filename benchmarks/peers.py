"""Other checkers on the same letters, in one run: known errors found, findings per letter, letters per second.

    python benchmarks/peers.py FOLDER… --gold FILE [--bin FOLDER]

A gold file is tab-separated with the columns case, class, and quoted or quote: `case` is the name of a
letter without its suffix, `class` E for wrong words, F for grammar, P for spacing and doubling,
`quoted` one or more passages in double quotes, and `quote` one without them. A row counts as found where a
finding overlaps one of its passages without being much longer. Checkers that are not installed are left out;
`--bin` names a folder with their commands, and with the Python that has the checkers that are Python packages.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

CLASSES = ("E", "F", "P")
SLACK = 30  # characters by which a finding may be longer than the passage

Found = dict[str, list[tuple[int, int]]]  # the places of the findings, by name of the letter

SPYLLS = """
import sys, json, re, spylls
from pathlib import Path
from spylls.hunspell import Dictionary
dictionary = Dictionary.from_files(str(Path(spylls.__file__).parent / "hunspell" / "data" / "en" / "en_US"))
for path in sys.argv[1:]:
    text = open(path, encoding="utf-8", newline="").read()
    for match in re.finditer("[A-Za-z]+(?:['’][A-Za-z]+)*", text):
        if not dictionary.lookup(match.group().replace("’", "'")):
            print(json.dumps([path, *match.span()]))
"""

HARPER = """
import sys, json
from harper import Linter, Language
linter = Linter()
for path in sys.argv[1:]:
    text = open(path, encoding="utf-8", newline="").read()
    for lint in linter.lint(text, language=Language.PLAINTEXT):
        print(json.dumps([path, lint.span.start, lint.span.end]))
"""

LINGOTWEAKER = """
import sys, json, lt_py
engine = lt_py.Engine("en-US")
for path in sys.argv[1:]:
    text = open(path, encoding="utf-8", newline="").read()
    for match in engine.check(text):
        print(json.dumps([path, match["offset"], match["offset"] + match["length"]]))
"""


PROGRAMS = {"spylls": ("spylls", SPYLLS), "harper": ("harper", HARPER), "lingotweaker": ("lt_py", LINGOTWEAKER)}
"""The checkers that are Python packages: the module of each, and a program that prints what it finds in letters."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--gold", action="append", required=True, type=Path)
    options.add_argument("--bin", type=Path, help="a folder with the peers' commands")
    chosen = options.parse_args()
    paths = {path.stem: path for folder in chosen.folders for path in sorted(folder.rglob("*.txt"))}
    texts = {name: path.read_bytes().decode("utf-8") for name, path in paths.items()}
    slips = list(passages(chosen.gold, texts))
    count = {kind: sum(k == kind for k, _, _ in slips) for kind in CLASSES}
    print(f"{len(paths)} letters; " + ", ".join(f"{kind} {count[kind]}" for kind in CLASSES))
    print(f"{'':12} {'a letter':>9} {'E':>6} {'F':>6} {'P':>6} {'letters/s':>10}")
    for name, run in peers(chosen.bin).items():
        start = time.perf_counter()
        found = run(list(paths.values()))
        spent = time.perf_counter() - start
        hits = dict.fromkeys(CLASSES, 0)
        for kind, letter, places in slips:
            hits[kind] += any(overlaps(f, place) for f in found.get(letter, ()) for place in places)
        total = sum(map(len, found.values()))
        row = " ".join(f"{hits[kind]:>3}/{count[kind]:<2}" for kind in CLASSES)
        print(f"{name:12} {total / len(paths):9.1f} {row} {len(paths) / spent:10.0f}")


def passages(gold: list[Path], texts: dict[str, str]) -> list[tuple[str, str, list[tuple[int, int]]]]:
    """The rows of the compared classes: class, letter, and the places of the passages."""
    rows = []
    for path in gold:
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["class"] in CLASSES and row["case"] in texts:
                    passages = [row["quote"]] if "quote" in row else re.findall(r'"([^"]+)"', row["quoted"])
                    places = [place for each in passages for place in places_of(each, texts[row["case"]])]
                    if places:
                        rows.append((row["class"], row["case"], places))
    return rows


def places_of(quoted: str, text: str) -> list[tuple[int, int]]:
    words = [re.escape(word) for word in quoted.split() if word not in ("...", "…")]
    return [match.span() for match in re.finditer(r"\s+".join(words), text)] if words else []


def overlaps(finding: tuple[int, int], place: tuple[int, int]) -> bool:
    fits = finding[1] - finding[0] <= place[1] - place[0] + SLACK
    return fits and finding[0] < place[1] and place[0] < max(finding[1], finding[0] + 1)


def peers(folder: Path | None) -> dict[str, Callable[[list[Path]], Found]]:
    """The checkers that are installed, imrlint first."""
    here = Path(sys.executable).parent

    def at(name: str) -> str | None:
        return (shutil.which(name, path=str(folder)) if folder else None) or shutil.which(name)

    found: dict[str, Callable[[list[Path]], Found]] = {"imrlint": lambda paths: imrlint(here / "imrlint", paths)}
    if codespell := at("codespell"):
        found["codespell"] = lambda paths: lines_with_words([codespell, *map(str, paths)])
    if typos := at("typos"):
        found["typos"] = lambda paths: typos_of([typos, "--format", "json", *map(str, paths)])
    if hunspell := at("hunspell"):
        found["hunspell"] = lambda paths: unknown_words(hunspell, paths)
    for name, command in installed_programs(folder).items():
        found[name] = lambda paths, command=command: spans([*command, *map(str, paths)])  # type: ignore[misc]
    return found


def installed_programs(folder: Path | None) -> dict[str, list[str]]:
    """The commands of those of PROGRAMS whose package is installed; the letters are to follow."""
    python = (shutil.which("python", path=str(folder)) if folder else None) or sys.executable
    return {
        name: [python, "-c", program]
        for name, (module, program) in PROGRAMS.items()
        if not subprocess.run([python, "-c", f"import {module}"], capture_output=True).returncode
    }


def output(command: list[str]) -> list[str]:
    return subprocess.run(command, capture_output=True, text=True).stdout.splitlines()


def imrlint(command: Path, paths: list[Path]) -> Found:
    """Warnings and errors of the families on language, spacing and repetition."""
    rules = ["--select", "language", "--select", "repeated-sentence", "--select", "misspelt-citation"]
    found: Found = {}
    for line in output([str(command), "check", "--output-format", "jsonl", *rules, *map(str, paths)]):
        finding = json.loads(line)
        if finding["severity"] != "note":
            found.setdefault(Path(finding["path"]).stem, []).append((finding["start"], finding["end"]))
    return found


def lines_with_words(command: list[str]) -> Found:
    """The findings in the output of codespell: path:line: wrong ==> right."""
    found: Found = {}
    for line in output(command):
        path, number, message = line.split(":", 2)
        places = in_line(Path(path), int(number), message.split("==>")[0].strip())
        found.setdefault(Path(path).stem, []).extend(places[:1])
    return found


def typos_of(command: list[str]) -> Found:
    found: Found = {}
    for line in output(command):
        entry = json.loads(line)
        if entry.get("type") == "typo":
            places = in_line(Path(entry["path"]), entry["line_num"], entry["typo"])
            found.setdefault(Path(entry["path"]).stem, []).extend(places[:1])
    return found


def in_line(path: Path, number: int, word: str) -> list[tuple[int, int]]:
    text = path.read_bytes().decode("utf-8")
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: number - 1])
    return [(start + m.start(), start + m.end()) for m in re.finditer(re.escape(word), lines[number - 1])]


def unknown_words(hunspell: str, paths: list[Path]) -> Found:
    """The findings of Hunspell, which lists words: every occurrence of each of them."""
    found: Found = {}
    for path in paths:
        text = path.read_bytes().decode("utf-8")
        words = set(output([hunspell, "-d", "en_US,en_med", "-l", str(path)]))
        found[path.stem] = [m.span() for m in re.finditer(r"[A-Za-z'’]+", text) if m.group() in words]
    return found


def spans(command: list[str]) -> Found:
    found: Found = {}
    for line in output(command):
        path, start, end = json.loads(line)
        found.setdefault(Path(path).stem, []).append((start, end))
    return found


if __name__ == "__main__":
    main()
