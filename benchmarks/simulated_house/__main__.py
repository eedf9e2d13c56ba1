"""Writes a simulated house, by which what learns from a house's own letters is measured.

    python -m benchmarks.simulated_house OUT [--letters N] [--drafts N] [--seed N] [--novel SHARE]

OUT/archive has the letters in the order of their time, OUT/drafts the drafts: half of them have one slip in a passage,
the others are right. OUT/truth.tsv has the place of each slip in code points, with the words there, wrong and right
(of a lost word, with the words on both sides). OUT/passages.tsv has the places of all passages of the drafts, with the
percentage of their passage that the variant has. With --novel, that share of the right drafts has a passage in a new
right wording, by a reviewer who has not written before; truth.tsv lists it as the kind "novel".

Letters are invented. The same arguments give the same files. Letters are written as they are made, a thousand to a
folder: 5,000 take less than ten seconds, a million about a quarter of an hour, and no more memory.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .archive import write_letters
from .drafts import DraftWriter
from .files import write_archive, write_drafts


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("out", type=Path)
    options.add_argument("--letters", type=int, default=5000)
    options.add_argument("--drafts", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--novel", type=float, default=0.0, help="share of the right drafts")
    chosen = options.parse_args()
    try:
        write_archive(chosen.out / "archive", write_letters(chosen.letters, chosen.seed))
        write_drafts(chosen.out / "drafts", DraftWriter(chosen.seed).write_drafts(chosen.drafts, chosen.novel))
    except FileExistsError as error:
        sys.exit(f"{error.filename} exists already; name another folder")


if __name__ == "__main__":
    main()
