import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Edit,
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

WORKER = knowledge.wordings.any_of("worker")
HEADING = knowledge.function_words.alternatives("heading of a record")
PAPER = r"(?:progress|medical|physician|recent|latest|clinical|treating|operative)(?: [a-z]+)? (?:note|report|record)"
# A part of the body, after its side or its region: "of left knee", "of lumbar spine".
PART = (
    r"(?:(?:left|right|cervical|thoracic|lumbar|lumbosacral|lower|upper|injured|affected) )+"
    r"(?:knee|shoulder|elbow|wrist|hand|hip|ankle|foot|spine|neck|back|leg|arm|thumb|extremity|forearm|finger|heel|toe)"
)
# What is behind a noun that no other noun follows.
ENDS = r"(?= (?:is|was|has|had|with|without|on|in|for|that|which|who|showed|revealed|reveals|dated|due|from|after|while|when|performed)\b)"
LACKING = tuple(
    (Pattern(pattern, re.IGNORECASE), article)
    for pattern, article in (
        (r"\bthere (?:is|was|has been|appears to be)(?: also| still)? (?P<noun>lack) of\b", "a"),
        (r"\b(?:has|have|had|with) (?P<noun>history) of\b", "a"),
        (r"\bin (?P<noun>event|absence|presence) of\b", "the"),
        (rf"\b(?:according to|per) (?P<noun>{PAPER})\b", "the"),
        (rf"(?<!kind )(?<!type )(?<!sort )\b(?:by|to|for|with|from|that|of) (?P<noun>{WORKER}){ENDS}", "the"),
        (rf"\b(?:of|in|over|throughout|into) (?P<noun>{PART}){ENDS}", "the"),
    )
)
# A study or a movement of a part of the body, as in "an MRI of shoulder"; a noun behind the part takes the article.
STUDIED = Pattern(
    r"\b(?P<study>[A-Za-z-]+) of (?P<noun>(?:(?:left|right|cervical|thoracic|lumbar) )?(?P<part>[a-z]+))\b"
    r"(?: (?P<next>[a-z]+))?"
)
STUDIES = frozenset(
    [
        "mri",
        "x-ray",
        "x-rays",
        "ct",
        "imaging",
        "exam",
        "examination",
        "motion",
        "arthrogram",
        "inspection",
        "palpation",
    ]
)
PARTS = frozenset(
    [
        "ankle",
        "elbow",
        "foot",
        "forearm",
        "hand",
        "hip",
        "knee",
        "leg",
        "neck",
        "pelvis",
        "shoulder",
        "spine",
        "thumb",
        "wrist",
    ]
)
# The beginning of a sentence: "Patient has completed a trial", "Subjective complaint reported was pain".
BARE_SUBJECT = Pattern(rf"(?<![^.;!?] )(?<![^ ])(?P<noun>(?=[A-Z])(?:(?i:{WORKER}|{HEADING}))) (?P<verb>[a-z]+)\b")
# "documented patient complained"
TOLD_OF = Pattern(rf"\b(?P<told>[a-z]+) (?P<noun>{WORKER}) (?P<verb>[a-z]+)\b")
TELLING = knowledge.function_words.members("verb of telling") | {"note", "report", "state"}
TELLS = frozenset(f"{verb}{ending}" for verb in TELLING for ending in ("s", "d", "ed"))
FINITE = knowledge.function_words.members("auxiliary") | knowledge.function_words.members("linking verb")
# What is one of many, and what stands before and behind it: "in therapy program", "had urine drug screen on".
ONE_OF_MANY = knowledge.function_words.members("noun of one of many")
OPENS = frozenset(
    [
        "in",
        "to",
        "with",
        "from",
        "by",
        "into",
        "despite",
        "without",
        "after",
        "of",
        "for",
        "had",
        "has",
        "have",
        "undergo",
        "underwent",
        "perform",
        "performed",
        "received",
        "completed",
        "failed",
        "requires",
    ]
)
NO_MODIFIER = (
    frozenset(["and", "or", "when", "while", "which", "what", "said"])
    | knowledge.numbers.SINGLE_WORDS
    | OPENS.union(*map(knowledge.function_words.members, ("determiner", "preposition", "auxiliary", "be")))
)
GOES_ON = knowledge.function_words.members("preposition") | FINITE | {"of", "that", "which", "as", "and", "or", "when"}
NAMES_A_KIND = frozenset(["type", "kind", "sort", "form", "request", "requests"])
MOST = 4  # words before such a noun that belong to it


