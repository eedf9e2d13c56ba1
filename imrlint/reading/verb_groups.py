"""Verbs that do not go with their subject, or with the auxiliary before them, whatever the words around them.

The table of phrases has groups of words that are wrong; this has what the closed classes of grammar rule out: "he do",
"had having", "would has", a plural before "was", a passive without "been".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place, Prose
from imrlint.knowledge.language import function_words, lexicon, numbers
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading.phrases import PhraseSlip


def _any(kind: str) -> str:
    return f"(?:{'|'.join(sorted(function_words.members(kind), key=lambda word: (-len(word), word)))})"


_SINGULAR = {"do": "does", "don't": "doesn't", "have": "has", "haven't": "hasn't", "are": "is", "aren't": "isn't"}
_SUBJECT = Pattern(
    r"(?:\b(?P<before>\w+)(?P<mark>[,;:.]?) )?\b(?:he|she) (?P<wrong>do|have|are|don't|haven't|aren't)\b", re.IGNORECASE
)
# A capital begins a sentence, even where the mark before it is wrong: "palpable, He deny".
_BEGINNING = Pattern(rf"(?<![\w'’])(?:He|She) (?P<wrong>{_any('plain verb')})\b")
# Before a pronoun: words of a question, of a wish, and those that join it to another subject.
_NOT_BARE = re.compile(
    rf"(?:that|lest|than|and|or|nor|though|not|{any_of('condition')}|{_any('auxiliary')}|\w+(?:ed|ing)|{any_of('wanted')})$",
    re.IGNORECASE,
)
_PLURAL_VERB = {"is": "are", "was": "were", "has": "have", "does": "do"}
_NOUN_GROUP = re.compile(
    r"(?:^|[.;!?] )(?P<group>(?:[A-Za-z][A-Za-z'’/-]* ){1,5})(?P<wrong>is|was|has|does)\b"
    r"(?! (?:why|what|how|because|all|medically|not medically|certified|not certified)\b)"
)
# Words by which what stands before a verb is no bare group of nouns, or by which it may go with a singular.
_NO_GROUP = re.compile(
    rf"(?:(?!prior$){_any('preposition')}|{_any('conjunction')}|{_any('auxiliary')}|{any_of('negation')}|and|or|of|that|this"
    r"|these|those|which|who|whom|what|whatever|whoever|he|she|it|they|we|you|there|here|each|every|either|both|another|any"
    rf"|all|{numbers.COUNT_WORDS}|something|anything|everything|how|why|more|less|many|few|several|number|[a-z]+ing"
    r"|[a-z]+['’]s)$",
    re.IGNORECASE,
)
_NO_PLURAL = re.compile(
    r"(?:ss|us|is|ics|'s|’s|ceps|series|species|diabetes|herpes|shingles|measles|hives|mumps|lens|news|means|sports"
    r"|rabies|forceps|whereas|perhaps|always|sometimes|besides|afterwards|times|days|weeks|months|years|hours|minutes"
    r"|degrees|others|works|gallows)$"
)
_SHORTEST_PLURAL = 5  # letters
_PERSON = re.compile(
    rf"(?:{any_of('worker', 'provider', 'clinician', 'record')}|pain|study|note|exam|examination)$", re.I
)
_HAVING = {"has": "is", "have": "are", "had": "was"}
_CHAIN = Pattern(
    r"\b(?:(?P<having>(?P<had>has|have|had) having)"
    r"|(?:has|have|had) (?P<been>being|be)"
    r"|(?:could|would|should|cannot)(?: not)? (?P<have>has|had)|(?:could|would|should|cannot)(?: not)? (?P<be>is|was)"
    r"|(?:does|do|did) not (?P<plain>has|had)|(?:does|do|did)n['’]t (?P<short>has|had))\b",
    re.IGNORECASE,
)
_MEANT = {"been": "been", "have": "have", "be": "be", "plain": "have", "short": "have"}
_ADVERBS = r"(?:since|not|never|not yet|already|recently|previously)"
_UNFINISHED = Pattern(rf"\b(?:has|have|had) {_ADVERBS} (?P<wrong>{_any('plain verb')})\b", re.IGNORECASE)
_SAME_PARTICIPLE = frozenset(("become",))
_NO_PASSIVE = Pattern(
    rf"\b{_any('noun of what is shown')} (?P<wrong>(?P<have>has|have|had)"
    r"(?P<adverbs>(?: (?:not|never|yet|clearly|adequately|sufficiently|now|so far)){0,3}) "
    rf"(?P<shown>{_any('participle of showing')}))"
    r"(?=[.,;:]|$| (?:in|by|for|at|here|on|within|from|as|to date|with|due|because|and|or|nor|but|either)\b)",
    re.IGNORECASE,
)


def find_verb_slips(prose: Prose, is_quoted: Callable[[int], bool]) -> Iterator[PhraseSlip]:
    """The verbs that grammar rules out in a prose, outside quotations, each with what it should be."""
    for slip in (*_find_subjects(prose), *_find_plurals(prose), *_find_groups(prose)):
        if not is_quoted(slip.place.start):
            yield slip


def _find_subjects(prose: Prose) -> Iterator[PhraseSlip]:
    for match in _SUBJECT.finditer(prose.text):
        if not match["before"] or match["mark"] or not _NOT_BARE.match(match["before"]):
            yield _slip(prose, match, "wrong", "agree", _SINGULAR[match["wrong"].lower()])
    for match in _BEGINNING.finditer(prose.text):
        yield _slip(prose, match, "wrong", "agree", _write_singular(match["wrong"]))


def _write_singular(verb: str) -> str:
    """The third person of a plain verb: "denies", "goes", "takes"."""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("o", "s", "sh", "ch", "x")) else f"{verb}s"


def _find_plurals(prose: Prose) -> Iterator[PhraseSlip]:
    """Singular verbs behind a plural that begins its sentence: "Past treatments was"."""
    for match in _NOUN_GROUP.finditer(prose.text):
        *before, noun = match["group"].split()
        if (before and _PERSON.match(before[-1])) or any(map(_NO_GROUP.match, (*before, noun))):
            continue
        if _is_plural(noun) and (noun.islower() or not before):
            yield _slip(prose, match, "wrong", "agree", _PLURAL_VERB[match["wrong"]])


def _is_plural(word: str) -> bool:
    lower = word.lower()
    if len(lower) < _SHORTEST_PLURAL or not lower.endswith("s") or _NO_PLURAL.search(lower) or "-" in lower:
        return False
    return lexicon.is_known(lower) and any(map(lexicon.is_known, (lower[:-1], lower[:-2], f"{lower[:-3]}y")))


def _find_groups(prose: Prose) -> Iterator[PhraseSlip]:
    """Auxiliaries and participles that do not go together."""
    for match in _CHAIN.finditer(prose.text):
        if match["having"]:
            yield _slip(prose, match, "having", "word", f"{_HAVING[match['had'].lower()]} having")
        else:
            group = next(name for name in _MEANT if match[name])
            yield _slip(prose, match, group, "word", _MEANT[group])
    for match in _UNFINISHED.finditer(prose.text):
        if match["wrong"].lower() not in _SAME_PARTICIPLE:
            yield _slip(prose, match, "wrong", "word", "the participle")
    for match in _NO_PASSIVE.finditer(prose.text):
        right = f"{match['have']}{match['adverbs']} been {match['shown']}"
        yield _slip(prose, match, "wrong", "missing", right)


def _slip(prose: Prose, match: re.Match[str], group: str, kind: str, right: str) -> PhraseSlip:
    return PhraseSlip(Place(prose, *match.span(group)), kind, right)
