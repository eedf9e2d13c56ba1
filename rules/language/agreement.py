import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Finding,
    Hit,
    Importance,
    Letter,
    Passage,
    Pattern,
    Place,
    Reading,
    Rule,
    annotation,
    knowledge,
    quote,
    report_doubt,
)

THERE = Pattern(
    r"[Tt]here (?P<verb>is|was|has been) (?:also |still |currently "
    r"|otherwise )?(?P<noun>(?:[A-Za-z][A-Za-z'’/-]* ){0,6}[A-Za-z][A-Za-z'’-]*)"
)
# "There were a lack of", "There are no evidence": a plural verb before a singular noun.
THERE_ARE = Pattern(
    r"\b[Tt]here (?P<verb>are|were) (?:also |still |currently )?"
    r"(?P<noun>(?P<first>no|an?|little|mild|full|good|normal|further|some|clear|conflicting|insufficient|sufficient"
    r"|decreased|reduced|limited|objective|physiologic|evidence|reason|proof|documentation|indication|mention)(?: [A-Za-z][A-Za-z'’/-]*){1,6})"
)
ALONE = {"evidence", "reason", "proof", "documentation", "indication", "mention"}
MANY = re.compile(
    r"\b(?:number|few|couple|lot|total|variety|series|range|handful|host|multitude|minimum|maximum|hundred"
    rf"|dozen|many|several|both|(?!one\b)(?:{knowledge.numbers.COUNT_WORDS})"
    r"|people|men|women|children|feet|teeth|criteria|data|media|phenomena|stigmata|sequelae|bacteria|staff"
    r"|police|others|more|less|such)\b",
    re.IGNORECASE,
)
# Words with which the group of words around a noun ends.
ENDS = {
    "of", "for", "in", "to", "that", "which", "on", "with", "from", "at", "by", "and", "or", "is", "was", "are", "were",
    "documented", "noted", "found", "seen", "provided", "submitted", "regarding", "as", "but", "who", "where", "when",
    "about", "over", "upon", "after", "before", "since", "within", "through", "along", "during", "present", "evident",
    "available", "identified", "reported", "made", "given", "performed", "between", "concerning", "showing", "the", "he",
    "she", "it", "they", "this", "than", "because", "if", "such", "including", "how", "why", "whether", "what", "there",
}  # fmt: skip
COUNTED = {"degrees", "percent", "mm", "cm", "weeks", "months", "days", "years", "times", "hours", "minutes", "plus"}
# Words in -s that are singular, or both.
SINGULAR = re.compile(
    r"(?:ss|us|is|'s|’s|biceps|triceps|quadriceps|series|species|diabetes|forceps|herpes|rabies|lens|whereas|overseas"
    r"|always|perhaps|does|yes|means|sports)$"
)
SINGULAR_VERB = re.compile(r"(?:is|was)\b")
PLURAL_VERBS = {"is": "are", "was": "were", "has": "have", "has been": "have been", "does": "do"}
SINGULAR_VERBS = {"are": "is", "were": "was"}
# "A review of the records shows", "nothing in the records suggests": the verb belongs to the first noun.
OF = re.compile(
    r"\b(?P<head>[A-Za-z][A-Za-z0-9]*)(?: \d+)? (?:of|in|from|among|on|about|for|with|by|between|within) (?:[\w'’/-]+ ){0,7}$"
)
# "The figures that belong to his diagnosis are": the noun is no subject.
BEHIND_PREPOSITION = re.compile(
    r"\b(?:of|in|to|for|with|from|at|by|on|about|under|between|among|within|behind|beside) (?:[\w'’-]+ ){0,2}$"
)
VERB_SLIPS = ("a plural verb", "noun and verb differ in number")


class Agreement(Rule):
    """A plural with a verb in the singular, or the reverse: "Guidelines states", "There was no spasms".

    Such slips show that nobody read the letter again. Words in quotation marks come from a record and are
    not checked.

    ```diff
    -no record says why twelve more
    +there is no records that say why twelve more
    ```

    ```findings
    "is" "is" before the plural "records"; did you mean "are"?
    ```
    """

    code = "LAN012"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for passage in reading.written:
            for slip in passage.phrase_slips:
                if slip.kind == "agree" and not _has_other_subject(slip):
                    yield Finding(slip.place.span, _describe_slip(slip, passage))
            for hit in passage.find(THERE):
                head = _head_noun(hit)
                if head and _is_plural(head) and not passage.is_quoted(hit.place.start):
                    verb = hit.place_of("verb")
                    message = f'"{verb.text}" before the plural "{head}"; did you mean "{PLURAL_VERBS[verb.text]}"?'
                    yield Finding(verb.span, message)
            for hit in passage.find(THERE_ARE):
                head = _find_singular(hit)
                if head and not passage.is_quoted(hit.place.start):
                    verb = hit.place_of("verb")
                    message = f'"{verb.text}" before the singular "{head}"; did you mean "{SINGULAR_VERBS[verb.text]}"?'
                    yield Finding(verb.span, message)
        yield from (report_doubt(each) for each in reading.doubts if each.slip is annotation.Slip.AGREEMENT)
        for item in reading.items:
            if item.rationale and (finding := _judge_conclusion(item.rationale)):
                yield finding