class MissingArticle(Rule):
    """An article is missing before a noun that needs one: "there was lack of relief".

    In lists of diagnoses and in titles there is none, but in a sentence the reader misses it.

    ```diff
    -The worker has had six visits with little relief, and no record says why twelve more
    +The worker has had six visits, there was lack of relief, and no record says why twelve more
    ```

    ```findings
    "lack" an article is missing: "a lack"
      fix (suggested): write a lack
    ```
    """

    code = "LAN025"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        titles = {dispute.title.span for dispute in letter.disputes}
        for passage in reading.written:
            if passage.prose.span in titles:
                continue
            for noun, article in (*_find_listed(passage), *_find_subjects(passage), *_find_ones_of_many(passage)):
                if not passage.is_quoted(noun.start):
                    yield _report(noun, article)


def _report(noun: Place, article: str) -> Finding:
    if noun.text[0].isupper():
        right = f"{article.capitalize()} {noun.text[0].lower()}{noun.text[1:]}"
    else:
        right = f"{article} {noun.text}"
    fix = Fix(f"write {right}", (Edit(noun.span, right),), Safety.SUGGESTED)
    return Finding(noun.span, f"an article is missing: {quote(right)}", fix=fix)


def _find_listed(passage: Passage) -> Iterator[tuple[Place, str]]:
    """The nouns that lack an article in certain surroundings, each with the article."""
    for pattern, article in LACKING:
        for hit in passage.find(pattern):
            yield hit.place_of("noun"), article
    for hit in passage.find(STUDIED):
        following = hit.group("next")
        is_whole = hit.group("part") in PARTS and (not following or following in GOES_ON)
        if is_whole and hit.group("study").lower() in STUDIES:
            yield hit.place_of("noun"), "the"


def _find_subjects(passage: Passage) -> Iterator[tuple[Place, str]]:
    """The worker of a letter where a verb follows at once: "Patient has", "documented patient complained"."""
    for hit in (*passage.find(BARE_SUBJECT), *passage.find(TOLD_OF)):
        verb, told, noun = hit.group("verb"), hit.match.groupdict().get("told"), hit.place_of("noun")
        if told and (told not in TELLS or " " in noun.text):
            continue  # "indicates injured worker" is a phrase of the table
        if verb in FINITE or verb.endswith("ed"):
            yield noun, "the"


def _find_ones_of_many(passage: Passage) -> Iterator[tuple[Place, str]]:
    """Nouns that can be counted, with what they are for, but without an article: "in therapy program"."""
    tokens = passage.tokens
    if tokens.distinct.isdisjoint(ONE_OF_MANY):
        return
    for at in [at for at, word in enumerate(tokens.lower) if word in ONE_OF_MANY and at > 1]:
        noun = tokens[at].place
        after = passage.text[noun.end : noun.end + 1]
        ends = after in (".", ",", ";", ")") or (
            after == " " and at + 1 < len(tokens) and tokens.lower[at + 1] in GOES_ON
        )
        if ends and (first := _find_modifiers(passage, at)) is not None:
            start = tokens[first].place.start
            initial = passage.text[start].lower()
            yield passage.place(start, noun.end), "an" if initial in "aeio" else "a"


def _find_modifiers(passage: Passage, at: int) -> int | None:
    """The first of the words that describe noun number `at`, where what is before them lets an article follow."""
    tokens = passage.tokens
    for before in range(at - 1, max(at - MOST, 1) - 1, -1):
        word, place = tokens.lower[before], tokens[before].place
        if passage.text[place.end : tokens[before + 1].place.start] not in (" ", "-"):
            return None
        if word in OPENS and before < at - 1:
            return None if tokens.lower[before - 1] in NAMES_A_KIND else before + 1
        if word in NO_MODIFIER or (word.endswith("s") and not word.endswith("ss")) or place.text.istitle():
            return None
    return None
