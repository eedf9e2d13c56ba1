"""Letters in Word, PDF and RTF compared with their text: time to read them, and findings that differ.

    python benchmarks/formats.py [FOLDER…]

A PDF is compared with the text of the same name beside it; Word and RTF files are made from each text. By
default the example letters are used. Everything is measured in one run, so that the figures can be compared.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tests"))

import typeset  # noqa: E402

from imrlint import parser, source  # noqa: E402
from imrlint.document.text import Source  # noqa: E402
from imrlint.engine import linter  # noqa: E402
from imrlint.engine.findings import Severity  # noqa: E402
from imrlint.reading import Reading  # noqa: E402
from imrlint.settings.config import Config  # noqa: E402

ROUNDS = 3
Found = Counter[tuple[str, str]]


def main() -> None:
    folders = [Path(name) for name in sys.argv[1:]] or [ROOT / "examples"]
    texts = sorted(path for folder in folders for path in folder.rglob("*.txt"))
    letters = {path: path.read_bytes() for path in texts}
    printed = {path: path.with_suffix(".pdf") for path in texts}
    made: dict[str, dict[Path, bytes]] = {
        "text": letters,
        "Word": _typeset(letters, typeset.word_by_hand),
        "RTF": _typeset(letters, typeset.rtf),
        "PDF": {
            path: pdf.read_bytes() if pdf.exists() else _typeset({path: letters[path]}, _typeset_pdf)[path]
            for path, pdf in printed.items()
        },
    }
    typed = {path: _found(source.decode(content, path.name)) for path, content in letters.items()}
    print(f"{len(texts)} letters, {sum(pdf.exists() for pdf in printed.values())} with a PDF of their own")
    print(f"{'':6} {'ms to read':>10} {'findings':>9} {'agree':>7}   at warning and above")
    for name, contents in made.items():
        spent = min(_timed(contents.items(), name) for _ in range(ROUNDS))
        found = {path: _found(source.decode(content, f"letter.{name}")) for path, content in contents.items()}
        same = sum(sum((found[path] & typed[path]).values()) for path in texts)
        every = sum(sum((found[path] | typed[path]).values()) for path in texts)
        count = sum(map(Counter.total, found.values()))
        print(f"{name:6} {1000 * spent / len(texts):10.2f} {count:9} {same / every:7.1%}")
        for path in texts:
            for sign, only in (("+", found[path] - typed[path]), ("-", typed[path] - found[path])):
                for rule, _ in only:
                    print(f"  {sign} {path.stem}: {rule}")


def _typeset(letters: dict[Path, bytes], make: Callable[[str], bytes]) -> dict[Path, bytes]:
    """Each letter typeset, with a paragraph ended at each page break."""
    return {path: make(content.decode("utf-8").replace("\n\f", "\n\n")) for path, content in letters.items()}


def _typeset_pdf(text: str) -> bytes:
    return typeset.pdf(typeset.paged(text))


def _timed(contents: Iterable[tuple[Path, bytes]], name: str) -> float:
    start = time.perf_counter()
    for _, content in contents:
        source.decode(content, f"letter.{name}")
    return time.perf_counter() - start


def _found(letter: Source) -> Found:
    report = linter.lint(Reading(parser.parse(letter)), Config().active_rules())
    return Counter((d.name, " ".join(letter[d.finding.span].split())) for d in report.at_least(Severity.WARNING))


if __name__ == "__main__":
    main()