def _has_other_subject(slip: annotation.PhraseSlip) -> bool:
    """Whether a noun before a preposition is the subject of the verb: "a review of the records shows"."""
    if slip.right not in VERB_SLIPS:
        return False
    text, end = slip.place.prose.text, slip.place.start
    if slip.right == "noun and verb differ in number" and BEHIND_PREPOSITION.search(text, max(0, end - 60), end):
        return True
    head = None
    while before := OF.search(text, max(0, end - 60), end):
        head, end = before["head"], before.start()  # "the value of the results of the reviews is"
    return head is not None and not (_is_plural(head) or MANY.fullmatch(head))


def _find_singular(hit: Hit) -> str | None:
    """The noun behind "there are" where it is a singular."""
    head = _head_noun(hit)
    if head is None or (head == hit.group("first") and head not in ALONE):
        return None
    noun = hit.place_of("noun")
    end = noun.text.find(head) + len(head)
    group, after = noun.text[:end], hit.prose.text[noun.start + end :][:5].lower()
    if MANY.search(group) or any(_is_plural(word) for word in group.split()):
        return None
    goes_on = after.startswith((" and", " or ", ",", "/", " nor"))
    return head if head.islower() and not head.endswith("s") and not goes_on else None


def _judge_conclusion(rationale: Passage) -> Finding | None:
    """The finding on a conclusion like "Bilateral hearing aids is not medically necessary"."""
    conclusion = rationale.conclusion
    verb = SINGULAR_VERB.match(conclusion.place.text) if conclusion else None
    if conclusion is None or verb is None:
        return None
    words = re.split(r"[.,;:] ", conclusion.subject.text)[-1].split()
    named = 0 < len(words) < 5 and not any(word.casefold() in ENDS or not word.isalpha() for word in words)
    plural = (
        named
        and words[-1].endswith("s")
        and not SINGULAR.search(words[-1].casefold())
        and words[0].casefold() not in ("the", "a", "an", "this", "such")
    )
    if not plural:
        return None
    subject, right = quote(" ".join(words)), PLURAL_VERBS[verb.group()]
    message = f'"{verb.group()}" after the plural {subject}; did you mean "{right}"?'
    return Finding(conclusion.place.part(*verb.span()).span, message)


def _describe_slip(slip: annotation.PhraseSlip, passage: Passage) -> str:
    wrong = slip.place.text
    match slip.right:
        case "a plural verb":
            meant = _write_plural_verb(slip.place, passage)
            return "a singular verb after a plural" + (f"; did you mean {quote(meant)}?" if meant else "")
        case "noun and verb differ in number" if " " in wrong:
            return f"{quote(wrong)}: noun and verb do not agree in number"
        case "noun and verb differ in number":
            return f'did you mean "{wrong[:-1]}ies"?' if wrong.endswith("y") else f'did you mean "{wrong}s"?'
        case "is":
            return f"did you mean {quote(wrong.replace('are', 'is', 1))}?"
        case "the plural" | "sessions":
            return f'did you mean "{wrong}s"?'
        case right:
            return f'did you mean "{right}"?'


def _write_plural_verb(place: Place, passage: Passage) -> str | None:
    """The words of a place with the plural of their verb; None where it is not known."""
    words = place.text.split()
    for i, word in enumerate(words):
        if word.casefold() in PLURAL_VERBS:
            return " ".join([*words[:i], PLURAL_VERBS[word.casefold()], *words[i + 1 :]])
    last = passage.tokens[passage.tokens.index_at(place.end - len(words[-1]))]
    return " ".join([*words[:-1], last.lemma]) if last.lemma != last.lower else None


def _head_noun(hit: Hit) -> str | None:
    """The noun that the words behind "there is" are about: the last before what cannot belong to it."""
    noun = hit.place_of("noun")
    words = noun.text.split()
    group: list[str] = []
    for word in words:
        of_initials = word in ("or", "and") and bool(group) and group[-1].isupper()  # "EMG or MRI studies"
        if word.casefold() in ENDS and not of_initials:
            break
        group.append(word)
    end = noun.start + len(" ".join(group))
    after = hit.prose.text[end : end + 3]
    if not group or re.match(r"[-/]| [\d\"“(]", after) or {word.casefold() for word in group} & COUNTED:
        return None
    if words[len(group) : len(group) + 1] in (["or"], ["and"]) and not group[-1].isupper():
        return group[-1] if group[0] == "no" or len(group) > 1 else None
    if len(group) == 7:
        return None  # the group goes on
    return group[-1]


def _is_plural(word: str) -> bool:
    lower = word.casefold()
    if word.isupper() or len(lower) < 5 or not lower.endswith("s") or SINGULAR.search(lower):
        return False
    singulars = (lower[:-1], lower[:-2], f"{lower[:-3]}y")
    return knowledge.lexicon.is_known(lower) and any(map(knowledge.lexicon.is_known, singulars))
