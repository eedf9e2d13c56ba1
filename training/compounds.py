"""Count how edited English writes two words before a noun: "long-term use", or "long term use".

    python training/compounds.py CORPUS… [--write]

A corpus is a text file compressed with xz. Two words that stand before a third, none of them a word of grammar, are a
compound where they are joined with a hyphen at least `FEWEST` times, and in `SHARE` of the cases. The table is
printed, or with `--write` written to `imrlint/knowledge/language/compounds.tsv`.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import imrlint
from imrlint.knowledge.language import function_words, numbers

TABLE = Path(imrlint.__file__).parent / "knowledge" / "language" / "compounds.tsv"
SOURCE = "counted before nouns in open-access trial reports, open textbooks and US government texts"
FEWEST, SHARE = 20, 0.8
SHORTEST = 2  # letters of each word
PREFIXES = frozenset((
    "anti", "auto", "bi", "co", "counter", "cross", "de", "ex", "extra", "hyper", "hypo", "inter", "intra", "macro",
    "meta", "micro", "mid", "mini", "mono", "multi", "neo", "non", "over", "para", "peri", "poly", "post", "pre", "pro",
    "pseudo", "psycho", "quasi", "re", "self", "semi", "socio", "sub", "super", "supra", "tele", "trans", "tri",
    "ultra", "un", "uni",
))  # fmt: skip
KINDS = ("be", "auxiliary", "determiner", "preposition")
SMALL = frozenset((
    "of", "as", "if", "than", "which", "who", "that", "when", "while", "and", "or", "but", "nor", "so", "not", "no",
    "very", "more", "most", "less", "least", "such", "also", "only", "per", "via", "versus", "et", "al", "year",
))  # fmt: skip
WORDS = re.compile(r"[a-z]+(?:-[a-z]+)*|[^\sa-z]+")


class Count(NamedTuple):
    """How often something is written with a hyphen, and without."""

    joined: int
    apart: int

    @property
    def is_compound(self) -> bool:
        return self.joined >= FEWEST and self.joined >= SHARE * (self.joined + self.apart)


def small_words() -> frozenset[str]:
    """The words of grammar, which are no part of a compound and no noun behind one."""
    return SMALL.union(*(function_words.members(kind) for kind in KINDS), numbers.SINGLE_WORDS)


def count_compounds(lines: Iterable[str]) -> dict[tuple[str, str], Count]:
    """How two words before a third are written, for each two that are somewhere joined."""
    small = small_words()
    joined: Counter[tuple[str, str]] = Counter()
    apart: Counter[tuple[str, str]] = Counter()
    for line in lines:
        words = WORDS.findall(line.lower())
        for at, word in enumerate(words[:-1]):
            if (pair := split_pair(word, small)) is not None:
                joined[pair] += _is_noun(words[at + 1], small)
            elif at + 2 < len(words) and (pair := split_pair(f"{word}-{words[at + 1]}", small)) is not None:
                apart[pair] += _is_noun(words[at + 2], small)
    return {pair: Count(count, apart[pair]) for pair, count in joined.items()}


def split_pair(word: str, small: frozenset[str]) -> tuple[str, str] | None:
    """The two words of a compound; None where it is none, or one has a prefix or a word of grammar."""
    first, _, second = word.partition("-")
    pair = (first, second)
    is_pair = all(part.isalpha() and len(part) >= SHORTEST and part not in small for part in pair)
    return pair if is_pair and first not in PREFIXES else None


def _is_noun(word: str, small: frozenset[str]) -> bool:
    return word.isalpha() and word not in small and not word.endswith(("ly", "ed", "ing"))


def read_lines(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8", errors="replace") as text:
            yield from text


def list_rows(compounds: dict[tuple[str, str], Count]) -> Iterator[str]:
    """The rows of the table, the most frequent compounds first."""
    for (first, second), count in sorted(compounds.items(), key=lambda each: (-each[1].joined, each[0])):
        if count.is_compound:
            share = f"joined {count.joined} times of {count.joined + count.apart}"
            yield f"{first}\t{second}\t{SOURCE}, {share}\tpublished list"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("corpora", type=Path, nargs="+")
    options.add_argument("--write", action="store_true")
    chosen = options.parse_args()
    rows = list_rows(count_compounds(read_lines(chosen.corpora)))
    text = "first\tsecond\tsource\tsupport\n" + "".join(f"{row}\n" for row in rows)
    if chosen.write:
        TABLE.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
