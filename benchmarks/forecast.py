"""Rows for forecasts.tsv: recall on letters that no rule was developed on, against what a careful proofreader marked.

    python benchmarks/forecast.py FOLDER GOLD [--envelope NAME] [--reader yes] [--memory FILE] [--date DATE]
        [--commit ID] [--precision SHARE] [--errors SHARE] [--judged-by WHO] [--note TEXT]

FOLDER has the letters (CASE.txt). GOLD is a tab-separated table with the columns case, class, importance, quote,
other, right and note, and a row for each defect. A row counts as found where a warning or an error overlaps the
quotation, by its own place or by one in its notes. One row is printed for each importance, for each class, and for
all: the number of gold rows, the number found, and the findings per letter. The note of the last row has the share of
findings that overlap a gold row, a lower bound of precision. Precision itself is judged by people: give it as an
option, or enter it in the table. Measure first, with the program unchanged, and only then look at the letters.
"""

from __future__ import annotations

import argparse
import csv
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from editing.letter import Span
from observation import Found, find_defects

import imrlint
from imrlint.settings.config import Config

TABLE = Path(__file__).parent / "forecasts.tsv"
COLUMNS = (
    "date", "commit", "envelope", "letters", "reader", "class_or_importance", "rows", "found", "recall",
    "findings_per_letter", "precision_overall", "precision_errors", "judged_by", "note",
)  # fmt: skip
ORDER = ("high", "medium", "low", *"EFPBCNTGJDM", "all")


class Defect(NamedTuple):
    """A row of a gold file."""

    case: str
    kind: str
    importance: str
    quote: str
    other: str


class Forecast(NamedTuple):
    """Gold rows and found rows by class and importance; letters, findings, and findings that overlap a gold row."""

    rows: Counter[str]
    found: Counter[str]
    letters: int
    findings: int
    on_rows: int
    lost: int  # gold rows whose quotation is not in the letter


def read_gold(path: Path) -> list[Defect]:
    """The rows of a gold file. Raises `KeyError` where a column is missing."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Defect(r["case"], r["class"], r["importance"], r["quote"], r["other"] or "") for r in rows]


def find_quote(text: str, quote: str) -> list[Span]:
    """The spans of a quotation in a text, regardless of line breaks and case."""
    words = [re.escape(word).replace(r"\-", r"-\s*") for word in quote.split()]
    return [Span(*m.span()) for m in re.finditer(r"\s+".join(words), text, re.I)] if words else []


def measure_letters(folder: Path, gold: Sequence[Defect], config: Config | None = None) -> Forecast:
    """The figures for the letters of a folder that a gold file has rows for, under a configuration or the defaults."""
    rows, found = Counter[str](), Counter[str]()
    letters = findings = on_rows = lost = 0
    for case in sorted({defect.case for defect in gold}):
        text = imrlint.read(folder / f"{case}.txt").text
        defects = [finding for finding in find_defects(text, case, config) if finding.serious]
        claimed: list[Span] = []
        for defect in (row for row in gold if row.case == case):
            places = find_quote(text, defect.quote)
            if not places:
                lost += 1
                continue
            claimed += [*places, *find_quote(text, defect.other)]
            hit = any(finding.overlaps(*places) for finding in defects)
            for name in (defect.kind, defect.importance, "all"):
                rows[name] += 1
                found[name] += hit
        letters += 1
        findings += len(defects)
        on_rows += sum(overlaps_any(finding, claimed) for finding in defects)
    return Forecast(rows, found, letters, findings, on_rows, lost)


def overlaps_any(finding: Found, claimed: Iterable[Span]) -> bool:
    return any(finding.place.overlaps(place) for place in claimed)


def build_rows(forecast: Forecast, about: dict[str, str]) -> Iterator[dict[str, str]]:
    """The table rows of a forecast. `about` has the columns that all rows share, and those of the last row only."""
    last = {name: about[name] for name in ("precision_overall", "precision_errors", "judged_by", "note")}
    for name in ORDER:
        rows, found = forecast.rows[name], forecast.found[name]
        if not rows:
            continue
        row = dict.fromkeys(COLUMNS, "") | {key: about[key] for key in ("date", "commit", "envelope", "reader")}
        row |= {"letters": str(forecast.letters), "class_or_importance": name}
        row |= {"rows": str(rows), "found": str(found), "recall": f"{found / rows:.2f}"}
        if name == "all":
            share = f"{forecast.on_rows / forecast.findings:.2f} of findings on a row" if forecast.findings else ""
            not_located = f"{forecast.lost} rows not located" if forecast.lost else ""
            row |= {"findings_per_letter": f"{forecast.findings / forecast.letters:.1f}"} | last
            row["note"] = "; ".join(part for part in (share, not_located, last["note"]) if part)
        yield row


def read_forecasts(path: Path = TABLE) -> list[dict[str, str]]:
    """The rows of the table of forecasts."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def print_forecasts(rows: Iterable[dict[str, str]]) -> None:
    """Prints the figures of each forecast in a few lines: recall, findings per letter, precision."""
    envelopes: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows:
        key = (row["envelope"], row["date"], row["commit"], row["reader"])
        envelopes.setdefault(key, []).append(row)
    for (envelope, day, commit, reader), own in envelopes.items():
        when = " ".join(part for part in (day, commit) if part) or "day not recorded"
        print(f"{envelope} ({own[0]['letters']} letters, {when}, reader: {reader})")
        recall = [f"{row['class_or_importance']} {row['recall']}" for row in own if row["recall"]]
        print(f"  recall     {', '.join(recall)}")
        rates = [row["findings_per_letter"] for row in own if row["findings_per_letter"]]
        print(f"  findings   {', '.join(rates)} a letter")
        for row in own:
            judged = [("overall", row["precision_overall"]), ("of errors", row["precision_errors"])]
            if shares := ", ".join(f"{name} {share}" for name, share in judged if share):
                print(f"  precision  {shares} ({row['judged_by']})")


def read_commit() -> str:
    """The abbreviated hash of the commit that is checked out; "" outside a repository."""
    run = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=TABLE.parent, capture_output=True, text=True, check=False
    )
    return run.stdout.strip()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("gold", type=Path)
    options.add_argument("--envelope", default="", help="what the letters are called; by default their folder's name")
    options.add_argument("--reader", choices=("yes", "no"), default="no", help="whether the trained reader was in use")
    options.add_argument("--date", default=date.today().isoformat())
    options.add_argument("--commit", default=read_commit())
    options.add_argument("--precision", default="", help="share of right findings, as judged")
    options.add_argument("--errors", default="", help="the same of errors")
    options.add_argument("--judged-by", default="")
    options.add_argument("--note", default="")
    options.add_argument("--memory", type=Path, help="what a house has taught imrlint (imrlint learn)")
    chosen = options.parse_args()
    config = Config(memory=chosen.memory)
    about = {
        "date": chosen.date, "commit": chosen.commit, "envelope": chosen.envelope or chosen.folder.resolve().name,
        "reader": chosen.reader, "precision_overall": chosen.precision, "precision_errors": chosen.errors,
        "judged_by": chosen.judged_by, "note": chosen.note,
    }  # fmt: skip
    out = csv.DictWriter(
        sys.stdout, COLUMNS, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None
    )
    out.writerows(build_rows(measure_letters(chosen.folder, read_gold(chosen.gold), config), about))


if __name__ == "__main__":
    main()
