"""Verbs that do not go with their subject, or with the auxiliary before them, whatever the words around them.

The table of phrases has groups of words that are wrong; this has what the closed classes of grammar rule out: "he do",
"had having", "would has", a plural before "was", a passive without "been".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place, Prose
from imrlint.knowledge.language import lexicon, numbers
from imrlint.knowledge.language.function_words import alternatives, members
from imrlint.knowledge.language.wordings import any_of, wordings
from imrlint.reading.phrases import PhraseSlip

_SINGULAR = {"do": "does", "don't": "doesn't", "have": "has", "haven't": "hasn't", "are": "is", "aren't": "isn't"}
_SUBJECT = Pattern(
    r"(?:\b(?P<before>\w+)(?P<mark>[,;:.]?) )?\b(?:he|she) (?P<wrong>do|have|are|don't|haven't|aren't)\b", re.IGNORECASE
)
_BEGINNING = Pattern(rf"(?<![\w'’])(?:he|she) (?P<wrong>{alternatives('plain verb')})\b", re.IGNORECASE)
# Before a pronoun: words of a question, of a wish, and those that join it to another subject.
_BEFORE_BARE = frozenset(("that", "lest", "than", "and", "or", "nor", "though", "not")).union(
    wordings("condition"), members("auxiliary")
)
_WANTED = re.compile(any_of("wanted"), re.IGNORECASE)
_PLURAL_VERB = {"is": "are", "was": "were", "has": "have", "does": "do"}
_BEGINS = re.compile(r"[.;!?] ")  # a sentence, or a part of one
_NOUN_GROUP = re.compile(
    r"(?P<group>(?:[A-Za-z][A-Za-z'’/-]* ){1,5})(?P<wrong>is|was|has|does)\b"
    r"(?! (?:why|what|how|because|all|medically|not medically|certified|not certified)\b)"
)
# Words by which what stands before a verb is no bare group of nouns, or by which it may go with a singular.
_NO_GROUP = (
    frozenset(("and", "or", "of", "that", "this", "these", "those", "there", "here", "each", "every", "either", "both"))
    .union(("another", "any", "all", "something", "anything", "everything", "more", "less", "many", "few", "several"))
    .union(*map(members, ("preposition", "conjunction", "auxiliary", "question word", "subject pronoun")))
    .union(numbers.SINGLE_WORDS, ("number",))
    .difference(("prior", "i"))  # "prior visits", "grade I strains"
)
_NEGATION = re.compile(any_of("negation"), re.IGNORECASE)
_NO_GROUP_ENDS = ("ing", "'s", "’s")
_NO_PLURAL_ENDS = (
    *("ss", "us", "is", "ics", "'s", "’s", "ceps", "whereas", "others"),
    *members("singular in -s"),
    *members("plural measure"),
    *members("adverb in -s"),
)
_SHORTEST_PLURAL = 5  # letters
_PERSON = re.compile(
    rf"(?:{any_of('worker', 'provider', 'clinician', 'record')}|pain|study|note|exam|examination)$", re.I
)
_HAVING = {"has": "is", "have": "are", "had": "was"}
_PERFECT = Pattern(r"\b(?P<had>has|have|had) (?P<wrong>having|being|be)\b", re.IGNORECASE)
# What needs a plain verb behind it: a modal verb, and "do not".
_MODAL = Pattern(r"\b(?:could|would|should|cannot)(?: not)? (?P<wrong>has|had|is|was)\b", re.IGNORECASE)
_DO = Pattern(r"\b(?:does|do|did) ?n[o'’]t (?P<wrong>has|had)\b", re.IGNORECASE)
_PLAIN = {"has": "have", "had": "have", "is": "be", "was": "be"}
_UNFINISHED = Pattern(
    rf"\b(?:has|have|had) (?:{alternatives('adverb of the perfect')}) (?P<wrong>{alternatives('plain verb')})\b",
    re.IGNORECASE,
)
_SAME_PARTICIPLE = frozenset(("become",))
_NO_PASSIVE = Pattern(
    rf"\b(?:{alternatives('noun of what is shown')}) (?P<wrong>(?P<have>has|have|had)"
    r"(?P<adverbs>(?: (?:not|never|yet|\w+ly|now|so far)){0,3}) "
    rf"(?P<shown>{alternatives('participle of showing')}))"
    rf"(?![^.,;: ])(?! (?!(?:{alternatives('complement of place or time')})\b))",
    re.IGNORECASE,
)
# "They are recommend for pain": behind "is" and "are", a verb that is nothing else.
_NO_PARTICIPLE = Pattern(
    rf" (?:is|are) (?:(?:not|also|now|currently) )?(?P<wrong>{alternatives('verb and nothing else')})\b", re.IGNORECASE
)
# "A review of the records reveal that": the verb belongs to the review.
_TOLD = Pattern(
    r"[AT](?<![^ ].)(?<![^.;!?] .)(?:he)? (?:[a-z]+ )?(?P<head>[a-z]+) of (?:[a-z]+ ){0,4}(?P<last>[a-z]+s)"
    rf" (?P<wrong>{alternatives('verb of telling')}) (?:that|the|no)\b"
)
# "Spasms also noted in the neck.": a sentence that has no verb; what stands before the finding in its sentence.
_NOTED = Pattern(
    r"(?P<finding>[a-z]+) (?P<wrong>(?P<also>also )?(?P<seen>noted|seen|found|observed|appreciated|elicited))"
    r" (?:in|on|at|over|with)\b(?![^.;!?]* (?:is|was|are|were|has|had|have)\b)",
    re.IGNORECASE,
)
_FINDINGS = members("noun of a finding")
_DESCRIBED = re.compile(r"(?<![^.;!?] )(?<![^ ])(?:[A-Za-z-]+ ){0,2}$")
_FARTHEST = 40  # characters of what describes a finding


def find_verb_slips(prose: Prose, is_quoted: Callable[[int], bool]) -> Iterator[PhraseSlip]:
    """The verbs that grammar rules out in a prose, outside quotations, each with what it should be."""
    for slip in (*_find_subjects(prose), *_find_plurals(prose), *_find_heads(prose), *_find_groups(prose)):
        if not is_quoted(slip.place.start):
            yield slip


def _find_subjects(prose: Prose) -> Iterator[PhraseSlip]:
    for match in _SUBJECT.finditer(prose.text):
        if not match["before"] or match["mark"] or not _goes_with_bare(match["before"].lower()):
            yield _slip(prose, match, "wrong", "agree", _SINGULAR[match["wrong"].lower()])
    for match in _BEGINNING.finditer(prose.text):
        if match.group()[0].isupper():  # it begins a sentence, even behind a wrong mark: "palpable, He deny"
            yield _slip(prose, match, "wrong", "agree", _write_singular(match["wrong"].lower()))


def _goes_with_bare(word: str) -> bool:
    """Whether the verb of a pronoun behind a word may be plain: "did he have", "asked she do"."""
    return word in _BEFORE_BARE or word.endswith(("ed", "ing")) or _WANTED.fullmatch(word) is not None


def _write_singular(verb: str) -> str:
    """The third person of a plain verb: "denies", "goes", "takes"."""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("o", "s", "sh", "ch", "x")) else f"{verb}s"


def _find_plurals(prose: Prose) -> Iterator[PhraseSlip]:
    """Singular verbs behind a plural that begins its sentence: "Past treatments was"."""
    starts = (0, *(mark.end() for mark in _BEGINS.finditer(prose.text)))
    for match in filter(None, (_NOUN_GROUP.match(prose.text, start) for start in starts)):
        *before, noun = match["group"].split()
        if (before and _PERSON.match(before[-1])) or any(map(_ends_group, (*before, noun))):
            continue
        if _is_plural(noun) and (noun.islower() or not before):
            yield _slip(prose, match, "wrong", "agree", _PLURAL_VERB[match["wrong"]])


def _ends_group(word: str) -> bool:
    """Whether a word before a verb belongs to no bare group of nouns."""
    lower = word.lower()
    return lower in _NO_GROUP or lower.endswith(_NO_GROUP_ENDS) or _NEGATION.fullmatch(lower) is not None


def _is_plural(word: str) -> bool:
    lower = word.lower()
    if word.isupper():  # an abbreviation in -S: "PERS", "CURES"
        return False
    if len(lower) < _SHORTEST_PLURAL or not lower.endswith("s") or lower.endswith(_NO_PLURAL_ENDS) or "-" in lower:
        return False
    return lexicon.is_known(lower) and any(map(lexicon.is_known, (lower[:-1], lower[:-2], f"{lower[:-3]}y")))


def _find_heads(prose: Prose) -> Iterator[PhraseSlip]:
    """Plural verbs behind a plural that is not their subject: "a review of the records reveal"."""
    for match in _TOLD.finditer(prose.text):
        if not _is_plural(match["head"]) and match["head"] not in members("word of a quantity"):
            yield _slip(prose, match, "wrong", "agree", _write_singular(match["wrong"]))


def _find_groups(prose: Prose) -> Iterator[PhraseSlip]:
    """Auxiliaries and participles that do not go together."""
    for match in _PERFECT.finditer(prose.text):
        if match["wrong"].lower() == "having":
            yield PhraseSlip(Place(prose, *match.span()), "word", f"{_HAVING[match['had'].lower()]} having")
        else:
            yield _slip(prose, match, "wrong", "word", "been")
    for match in (*_MODAL.finditer(prose.text), *_DO.finditer(prose.text)):
        yield _slip(prose, match, "wrong", "word", _PLAIN[match["wrong"].lower()])
    for match in _UNFINISHED.finditer(prose.text):
        if match["wrong"].lower() not in _SAME_PARTICIPLE:
            yield _slip(prose, match, "wrong", "word", "the participle")
    for match in _NO_PARTICIPLE.finditer(prose.text):
        yield _slip(prose, match, "wrong", "word", "the participle")
    for match in _NOTED.finditer(prose.text):
        finding = match["finding"].lower()
        described = finding in _FINDINGS and _DESCRIBED.search(
            prose.text, max(0, match.start() - _FARTHEST), match.start()
        )
        if described and _NO_GROUP.isdisjoint(described.group().lower().split()):
            be = "were" if _is_plural(finding) else "was"
            yield _slip(prose, match, "wrong", "missing", f"{be} {match['also'] or ''}{match['seen']}")
    for match in _NO_PASSIVE.finditer(prose.text):
        right = f"{match['have']}{match['adverbs']} been {match['shown']}"
        yield _slip(prose, match, "wrong", "missing", right)


def _slip(prose: Prose, match: re.Match[str], group: str, kind: str, right: str) -> PhraseSlip:
    return PhraseSlip(Place(prose, *match.span(group)), kind, right)
