"""Denials: how far each reaches in its clause.

NegEx and ConText begin with a denial and a scope of words behind it (Chapman et al. 2001; Harkema et al. 2009). Here
it reaches what it governs:

- the object of a verb only where the verb says that there is something ("did not report", "does not have"); what is
  not treated, explained or worked with is not denied;
- along a list ("no swelling, bruising or deformity"), but not behind a preposition that begins something else ("no
  trial of exercise for", "no pain with"), nor to a part with a verb of its own;
- nor beyond a part of a list that says itself what was found ("no effusion, trace crepitus and a knee that
  is stable");
- no definite object ("the stiffness", "his headaches"): such words take for granted that there is one;
- no change ("no worsening of");
- a second denial in its reach is no denial any more: "not without", "never free of".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from imrlint.document.patterns import Pattern
from imrlint.knowledge.language.function_words import members
from imrlint.knowledge.language.predicates import Kind
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading import syntax
from imrlint.reading.main_clause import find_inversion
from imrlint.reading.stance import Polarity
from imrlint.reading.syntax import AUXILIARIES, BE, LINKING, Word, is_contracted

# Denials that deny a change or a degree, not the thing.
_SPARED = Pattern(
    r"\b(?:no (?:longer|change|changes|increase|further|additional|new|significant change|improvement|relief"
    r"|(?:more|less|better|worse)\b(?=[^.;]*\bthan\b)|reason|need|plans?|doubt|question)"
    r"|not (?:only|just|necessarily|certain|better|controlled)"
    r"|without (?:relief|improvement|change|benefit|resolution))\b",
)
TURN = re.compile(
    rf"\b(?:but|however|except|although|though|yet|while|whereas|which|who|aside from|apart from|other than|despite"
    r"|because|since|as the|so that|and of|and (?=\w+ed\b)"
    rf"|and (?:has|have|had|is|was|were|reports?|complain\w+|there|he|she|the {any_of('worker')})"
    r"|with (?=\w+ (?:pain|tenderness)))\b|[;:]|\. -|, (?:there|he|she|i|it|the|and (?:he|she|there))\b"
)
LONGEST = 150  # characters of a scope
DEFINITE = frozenset(("the", "his", "her", "their", "its", "this", "these", "those", "said"))
_TO_VERB = 5  # words from a subject to its verb
LISTED = 3  # words between a determiner and its noun
PREPOSITIONS = members("preposition")
_VERBAL = frozenset(("not", "never", "cannot", "to", "unable", "fail", "fails", "failed", "failing", "failure", "yet"))
_COMPOSED = frozenset(("without", "free", "devoid", "lack", "lacks", "lacking", "absence", "absent", "negative"))
_ADJECTIVES = frozenset(("absent", "negative"))  # before a noun they deny that noun
_FOUND = members("adjective of a finding") | members("normal adjective")  # before a noun they say that it is there
SUBJECTS = frozenset(("he", "she", "they", "i", "we", "there"))
EXISTENTIAL = (Kind.SHOW, Kind.SAY, Kind.JUDGE, Kind.HAVE)
_OPAQUE = members("opaque noun")


def find_denial(sentence: str, words: Sequence[Word], first: int, at: int) -> Polarity | None:
    """What the denials before word `at` of its clause make of it; None where none reaches it."""
    if at >= len(words):
        return None
    begin, end = words[max(at - syntax.FARTHEST, first)].start, words[at].end + LONGEST
    spared = [match.span() for match in _SPARED.finditer(sentence, begin, end)]
    inner: int | None = None
    effect: Polarity | None = None
    for number in range(at - 1, first - 1, -1):
        word = words[number]
        aimed = number > 0 and words[number - 1].text in ("to", "can", "will", "would", "could")
        if not (word.denies or (_denies(word) and not aimed)) or any(a <= word.start < b for a, b in spared):
            continue
        if inner is not None:
            between = words[number + word.length : inner]
            if effect is Polarity.DENIED and number <= first + 1 and find_inversion(words, first, at) is not None:
                return Polarity.THOUGHT  # "at no time has he denied"
            composed = words[inner].text in _COMPOSED or _denies(words[inner])
            if (
                effect is Polarity.DENIED
                and composed
                and len(between) <= 1
                and not any(is_list(each) for each in between)
            ):
                return Polarity.THOUGHT if _denies(words[inner]) else Polarity.AFFIRMED
            break
        effect = _reach(sentence, words, number, at)
        if effect is None:
            continue
        inner = number
        if effect is Polarity.THOUGHT:
            break
    return effect


def is_list(word: Word) -> bool:
    return word.text in (",", "and", "or", "nor")


def _denies(word: Word) -> bool:
    """Whether a word is a verb of denying: "denied", "ruled out", but not "rule out"; or "rather" of "rather than"."""
    row = word.row
    is_verb = row is not None and row.kind is Kind.DENY and row.predicate in ("deny", "rule out", "exclude")
    return (is_verb and word.text not in ("rule", "rule out")) or word.text == "rather"


def _reach(sentence: str, words: Sequence[Word], denial: int, at: int) -> Polarity | None:
    """What a denial makes of word `at` after it: DENIED, THOUGHT, or None where its scope ends before."""
    word, target = words[denial], words[at]
    if target.start - word.end > LONGEST or TURN.search(sentence, word.end, target.start):
        return None
    begin = denial + word.length
    if word.text in _ADJECTIVES and any(each.text == "," for each in words[begin:at]):
        return None  # "an absent reflex, weakness of the foot"
    if word.text == "rather" and begin < at and words[begin].text == "than":
        begin += 1
    if word.text in _VERBAL or word.text.split(" ")[0] in _VERBAL or is_contracted(word.text):
        verb = _find_verb(words, begin, at)
        if verb < at and words[verb].text == ",":
            return None
        if verb < at and not _lets_through(words, denial, verb):
            ended = _begins_clause(words, verb + 1, at) or _has_own_verb(words, begin, at)
            return None if ended else Polarity.THOUGHT
        begin = verb + 1 if verb < at and words[verb].row is not None else verb
    if _begins_clause(words, begin, at):
        return None
    if _has_own_verb(words, begin, at) or _has_own_clause(words, denial, begin, at) or _is_past_list(words, begin, at):
        return None
    is_open = is_definite(words, begin, at) or _goes_astray(words, begin, at)
    if word.text in ("lack", "absence", "unable") and any(w.text == "and" for w in words[begin:at]):
        is_open = True
    return Polarity.THOUGHT if is_open else Polarity.DENIED


def _find_verb(words: Sequence[Word], begin: int, at: int) -> int:
    """The verb that a denial governs: the first word that is no auxiliary and no adverb, or word `at`."""
    for number in range(begin, at):
        text = words[number].text
        if text == "," and number == begin + 1 and words[begin].text.endswith("ly"):
            return number  # "not surprisingly, …"
        if not (text in AUXILIARIES or text.endswith("ly") or text in ("yet", "also", "to", "at", "all", "any", ",")):
            return number
        if text in ("have", "has", "had") and (number + 1 == at or words[number + 1].row is None):
            return number
    return at


def _lets_through(words: Sequence[Word], denial: int, verb: int) -> bool:
    """Whether the object of a denied verb, or what stands after a denied linking verb, is denied itself."""
    row = words[verb].row
    if row is not None:
        return row.kind in (*EXISTENTIAL, Kind.EVIDENCE, Kind.CERTAIN, Kind.NOT)
    before = words[denial - 1].text if denial else ""
    linking = before in LINKING or words[denial].text in ("isn't", "wasn't", "aren't", "weren't")
    linking = linking or any(word.text in BE for word in words[denial + 1 : verb])
    text = words[verb].text
    return (linking or (before not in AUXILIARIES | {"does", "do", "did"} and words[denial].text == "not")) and not (
        text.endswith(("ed", "ing", "en")) and len(text) > 4
    )


def _begins_clause(words: Sequence[Word], begin: int, at: int) -> bool:
    """Whether another verb begins before word `at`: "not on a drug, had nausea"; "without a brace he limps"."""
    for number in range(begin, at):
        if words[number].text in SUBJECTS and number > begin and words[number - 1].text not in AUXILIARIES:
            return True
        if words[number].text != ",":
            continue
        following = words[number + 1 : number + 3]
        if following and following[0].text in ("and", "but", "or"):
            following = following[1:]
        if not following:
            continue
        row = following[0].row
        is_verb = row is not None and row.kind in EXISTENTIAL and following[0].text.endswith(("s", "ed", "had"))
        if following[0].text in AUXILIARIES | {"with"} or is_verb:
            return True
    return False


def _has_own_verb(words: Sequence[Word], begin: int, at: int) -> bool:
    """Whether word `at` is the subject of a verb after ", and": "no redness, and swelling was noted"."""
    last = next((n for n in range(at - 1, begin - 1, -1) if words[n].text == "and"), None)
    if last is None or last == begin or words[last - 1].text != ",":
        return False
    for number, word in enumerate(words[at + 1 : at + syntax.FARTHEST], at + 1):
        if word.text == "," and number + 1 < len(words) and words[number + 1].text.endswith("ed"):
            return True  # "no angina, and diabetes, treated with metformin"
        if word.text in (",", ";", "and", "or", "but"):
            return False
        if word.text in BE | {"has", "had", "have"} or (word.text.endswith("ed") and word is words[at + 1]):
            return True
    return False


def _has_own_clause(words: Sequence[Word], denial: int, begin: int, at: int) -> bool:
    """Whether word `at` is in a clause of its own behind a comma: "denies numbness, Phalen's test is negative"."""
    has_verb = _denies(words[denial]) or any(
        word.text in BE | {"has", "had", "have"} or (word.row is not None and word.row.kind in EXISTENTIAL)
        for word in words[max(denial - 3, 0) : denial]
    )
    comma = next((number for number in range(at - 1, begin - 1, -1) if words[number].text == ","), None)
    if not has_verb or comma is None:
        return False
    if any(word.text in BE for word in words[comma + 1 : at]):
        return True  # "are negative" itself
    for word in words[at + 1 : at + _TO_VERB]:
        if word.text in BE:
            return True
        if word.text in (",", ";", "which", "that", "who") or word.denies:
            return False
    return False


def _is_past_list(words: Sequence[Word], begin: int, at: int) -> bool:
    """Whether word `at` is in a part of a list, or behind one, that says itself what was found.

    Such a part begins with an article or an adjective of what is there, or has a figure. A list that goes on with "or"
    is denied as a whole.
    """
    commas = [number for number in range(begin, at) if words[number].text == ","]
    if not commas:
        return False
    rest = words[at : at + syntax.FARTHEST]
    end = next((number for number, word in enumerate(rest) if word.text in (";", ":")), len(rest))
    if any(word.text in ("or", "nor") for word in (*words[commas[0] : at], *rest[:end])):
        return False
    own = next((number for number, word in enumerate(rest[:end]) if word.text in (",", "and")), end)
    for comma, following in pairwise((*commas, at + own)):
        opening = words[comma + 2 if words[comma + 1].text == "and" else comma + 1]
        part = words[comma + 1 : following]
        is_found = opening.text in _FOUND or opening.text in ("a", "an")
        if is_found or any(word.text[0].isdigit() for word in part):
            return True
    return False


def is_definite(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether word `at` has a definite determiner: "the stiffness", "his old headaches"."""
    for number in range(at - 1, max(first, at - LISTED) - 1, -1):
        text = words[number].text
        if text in DEFINITE:
            return True
        if (
            words[number].row is not None
            or text in AUXILIARIES
            or not text.isalpha()
            or is_list(words[number])
            or text in PREPOSITIONS
            or text == "of"
        ):
            return False
    return False


def _goes_astray(words: Sequence[Word], begin: int, at: int) -> bool:
    """Whether a preposition between a denial and word `at` begins something that is not denied."""
    for number in range(begin, at):
        text = words[number].text
        before = words[number - 1] if number > begin else None
        if text == "of" and before is not None and before.text in _OPAQUE:
            return True
        if text in PREPOSITIONS and number + 1 <= at and before is not None:
            row = before.row
            if row is not None and row.kind in (Kind.EVIDENCE, Kind.SAY, Kind.SHOW, Kind.HAVE):
                continue
            if text == "to" and number + 1 < at and words[number + 1].row is not None:
                continue  # "evidence to suggest"
            if _continues_list(words, number, at):
                continue
            return True
    return False


def _continues_list(words: Sequence[Word], preposition: int, at: int) -> bool:
    """Whether a list goes on behind a group with a preposition: "no pain in the knee, swelling or"."""
    return any(word.text in (",", "or", "nor") for word in words[preposition + 1 : at])
