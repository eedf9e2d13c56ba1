"""(e) A drug replaced by another.

Only in the rationale of an item whose title names the drug or its ingredient, and only in sentences that name no
other drug and list no examples. The new drug has none of the ingredients that the letter names. A product is replaced
by a product, an ingredient by an ingredient. Names and ingredients agree with the Orange Book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from editing.edit import Spot, fits_article, match_case
from editing.letter import RightLetter, Span
from editing.lexicon import Lexicon

PRODUCTS = {
    "ibuprofen": ("Motrin", "Advil"), "naproxen": ("Naprosyn", "Anaprox", "Aleve"), "celecoxib": ("Celebrex",),
    "meloxicam": ("Mobic",), "diclofenac": ("Voltaren", "Cataflam"), "etodolac": ("Lodine",),
    "nabumetone": ("Relafen",), "ketorolac": ("Toradol",), "tramadol": ("Ultram",), "tapentadol": ("Nucynta",),
    "oxycodone": ("OxyContin", "Percocet", "Roxicodone"), "hydrocodone": ("Norco", "Vicodin"),
    "morphine": ("MS Contin", "Kadian"), "methadone": ("Dolophine",), "fentanyl": ("Duragesic",),
    "cyclobenzaprine": ("Flexeril",), "tizanidine": ("Zanaflex",), "methocarbamol": ("Robaxin",),
    "carisoprodol": ("Soma",), "baclofen": ("Lioresal",), "metaxalone": ("Skelaxin",), "gabapentin": ("Neurontin",),
    "pregabalin": ("Lyrica",), "topiramate": ("Topamax",), "duloxetine": ("Cymbalta",), "amitriptyline": ("Elavil",),
    "nortriptyline": ("Pamelor",), "sertraline": ("Zoloft",), "escitalopram": ("Lexapro",),
    "bupropion": ("Wellbutrin",), "trazodone": ("Desyrel",), "zolpidem": ("Ambien",), "eszopiclone": ("Lunesta",),
    "alprazolam": ("Xanax",), "diazepam": ("Valium",), "clonazepam": ("Klonopin",), "lorazepam": ("Ativan",),
    "omeprazole": ("Prilosec",), "pantoprazole": ("Protonix",), "lansoprazole": ("Prevacid",),
    "famotidine": ("Pepcid",), "ranitidine": ("Zantac",), "ondansetron": ("Zofran",), "naloxone": ("Narcan",),
    "lisinopril": ("Zestril",), "amlodipine": ("Norvasc",), "metformin": ("Glucophage",), "atorvastatin": ("Lipitor",),
    "sildenafil": ("Viagra",), "tadalafil": ("Cialis",), "lidocaine": ("Lidoderm",), "modafinil": ("Provigil",),
    "venlafaxine": ("Effexor",), "temazepam": ("Restoril",),
}  # fmt: skip

INGREDIENTS = {name.lower(): drug for drug, names in PRODUCTS.items() for name in (drug, *names)}
DRUG = re.compile(rf"(?i)\b(?:{'|'.join(INGREDIENTS)})\b".replace(" ", r"\s+"))
EXAMPLES = re.compile(r"\b(?:such as|including|include|like|e\.g\.|or)\s".replace(" ", r"\s+"))


def name_ingredient(match: re.Match[str]) -> str:
    return INGREDIENTS[" ".join(match.group().lower().split())]


def find_drugs(letter: RightLetter) -> Iterator[Spot]:
    for item in letter.items:
        named = [(name_ingredient(match), Span(*match.span())) for match in letter.find(DRUG, item.title)]
        for match in letter.find(DRUG, item.rationale) if item.rationale else ():
            place = Span(*match.span())
            sentence = letter.sentence_at(place)
            titles = tuple(span for drug, span in named if drug == name_ingredient(match))
            alone = {name_ingredient(other) for other in letter.find(DRUG, sentence)} == {name_ingredient(match)}
            if titles and alone and not EXAMPLES.search(letter[sentence]):
                yield Spot(place, titles)


def replace_drug(letter: RightLetter, spot: Spot, rng: Random, _: Lexicon) -> tuple[Span, str] | None:
    old = letter[spot.place]
    named = {name_ingredient(match) for match in letter.find(DRUG)}
    others = [drug for drug in PRODUCTS if drug not in named]
    if " ".join(old.lower().split()) not in PRODUCTS:
        others = [product for drug in others for product in PRODUCTS[drug]]
    fitting = [name for name in others if fits_article(letter, spot.place, name)]
    return (spot.place, match_case(rng.choice(fitting), old)) if fitting else None
