"""Whether words of a sentence are affirmed, denied, or only considered.

The words of a sentence are read with the clauses that govern them (`stance`), then with the denials of their own
clause. A denial reaches what it governs (NegEx and ConText begin there: Chapman et al. 2001; Harkema et al. 2009):

- the object of a verb only where the verb says that there is something ("did not report", "does not have"); what is
  not treated, explained or worked with is not denied;
- along a list ("no swelling, bruising or deformity"), but not behind a preposition that begins something else ("no
  trial of exercise for", "no pain with"), nor to a part with a verb of its own;
- no definite object ("the stiffness", "his headaches"): such words take for granted that there is one;
- no change ("no worsening of");
- a second denial in its reach is no denial any more: "not without", "never free of".

What is denied only perhaps is thought of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from imrlint.knowledge.language.function_words import members
from imrlint.knowledge.language.predicates import Kind
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading import stance
from imrlint.reading.stance import AUXILIARIES, BE, LINKING, Polarity, Word, is_contracted

# Denials that deny a change or a degree, not the thing.
_SPARED = re.compile(
    r"\b(?:no (?:longer|change|changes|increase|further|additional|new|significant change|improvement|relief"
    r"|(?:more|less|better|worse)\b(?=[^.;]*\bthan\b)|reason|need|plans?|doubt|question)"
    r"|not (?:only|just|necessarily|certain|better|controlled)"
    r"|without (?:relief|improvement|change|benefit|resolution))\b",
)
_SAME = r"^(?:\W+(?!(?:that|which|who|but|and|with|in|for)\b)\w+){0,4}?\W+"
_IS = r"(?:is|was|were|are|has been|have been|had been)"
_NOTED = rf"(?:{'|'.join(sorted(members('found')))})"
# What is denied by words behind it, in the same clause: that it is there, or was found. What "was not treated" is there.
_DENIED_BEHIND = re.compile(
    rf"{_SAME}(?:(?:{_IS}|isn['’]t|wasn['’]t) (?:absent|denied|negative\b(?! for)|ruled out|resolved|lacking|gone)\b"
    rf"|(?:(?:is|was|were|are|has|have|had) (?:not|never)(?: yet)? (?:been )?|(?:isn|wasn|weren|hasn)['’]t (?:been )?"
    rf"|not )(?:\w+ly )?{_NOTED}\b"
    r"|(?:does|do|did) not (?:exist|occur|appear|develop)\b|(?<!not )(?:ruled out|excluded)\b|denied\b|resolved\b)"
)
_THOUGHT_BEHIND = re.compile(
    rf"{_SAME}{_IS} (?:possible|suspected|likely|unlikely|questionable|feared|considered|unclear|not (?:ruled out|excluded))\b"
)
_EXISTING = re.compile(rf"^(?:not|never|un)? ?(?:\w+ly )?{_NOTED}\b")
_PAST = re.compile(
    r"^[^.;]{0,60}?\b(?:in (?:19|20)\d\d\b(?! (?:and|which) (?:now|still))|years ago|(?:which|that|and) (?:has|had|have)"
    r" (?:since )?(?:passed|resolved|cleared|subsided|healed|gone|settled|eased)|(?:has|had|have) since|long since)\b"
)
# "When", "until" and "once" tell of what happened, and "past" of what was done: none opens a scope.
_THOUGHT = re.compile(
    r"\b(?:rule out|to exclude|no longer|r/o|to rule|possible|possibly|suspect\w*|suspicio\w+|whether"
    r"|would|could|may|might"
    r"|concern for|evaluate for|assess for|risk of|potential|prevent\w*"
    r"|history of|prior|previous(?:ly)?|family|precaution\w*|should|such as|versus|vs)\b"
)
_CONDITION = re.compile(r"\b(?:if|unless|(?:where|when) there (?:is|are)|in whom|had there|were there)\b")
# What was before what the letter is about.
_BEFORE = re.compile(
    r"\b(?:before|prior to|until) (?:the|this|his|her) (?:industrial |work )?(?:injury|accident|fall|incident|event)\b[^;]*$"
)
_TURN = re.compile(
    rf"\b(?:but|however|except|although|though|yet|while|whereas|which|who|aside from|apart from|other than|despite"
    r"|because|since|as the|so that|and of|and (?=\w+ed\b)"
    rf"|and (?:has|have|had|is|was|were|reports?|complain\w+|there|he|she|the {any_of('worker')})"
    r"|with (?=\w+ (?:pain|tenderness)))\b|[;:]|\. -|, (?:there|he|she|i|it|the|and (?:he|she|there))\b"
)
_CONDITION_ENDS = re.compile(r"[;:]|, (?:then )?(?:i|it|he|she|the|there|a|an|this|that|no|one|they|we)\b")
_KIN = re.compile(
    rf"\b(?:{any_of('kin')})(?: (?:and|or) [\w ]{{3,20}})?(?: of (?:the|this|his|her) [\w ]{{3,25}}?)? (?:also )?(?:has|have|had|suffers?|suffered|with|died of"
    r"|history)\b(?! (?:reported|noticed|said|stated))[^;.]*$"
)
_LONGEST = 150  # characters of a scope
_SHORT = 60  # characters in which something is only thought of
_DEFINITE = frozenset(("the", "his", "her", "their", "its", "this", "these", "those", "said"))
_FARTHEST = 8  # words between a verb and its object
_DETERMINERS = members("determiner")
_LISTED = 3  # words between a determiner and its noun
_PREPOSITIONS = members("preposition")
_VERBAL = frozenset(("not", "never", "cannot", "unable", "fail", "fails", "failed", "failing", "failure", "yet"))
_COMPOSED = frozenset(("without", "free", "devoid", "lack", "lacks", "lacking", "absence", "absent", "negative"))
_SUBJECTS = frozenset(("he", "she", "they", "i", "we", "there"))
_EXISTENTIAL = (Kind.SHOW, Kind.SAY, Kind.JUDGE, Kind.HAVE)
_OPAQUE = members("opaque noun")


def judge_polarity(sentence: str, start: int, end: int, words: Sequence[Word]) -> Polarity:
    """How characters `start` up to `end` of a sentence in lower case are meant."""
    at = stance.find_word(words, start)
    clause = stance.find_clause(words, at, sentence, of_speakers=False)
    own = _judge_in_clause(sentence, end, words, at, clause)
    if (
        _is_conditional(sentence, start)
        or _PAST.match(sentence[end : end + _LONGEST])
        or _BEFORE.search(sentence, max(start - _LONGEST, 0), start)
    ):
        return Polarity.THOUGHT
    if own is Polarity.AFFIRMED and _is_thought(sentence, start):
        return Polarity.THOUGHT
    if own is not Polarity.THOUGHT and _KIN.search(sentence, max(start - _LONGEST, 0), start):
        return Polarity.THOUGHT
    return own


def _judge_in_clause(sentence: str, end: int, words: Sequence[Word], at: int, clause: stance.Clause) -> Polarity:
    if clause.context is Polarity.THOUGHT:
        return Polarity.THOUGHT
    denied = _find_denial(sentence, words, clause.first, at)
    if clause.context is Polarity.DENIED:
        if denied is not None:
            return Polarity.THOUGHT
        return _judge_denied_complement(words, clause.first, at, end)
    if _THOUGHT_BEHIND.match(sentence[end : end + _SHORT]):
        return Polarity.THOUGHT
    if _DENIED_BEHIND.match(sentence[end : end + _SHORT]):
        return Polarity.DENIED if denied is None and _is_head(words, clause.first, at) else Polarity.THOUGHT
    return Polarity.AFFIRMED if denied is None else denied


def is_asserted(start: int, words: Sequence[Word]) -> bool:
    """Whether the words from character `start`, which are not denied, are themselves what a sentence asserts.

    They are where something has, shows or is them; not where they are what a drug is for, or what one is asked about.
    """
    at = stance.find_word(words, start)
    number = at - 1
    while number >= 0:
        word = words[number]
        if word.text in _DEFINITE:
            return False
        if word.text == "of" or word.text == "with" or word.text in _PREPOSITIONS:
            before = words[number - 1] if number else None
            is_told = (
                before is not None and before.row is not None and before.row.kind in (*_EXISTENTIAL, Kind.EVIDENCE)
            )
            return is_told or word.text == "with"
        if word.text in LINKING or (word.row is not None and word.row.kind in (*_EXISTENTIAL, Kind.EVIDENCE)):
            return True
        if word.text in (";", ":") or at - number > _FARTHEST:
            return True
        if word.text.endswith(("ed", "es")) and number and words[number - 1].text in _SUBJECTS and word.row is None:
            return False
        number -= 1
    return at < _LISTED and words[0].text not in _SUBJECTS


def _is_head(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether word `at` is no group behind another noun: "the number of headaches", but "complaints of headaches"."""
    for number in range(at - 1, max(first, at - _LISTED) - 1, -1):
        word = words[number]
        if word.text in _PREPOSITIONS or word.text == "of":
            before = words[number - 1] if number > first else None
            return before is not None and before.row is not None and before.row.kind in (*_EXISTENTIAL, Kind.EVIDENCE)
        if _is_list(word):
            return True
    return True


