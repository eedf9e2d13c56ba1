import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Edit,
    Finding,
    Fix,
    Importance,
    Letter,
    Pattern,
    Reading,
    Rule,
    Safety,
    knowledge,
    quote,
)

# A form in 's that is the subject of a verb in the plural; no name, such as "Tinel's", but an abbreviation.
PLURAL = Pattern(r"(?P<mark>['’])s (?:are|were|have)\b")
WORD = re.compile(r"\b(?!(?:it|that|there|here|what|who|he|she|let|one)\b)(?![A-Z][a-z])[A-Za-z]{2,}$")
LONGEST = 40  # characters of a word
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
            for hit in passage.find(PLURAL):
                mark = hit.place_of("mark")
                before = WORD.search(passage.text, max(mark.start - LONGEST, 0), mark.start)
                if before and not passage.is_quoted(before.start()):
                    word = passage.place(before.start(), mark.end + 1)
                    right = word.text.replace(mark.text, "")
                    fix = Fix(f"write {right}", (Edit(mark.span, ""),), Safety.SAFE)
                    yield Finding(word.span, f"a plural has no apostrophe: {quote(right)}", fix=fix)
            for hit in passage.find(POSSESSIVE):
                word = hit.place_of("word")
                if hit.group("next") not in NO_NOUN and not passage.is_quoted(word.start):
                    right = f"{word.text[:-1]}'s"
                    fix = Fix(f"write {right}", (Edit(word.span, right),), Safety.SAFE)
                    yield Finding(word.span, f"an apostrophe is missing: {quote(right)}", fix=fix)
