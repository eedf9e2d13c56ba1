import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Edit,
    Feature,
    Finding,
    Fix,
    Importance,
    Letter,
    Passage,
    Pattern,
    Place,
    Reading,
    Rule,
    Safety,
    knowledge,
    quote,
)

UNITS = "day|week|month|year|visit|session"
# A number of two or more with a unit in the singular, which only the first part of a compound can be.
MEASURED = Pattern(rf"\b(?P<number>\w+) (?P<unit>{UNITS}) (?P<noun>[a-z]{{3,}})\b")
NOUN = re.compile(r" (?P<noun>[a-z]{3,})\b")
SMALL = frozenset().union(*map(knowledge.function_words.members, ("auxiliary", "be", "preposition", "determiner")))
SEVERAL = knowledge.numbers.SINGLE_WORDS - {"one"}
# Two levels of the spine: "L4 L5"; and "non" before a word, which is no word by itself: "non MTUS guidelines".
APART = (
    Pattern(
        r"(?P<apart>(?P<region>[CTL])(?<!\w.)(?<![A-Z0-9] .)[1-9][0-9]? (?:(?P=region)|S)[1-9][0-9]?)\b"
        r"(?![ ,/]+[CTLS][1-9])"
    ),
    Pattern(r"\b(?P<apart>non [a-z]+)\b", re.IGNORECASE),
)
# "a follow up was planned", "for a flare up": the noun, which no verb can be behind an article.
NOUN_UP = Pattern(r"(?<=\w) (?P<apart>(?:follow|flare) ups?)\b")
ARTICLES = frozenset(("a", "an", "the", "acute", "any", "each", "next", "this"))
FOREIGN = frozenset(("sequitur", "grata", "est", "obstante", "plus"))
# Endings of participles, which are joined to what is before them: "work-related", "right-sided" (Chicago Manual 7.89).
PARTICIPLE = ("ed", "ing")
NO_NOUN = ("ly", "ed", "ing")


class MissingHyphen(Rule):
    """Two words before a noun are not joined: "long term use", "a 30 day rental".

    Together they are one adjective, which edited English writes with a hyphen: "long-term use", "a 30-day rental".
    Which words are so joined was counted in published texts. An age ("a 47 year old male") is not reported.

    ```diff
    -She takes naproxen.
    +She takes naproxen, and long term use is planned.
    ```

    ```findings
    "long term" a hyphen is missing: "long-term use"
      fix (safe): write long-term
    ```
    """

    code = "LAN021"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for passage in reading.written:
            apart = dict.fromkeys(_find_apart(passage))
            for place, noun in (*_find_compounds(passage), *_find_measured(passage)):
                if not passage.is_quoted(place.start) and place not in apart:
                    yield _report(place, noun)
            for place in apart:
                if not passage.is_quoted(place.start):
                    yield _report(place)


def _report(place: Place, noun: str = "") -> Finding:
    joined = place.text.replace(" ", "-")
    fix = Fix(f"write {joined}", (Edit(place.span, joined),), Safety.SAFE)
    # Careful writers often leave it out where it is not needed to tell what belongs together.
    arguable = noun and not place.lower.endswith(PARTICIPLE)
    evidence = (Feature.ARGUABLE,) if arguable else ()
    return Finding(place.span, f"a hyphen is missing: {quote(f'{joined} {noun}'.strip())}", fix=fix, evidence=evidence)


def _find_apart(passage: Passage) -> Iterator[Place]:
    """Two words that are always joined: levels, "non" with its word, and nouns such as "follow-up"."""
    for hit in passage.find(NOUN_UP):
        apart = hit.place_of("apart")
        if apart.before.rstrip().rsplit(" ", 1)[-1].lower() in ARTICLES:
            yield apart
    for hit in (hit for pattern in APART for hit in passage.find(pattern)):
        place = hit.place_of("apart")
        if place.lower.split()[1] not in FOREIGN:
            yield place


def _find_compounds(passage: Passage) -> Iterator[tuple[Place, str]]:
    """The compounds of the table that are written apart, each with the noun behind it."""
    tokens = passage.tokens
    if not (known := knowledge.compounds.compounds() & tokens.pairs):
        return
    for at in range(len(tokens) - 2):
        if (tokens.lower[at], tokens.lower[at + 1]) not in known:
            continue
        place = passage.place(tokens[at].place.start, tokens[at + 1].place.end)
        is_apart = place.lower == f"{tokens.lower[at]} {tokens.lower[at + 1]}" and not place.before.endswith("-")
        noun = NOUN.match(place.after)
        if is_apart and noun and _may_be_noun(noun["noun"]):
            yield place, noun["noun"]


def _find_measured(passage: Passage) -> Iterator[tuple[Place, str]]:
    for hit in passage.find(MEASURED):
        number, noun = hit.group("number").casefold(), hit.group("noun")
        is_several = (number.isdecimal() and number != "1") or number in SEVERAL
        if is_several and noun not in ("old", "ago") and _may_be_noun(noun):
            end = hit.place_of("unit").end
            yield passage.place(hit.place.start, end), noun


def _may_be_noun(word: str) -> bool:
    return word not in SMALL and not word.endswith(NO_NOUN)