def _judge_denied_complement(words: Sequence[Word], first: int, at: int, end: int) -> Polarity:
    """How a word is meant in a clause that is denied: "no evidence that …"."""
    if _is_definite(words, first, at):
        return Polarity.THOUGHT
    if any(word.text in LINKING or word.text in AUXILIARIES or word.row for word in words[first:at]):
        return Polarity.DENIED  # its object, or its predicate
    behind = [word for word in words[at : at + stance.FARTHEST] if word.start >= end]
    for number, word in enumerate(behind):
        if word.text in AUXILIARIES | LINKING:
            rest = " ".join(each.text for each in behind[number + 1 : number + 4])
            rest = rest.removeprefix("been ").removeprefix("be ")
            is_there = word.text in ("exist", "exists") or _EXISTING.match(rest)
            return Polarity.DENIED if is_there else Polarity.THOUGHT
    return Polarity.THOUGHT


def _find_denial(sentence: str, words: Sequence[Word], first: int, at: int) -> Polarity | None:
    """What the denials before word `at` of its clause make of it; None where none reaches it."""
    if at >= len(words):
        return None
    spared = [
        match.span()
        for match in _SPARED.finditer(sentence, words[max(at - stance.FARTHEST, first)].start, words[at].end)
    ]
    inner: int | None = None
    effect: Polarity | None = None
    for number in range(at - 1, first - 1, -1):
        word = words[number]
        aimed = number > 0 and words[number - 1].text in ("to", "can", "will", "would", "could")
        if not (word.denies or (_denies(word) and not aimed)) or any(a <= word.start < b for a, b in spared):
            continue
        if inner is not None:
            between = words[number + word.length : inner]
            composed = words[inner].text in _COMPOSED or _denies(words[inner])
            if (
                effect is Polarity.DENIED
                and composed
                and len(between) <= 1
                and not any(_is_list(each) for each in between)
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


def _is_list(word: Word) -> bool:
    return word.text in (",", "and", "or", "nor")


def _denies(word: Word) -> bool:
    """Whether a word is a verb of denying: "denied", "ruled out"; or "rather" of "rather than"."""
    row = word.row
    return (
        row is not None and row.kind is Kind.DENY and row.predicate in ("deny", "rule out", "exclude")
    ) or word.text == "rather"


def _reach(sentence: str, words: Sequence[Word], denial: int, at: int) -> Polarity | None:
    """What a denial makes of word `at` after it: DENIED, THOUGHT, or None where its scope ends before."""
    word, target = words[denial], words[at]
    if target.start - word.end > _LONGEST or _TURN.search(sentence, word.end, target.start):
        return None
    begin = denial + word.length
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
    if _has_own_verb(words, begin, at):
        return None
    is_open = _is_definite(words, begin, at) or _goes_astray(words, begin, at)
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
        return row.kind in (*_EXISTENTIAL, Kind.EVIDENCE, Kind.CERTAIN, Kind.NOT)
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
        if words[number].text in _SUBJECTS and number > begin and words[number - 1].text not in AUXILIARIES:
            return True
        if words[number].text != ",":
            continue
        following = words[number + 1 : number + 3]
        if following and following[0].text in ("and", "but", "or"):
            following = following[1:]
        if not following:
            continue
        row = following[0].row
        is_verb = row is not None and row.kind in _EXISTENTIAL and following[0].text.endswith(("s", "ed", "had"))
        if following[0].text in AUXILIARIES | {"with"} or is_verb:
            return True
    return False


def _has_own_verb(words: Sequence[Word], begin: int, at: int) -> bool:
    """Whether word `at` is the subject of a verb after ", and": "no redness, and swelling was noted"."""
    last = next((n for n in range(at - 1, begin - 1, -1) if words[n].text == "and"), None)
    if last is None or last == begin or words[last - 1].text != ",":
        return False
    for word in words[at + 1 : at + stance.FARTHEST]:
        if word.text in (",", ";", "and", "or", "but"):
            return False
        if word.text in BE | {"has", "had", "have"} or (word.text.endswith("ed") and word is words[at + 1]):
            return True
    return False


def _is_definite(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether word `at` has a definite determiner: "the stiffness", "his old headaches"."""
    for number in range(at - 1, max(first, at - _LISTED) - 1, -1):
        text = words[number].text
        if text in _DEFINITE:
            return True
        if (
            words[number].row is not None
            or text in AUXILIARIES
            or not text.isalpha()
            or _is_list(words[number])
            or text in _PREPOSITIONS
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
        if text in _PREPOSITIONS and number + 1 <= at and before is not None:
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


def _is_conditional(sentence: str, start: int) -> bool:
    """Whether what begins at a character belongs to a condition."""
    for match in _CONDITION.finditer(sentence, max(start - 2 * _LONGEST, 0), start):
        if _CONDITION_ENDS.search(sentence, match.end(), start) is None and start - match.end() < _LONGEST:
            return True
    return False


def _is_thought(sentence: str, start: int) -> bool:
    """Whether words before a character let what begins there be only thought of."""
    return any(
        start - match.end() < _SHORT and not _TURN.search(sentence, match.end(), start)
        for match in _THOUGHT.finditer(sentence, max(start - _LONGEST, 0), start)
    )
