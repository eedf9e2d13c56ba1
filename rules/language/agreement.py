import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Prose, Reading, Rule, knowledge

THERE = re.compile(
    r"[Tt]here (?P<verb>is|was|has been) (?:also |still |currently "
    r"|otherwise )?(?P<noun>(?:[A-Za-z][A-Za-z'’/-]* ){0,6}[A-Za-z][A-Za-z'’-]*)"
)
# "There were a lack of", "There are no evidence": a plural verb before a singular.
THERE_ARE = re.compile(
    r"\b[Tt]here (?P<verb>are|were) (?:also |still |currently )?"
    r"(?P<noun>(?P<first>no|an?|little|mild|full|good|normal|further|some|clear|conflicting|insufficient|sufficient"
    r"|decreased|reduced|limited|objective|physiologic|evidence|reason|proof|documentation|indication|mention)(?: [A-Za-z][A-Za-z'’/-]*){1,6})"
)
ALONE = {"evidence", "reason", "proof", "documentation", "indication", "mention"}
MANY = re.compile(
    r"\b(?:number|few|couple|lot|total|variety|series|range|handful|host|multitude|minimum|maximum|hundred"
    r"|dozen|many|several|both|two|three"
    r"|people|men|women|children|feet|teeth|criteria|data|media|phenomena|stigmata|sequelae|bacteria|staff"
    r"|police|others|more|less|such)\b",
    re.IGNORECASE,
)
# Where the group of words around a noun ends.
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
# A review of the records shows: the verb belongs to the first noun.
OF = re.compile(
    r"\b(?:one|each|any|none|either|neither|review|summary|copy|section|lack|absence|number|set|part|chapter"
    r"|portion|interpretation|version|update) of (?:[\w'/-]+ ){0,4}$",
    re.IGNORECASE,
)


class Agreement(Rule):
    """A plural with a verb in the singular, or the reverse: "Guidelines states", "There was no spasms".

    Words in quotation marks are the record's own and are left as they are.

    ```diff
    -no record says why twelve more
    +there is no records that say why twelve more
    ```

    ```findings
    "is" the plural "records" follows
    ```
    """

    code = "LAN012"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for slip in (slip for slip in grammar.slips(letter) if slip.kind == "agree"):
            if not OF.search(slip.prose.text[max(0, slip.start - 60) : slip.start]):
                yield Finding(slip.prose.place(slip.start, slip.end), _said(slip.right))
        for prose in spelling.texts(letter):
            for match in THERE.finditer(prose.text):
                head = _head(match["noun"], prose, match.start("noun"))
                if head and _plural(head) and not quotes.quoted(prose, match.start()):
                    yield Finding(prose.place(*match.span("verb")), f'the plural "{head}" follows')
            for match in THERE_ARE.finditer(prose.text):
                if _singular(match, prose) and not quotes.quoted(prose, match.start()):
                    yield Finding(prose.place(*match.span("verb")), "a singular follows")
        for dispute in letter.disputes:
            if dispute.rationale and (place := _concluded(dispute.rationale)):
                yield Finding(dispute.rationale.place(*place), "a plural with a verb in the singular")


def _singular(match: re.Match[str], prose: Prose) -> bool:
    """Whether what follows "there are" is one thing."""
    head = _head(match["noun"], prose, match.start("noun"))
    if head is None or (head == match["first"] and head not in ALONE):
        return False
    end = match["noun"].find(head) + len(head)
    group, after = match["noun"][:end], prose.text[match.start("noun") + end :][:5].lower()
    if MANY.search(group) or any(_plural(word) for word in group.split()):
        return False
    return head.islower() and not head.endswith("s") and not after.startswith((" and", " or ", ",", "/", " nor"))


def _concluded(rationale: Prose) -> tuple[int, int] | None:
    """The verb of a conclusion behind a plural: "Bilateral hearing aids is not medically necessary"."""
    verdict = conclusions.conclusion(rationale)
    verb = SINGULAR_VERB.match(rationale.text, verdict.start) if verdict else None
    if verdict is None or verb is None:
        return None
    words = re.split(r"[.,;:] ", rationale.text[verdict.subject[0] : verdict.subject[1]])[-1].split()
    named = 0 < len(words) < 5 and not any(word.casefold() in ENDS or not word.isalpha() for word in words)
    plural = (
        named
        and words[-1].endswith("s")
        and not SINGULAR.search(words[-1].casefold())
        and words[0].casefold() not in ("the", "a", "an", "this", "such")
    )
    return verb.span() if plural else None


def _said(right: str) -> str:
    if right.startswith("noun and verb"):
        return right
    return f'"{right}" is due here' if right in ("is", "sessions") else f"{right} is due here"


def _head(words: str, prose: Prose, start: int) -> str | None:
    """The noun that a group of words is about: the last before what cannot belong to it."""
    group: list[str] = []
    for word in words.split():
        of_initials = word in ("or", "and") and bool(group) and group[-1].isupper()  # "EMG or MRI studies"
        if word.casefold() in ENDS and not of_initials:
            break
        group.append(word)
    end = start + len(" ".join(group))
    after = prose.text[end : end + 3]
    if not group or re.match(r"[-/]| [\d\"“(]", after) or {word.casefold() for word in group} & COUNTED:
        return None
    if words.split()[len(group) : len(group) + 1] in (["or"], ["and"]) and not group[-1].isupper():
        return group[-1] if group[0] == "no" or len(group) > 1 else None
    if len(group) == 7:
        return None  # the group goes on
    return group[-1]


def _plural(word: str) -> bool:
    lower = word.casefold()
    if word.isupper() or len(lower) < 5 or not lower.endswith("s") or SINGULAR.search(lower):
        return False
    singulars = (lower[:-1], lower[:-2], f"{lower[:-3]}y")
    return knowledge.lexicon.known(lower) and any(map(knowledge.lexicon.known, singulars))
