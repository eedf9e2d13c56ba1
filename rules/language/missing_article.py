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
        (rf"\b(?<!kind )(?<!type )(?<!sort )(?:by|to|for|with|from|that|of) (?P<noun>{WORKER}){ENDS}", "the"),
        (rf"\b(?:of|in|over|throughout|into) (?P<noun>{PART}){ENDS}", "the"),
    )
)
# A study or a movement of a part of the body, as in "an MRI of shoulder"; a noun behind the part takes the article.
STUDIED = Pattern(
    r" of (?P<noun>(?:(?:left|right|cervical|thoracic|lumbar) )?(?P<part>[a-z]+))\b(?: (?P<next>[a-z]+))?"
)
STUDIES = frozenset(
    (
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
    )
)
PARTS = frozenset(
    ("ankle", "elbow", "foot", "forearm", "hand", "hip", "knee", "leg", "neck", "pelvis", "shoulder", "spine", "thumb")
) | {"wrist"}
# The beginning of a sentence: "Patient has completed a trial", "Subjective complaint reported was pain".
BARE_SUBJECT = Pattern(r"(?P<noun>[A-Z](?<![^ ].)(?<![^.;!?] .)[a-z]+)(?: (?P<second>[a-z]+))? (?P<verb>[a-z]+)\b")
SUBJECTS = frozenset(knowledge.wordings.wordings("worker")) | knowledge.function_words.members("heading of a record")
# "documented patient complained"
TOLD_OF = Pattern(rf" (?P<noun>{WORKER}) (?P<verb>[a-z]+)\b")
# Participles that a noun is joined to: "Patient-reported outcomes", however they are written.
COMPOUNDING = frozenset(
    ("assisted", "centered", "controlled", "directed", "oriented", "related", "reported", "selected")
)
TELLING = knowledge.function_words.members("verb of telling") | {"note", "report", "state"}
TELLS = frozenset(f"{verb}{ending}" for verb in TELLING for ending in ("s", "d", "ed"))
FINITE = knowledge.function_words.members("auxiliary") | knowledge.function_words.members("linking verb")
# What is one of many, and what stands before and behind it: "in therapy program", "had urine drug screen on".
ONE_OF_MANY = Pattern(
    rf" (?P<noun>{knowledge.function_words.alternatives('noun of one of many')})(?=[.,;)]| (?P<next>[a-z]+)\b)"
)
OPENS = frozenset(
    (
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
        "failed",
    )
).union(("undergo", "underwent", "perform", "performed", "received", "completed", "requires"))
NO_MODIFIER = (
    frozenset(["and", "or", "when", "while", "which", "what", "said"])
    | knowledge.numbers.SINGLE_WORDS
    | OPENS.union(*map(knowledge.function_words.members, ("determiner", "preposition", "auxiliary", "be")))
)
GOES_ON = knowledge.function_words.members("preposition") | FINITE | {"of", "that", "which", "as", "and", "or", "when"}
NAMES_A_KIND = frozenset(["type", "kind", "sort", "form", "request", "requests"])
MOST = 4  # words before such a noun that belong to it
LONGEST = 20  # letters of a word
WORD = re.compile(r"[A-Za-z]+(?:-[a-z]+)?")


class MissingArticle(Rule):
    """An article is missing before a noun that needs one: "there was lack of relief".

    In lists of diagnoses, in titles and in telegraphic notes there is none, but in a sentence the reader misses it.

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
        if reading.is_telegraphic:
            return
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
        if is_whole and _find_word_before(hit.place) in STUDIES:
            yield hit.place_of("noun"), "the"


def _find_subjects(passage: Passage) -> Iterator[tuple[Place, str]]:
    """The worker of a letter where a verb follows at once: "Patient has", "documented patient complained"."""
    for hit in passage.find(BARE_SUBJECT):
        noun, second, verb = hit.place_of("noun"), hit.group("second"), hit.group("verb")
        if f"{noun.lower} {second}" in SUBJECTS:
            noun = passage.place(noun.start, hit.place_of("second").end)
        elif noun.lower in SUBJECTS:
            verb = second or verb
        else:
            continue
        if verb in FINITE or (verb.endswith("ed") and verb not in COMPOUNDING):
            yield noun, "the"
    for hit in passage.find(TOLD_OF):
        noun, verb = hit.place_of("noun"), hit.group("verb")
        is_said = verb in FINITE or verb.endswith("ed")
        if is_said and " " not in noun.text and _find_word_before(hit.place) in TELLS:
            yield noun, "the"  # "indicates injured worker" is a phrase of the table


def _find_word_before(place: Place) -> str:
    return place.prose.lower[max(0, place.start - LONGEST) : place.start].rsplit(" ", 1)[-1]


def _find_ones_of_many(passage: Passage) -> Iterator[tuple[Place, str]]:
    """Nouns that can be counted, with what they are for, but without an article: "in therapy program"."""
    for hit in passage.find(ONE_OF_MANY):
        following = hit.group("next")
        if following and following not in GOES_ON:
            continue
        noun = hit.place_of("noun")
        if (start := _find_modifiers(passage.text, hit.place.start)) is not None:
            yield passage.place(start, noun.end), "an" if passage.lower[start] in "aeio" else "a"


def _find_modifiers(text: str, end: int) -> int | None:
    """Where the words begin that describe a noun, of which the last ends at `end`; None where an article cannot follow
    what is before them.
    """
    for number in range(MOST):
        start = text.rfind(" ", 0, end) + 1
        word = text[start:end]
        if not start or WORD.fullmatch(word) is None:
            return None
        if number and word.lower() in OPENS:
            before = text[text.rfind(" ", 0, start - 1) + 1 : start - 1]
            is_joined = before.lower() in NAMES_A_KIND or f"{before.lower()} {word.lower()}" == "return to"
            return None if is_joined else end + 1
        if word.lower() in NO_MODIFIER or word.istitle() or (word.endswith("s") and not word.endswith("ss")):
            return None
        end = start - 1
    return None
