"""Compile `brands.txt`, the trade names of drugs that `words.txt` does not have, from the FDA Orange Book.

    python training/brands.py --products FILE [--out FILE]

    --products  a table with the column "brands" made from the products of the Orange Book, names parted by "|"

Trade names often differ from a common word by a letter ("Coreg", "Differin"), so that they are no words of the
lexicon, which would then not know the misspelt word. Left out are those that differ by a letter from another product
in `drugs.tsv`.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from rapidfuzz.distance import OSA

from imrlint.knowledge import registry, tables
from imrlint.knowledge.language import lexicon
from imrlint.knowledge.medicine import drugs

_SHORTEST = 4  # letters


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(tables.__file__).parent / registry.BRANDS)
    arguments = parser.parse_args()
    with arguments.products.open(encoding="utf-8", newline="") as file:
        brands = {brand for row in csv.DictReader(file, delimiter="\t") for brand in row["brands"].split("|")}
    words = {word for brand in brands for word in brand.replace("-", " ").split()[:1]}
    products = [name.casefold() for name in drugs.names()]
    kept = [
        word
        for word in sorted(words)
        if word.isalpha() and word.isascii() and len(word) >= _SHORTEST and not lexicon.is_known(word)
        if not any(OSA.distance(word, name, score_cutoff=1) <= 1 for name in products)
    ]
    arguments.out.write_text("\n".join(kept) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
