"""Compile `strengths.tsv` from the FDA Orange Book.

    python training/strengths.py --products FILE [--out FILE]

    --products  a table with the columns "ingredient" and "strengths" made from the products of the Orange Book:
                ingredients parted by "; ", strengths by "|", the amounts of a combination by ";" ("325mg;10mg")

Taken are the solid strengths of the ingredients that `drugs.tsv` has, and of every drug of one other ingredient with
a name of its own: amounts in mg or mcg for the product as a whole, and not for a volume, a vial or an hour. A name is
no drug's own where it is an everyday word, or a chemical element, vitamin or hormone of which letters speak
otherwise. An amount "eq 20mg base" counts as 20 mg. What was
discontinued counts, too, since letters name it.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import defaultdict
from pathlib import Path

from imrlint.knowledge import registry
from imrlint.knowledge.language import lexicon
from imrlint.knowledge.medicine import drugs

_AMOUNT = re.compile(r"(?:eq )?(\d[\d,]*(?:\.\d+)?|\.\d+)(mg|mcg)(?: base| acid)?$")
_OUT = Path(__file__).resolve().parent.parent / "imrlint/knowledge/medicine/strengths.tsv"
_SHORTEST = 6  # letters
# What blood tests and food contain, too: elements (IUPAC), vitamins and hormones (the names of LOINC).
_NATURAL = (
    "aluminum barium calcium carbon chromium cobalt copper iodine iron lithium magnesium manganese nitrogen oxygen"
    " potassium selenium silver sodium sulfur zinc ferrous ferric cupric chromic phosphorus fluoride chloride"
    " biotin niacin niacinamide riboflavin thiamine pyridoxine tocopherol cholecalciferol ergocalciferol calcifediol"
    " calcitriol cyanocobalamin hydroxocobalamin phytonadione menadione retinol"
    " estradiol estrone progesterone testosterone cortisone hydrocortisone insulin glucagon oxytocin vasopressin"
    " prasterone melatonin thyroid histamine dopamine epinephrine norepinephrine adenosine"
    " alcohol urea dextrose glucose xylose sorbitol mannitol lactose glycine cysteine arginine tyrosine glutamine"
    " betaine levocarnitine secretin caffeine nicotine cannabidiol cellulose simethicone"
)
_SOURCE = "FDA Orange Book 2024, products with discontinued ones\tpublished list"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=_OUT)
    arguments = parser.parse_args()
    wanted = {tuple(sorted(name.casefold() for name in row.ingredients)) for row in registry.DRUGS.rows}
    listed = {drugs.without_salt(name) for row in registry.DRUGS.rows for name in row.ingredients}
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    with arguments.products.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            ingredients = row["ingredient"].split("; ")
            if tuple(sorted(ingredients)) in wanted or (
                len(ingredients) == 1
                and _is_own_name(ingredients[0])
                and drugs.without_salt(ingredients[0]) not in listed
            ):
                found[tuple(ingredients)].update(filter(None, map(_read_strength, row["strengths"].split("|"))))
    lines = ["ingredients\tstrengths\tsource\tsupport"]
    for names, strengths in sorted(found.items()):
        if strengths:
            lines.append(f"{'|'.join(names)}\t{'|'.join(sorted(strengths, key=_amounts))}\t{_SOURCE}")
    arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _is_own_name(ingredient: str) -> bool:
    """Whether an ingredient, without its salt, is one word that names a drug and nothing else."""
    name = drugs.without_salt(ingredient)
    return name.isalpha() and len(name) >= _SHORTEST and name not in _NATURAL.split() and not lexicon.is_common(name)


def _read_strength(printed: str) -> str | None:
    """A strength as letters print it, "325/10 mg"; None for one of a volume, and for units that differ."""
    amounts = [_AMOUNT.match(part.strip()) for part in printed.split(";")]
    read = [match.groups() for match in amounts if match]
    units = {unit for _, unit in read}
    if len(read) < len(amounts) or len(units) != 1:
        return None
    return "/".join(amount.replace(",", "") for amount, _ in read) + f" {units.pop()}"


def _amounts(strength: str) -> list[float]:
    return [float(amount) for amount in strength.split()[0].split("/")]


if __name__ == "__main__":
    main()
