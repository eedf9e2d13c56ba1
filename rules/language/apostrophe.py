from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Edit,
    Finding,
    Fix,
    Hit,
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

LASTING = knowledge.function_words.alternatives("noun of what lasts")
HAD = knowledge.function_words.members("noun of what a worker has")
KINDS = frozenset(("current", "physical", "medical", "subjective", "chief", "past", "own", "low", "left", "right"))
# A form in 's that is the subject of a verb in the plural; no name, such as "Tinel's", but an abbreviation.
PLURAL = Pattern(
    r"\b(?P<word>(?!(?:it|that|there|here|what|who|he|she|let|one)\b)(?![A-Z][a-z])[A-Za-z]{2,}(?P<mark>['’])s)"
    r" (?:are|were|have)\b"
)
# Initials in 's before a mark or a conjunction, which cannot be what they possess: "TCA's."
INITIALS = Pattern(r"(?P<word>[A-Z]{2,5}(?P<mark>['’])s)(?=[.,;:)])")
# The plural of an abbreviation has a small "s".
CAPITAL_S = Pattern(r"\b(?P<word>NSAIDS)\b")
# "the guidelines recommendation", and what a guideline has.
OF_GUIDELINES = Pattern(r"\b(?P<word>[Gg]uidelines) (?P<next>recommendations?|criteria)\b(?! (?:that|the)\b)")
# "three months coverage": a length of time that is no compound takes the mark of a genitive.
LENGTH = Pattern(
    rf"\b(?P<number>\w+) (?P<word>{knowledge.function_words.alternatives('plural measure')}) (?P<next>{LASTING})\b"
)
# "the claimant physical exam"
OF_WORKER = Pattern(
    rf"[Tt]h(?:e|is) (?P<word>{knowledge.wordings.any_of('worker')}) (?:(?P<kind>[a-z]+) )?(?P<next>[a-z]+)\b"
)
# The worker of a letter, who is one, before a word that may be what is theirs.
POSSESSIVE = Pattern(
    rf"\b(?i:this|that|the(?= injured )) (?:injured )?(?P<word>{knowledge.wordings.any_of('worker')}s) (?P<next>[a-z]+)\b"
)
NO_NOUN = frozenset(("who", "whose", "had", "did", "do", "does", "can", "will", "all", "also")).union(
    *map(knowledge.function_words.members, ("auxiliary", "be", "preposition", "determiner", "linking verb"))
)


class Apostrophe(Rule):
    """An apostrophe in a plural, or none in a possessive: "MRI's are reserved", "the injured workers lumbar spine".

    With the apostrophe a plural is a possessive, and without it a possessive is a plural: the sentence is read twice.

    ```diff
    -She takes naproxen.
    +She takes naproxen. Two MRI's were normal. The injured workers lumbar spine was tender.
    ```

    ```findings
    "MRI's" a plural has no apostrophe: "MRIs"
      fix (safe): write MRIs
    "workers" an apostrophe is missing: "worker's"
      fix (safe): write worker's
    ```
    """

    code = "LAN023"
    category = Category.MALFORMED
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for passage in reading.written:
            for hit in (*passage.find(PLURAL), *passage.find(INITIALS)):
                word, mark = hit.place_of("word"), hit.place_of("mark")
                if not passage.is_quoted(word.start):
                    right = word.text.replace(mark.text, "")
                    fix = Fix(f"write {right}", (Edit(mark.span, ""),), Safety.SAFE)
                    yield Finding(word.span, f"a plural has no apostrophe: {quote(right)}", fix=fix)
            for word in (hit.place_of("word") for hit in passage.find(CAPITAL_S)):
                right = f"{word.text[:-1]}s"
                fix = Fix(f"write {right}", (Edit(word.span, right),), Safety.SAFE)
                yield Finding(word.span, f"the plural of an abbreviation has a small s: {quote(right)}", fix=fix)
            for word, right in _find_possessives(passage):
                if not passage.is_quoted(word.start):
                    fix = Fix(f"write {right}", (Edit(word.span, right),), Safety.SAFE)
                    yield Finding(word.span, f"an apostrophe is missing: {quote(right)}", fix=fix)


def _find_possessives(passage: Passage) -> Iterator[tuple[Place, str]]:
    """The words that lack the mark of a genitive, each as it should be."""
    for hit in passage.find(POSSESSIVE):
        if hit.group("next") not in NO_NOUN:
            yield hit.place_of("word"), f"{hit.group('word')[:-1]}'s"
    for hit in (*passage.find(OF_GUIDELINES), *_find_lengths(passage)):
        yield hit.place_of("word"), f"{hit.group('word')}'"
    for hit in passage.find(OF_WORKER):
        if hit.group("next") in HAD and (not hit.group("kind") or hit.group("kind") in KINDS):
            yield hit.place_of("word"), f"{hit.group('word')}'s"


def _find_lengths(passage: Passage) -> Iterator[Hit]:
    for hit in passage.find(LENGTH):
        number = hit.group("number").lower()
        if number.isdecimal() or number in knowledge.numbers.SINGLE_WORDS:
            yield hit
