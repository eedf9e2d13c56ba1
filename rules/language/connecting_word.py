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
)

SUBJECTS = knowledge.function_words.members("word that opens a subject")
SUBJECT = rf"(?=(?i:{knowledge.function_words.alternatives('word that opens a subject')})\b)"
# Words that connect a sentence with the one before, and are set off from it: at its beginning, with their capital.
OPENING = Pattern(
    rf"(?<![^.?!;] )(?<![^ ])(?P<word>(?=[A-Z])(?i:{knowledge.function_words.alternatives('conjunct')}))"
    r" (?P<next>[A-Za-z]+)\b"
)
# Before any word but a subject these may mean something else: "However much", "As such films are dear".
ONLY_BEFORE_SUBJECT = frozenset(("However", "As such"))
# "Also there is": "also" is no part of what follows.
ALSO = Pattern(
    rf"(?<![^.?!;] )(?<![^ ])(?P<word>Also) (?:there|{knowledge.function_words.alternatives('subject pronoun')})\b"
)
# "; therefore it"
BEHIND_SEMICOLON = Pattern(rf"; (?P<word>(?i:{knowledge.function_words.alternatives('conjunct')})) {SUBJECT}")
# "however" between two sentences, with the comma of a clause before it and none behind.
JOINING = Pattern(rf"(?<=\w)(?P<mark>,) (?P<word>however|nevertheless|nonetheless) (?:(?=[A-Z])|{SUBJECT})")
# "therefore" between two sentences with commas only.
BETWEEN = Pattern(rf"(?<=[a-z]{{2}})(?P<mark>,) (?P<word>therefore), {SUBJECT}")
# "therefore" between two sentences without any mark.
RUN_ON = Pattern(r"\b(?P<before>[a-z0-9]+)\)? (?P<word>therefore) (?=(?:the|this|it|these|they|he|she)\b)")
GOES_ON = frozenset(("and", "but", "that", "which", "or", "so", "not")).union(
    *map(knowledge.function_words.members, ("auxiliary", "be", "preposition", "determiner", "linking verb"))
)


class ConnectingWord(Rule):
    """A connecting word, such as "However", without its comma, or with a comma where a sentence ends.

    "However the records" is read at first as "in whatever way"; ", however the records" runs two sentences into one.

    ```diff
    -The worker has had six visits with little relief, and no record says why twelve more
    +However the worker has had six visits with little relief, however no record says why twelve more
    ```

    ```findings
    "However" a comma belongs behind "However"
      fix (suggested): insert a comma
    ", however" two sentences are run together: a semicolon belongs before "however", and a comma behind it
      fix (safe): write ; however,
    ```
    """

    code = "LAN022"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for passage in reading.written:
            for word in _find_opening(passage):
                if not passage.is_quoted(word.start):
                    end = word.span._replace(start=word.span.end)
                    # "However the record is read" may also mean "in whatever way".
                    safety = Safety.SUGGESTED if word.text == "However" else Safety.SAFE
                    fix = Fix("insert a comma", (Edit(end, ","),), safety)
                    yield Finding(word.span, f'a comma belongs behind "{word.text}"', fix=fix)
            for hit in passage.find(RUN_ON):
                word = hit.place_of("word")
                if hit.group("before") not in GOES_ON and not passage.is_quoted(word.start):
                    yield Finding(word.span, 'two sentences are run together: a semicolon belongs before "therefore"')
            for hit in passage.find(BETWEEN):
                mark, word = hit.place_of("mark"), hit.place_of("word")
                if not passage.is_quoted(word.start):
                    fix = Fix("write a semicolon", (Edit(mark.span, ";"),), Safety.SUGGESTED)
                    message = 'two sentences are run together: a semicolon belongs before "therefore"'
                    yield Finding(mark.span._replace(end=word.span.end), message, fix=fix)
            for hit in passage.find(JOINING):
                mark, word = hit.place_of("mark"), hit.place_of("word")
                if passage.is_quoted(word.start):
                    continue
                message = (
                    f'two sentences are run together: a semicolon belongs before "{word.text}", and a comma behind it'
                )
                edits = (Edit(mark.span, ";"), Edit(word.span._replace(start=word.span.end), ","))
                fix = Fix(f"write ; {word.text},", edits, Safety.SAFE)
                yield Finding(mark.span._replace(end=word.span.end), message, fix=fix)


def _find_opening(passage: Passage) -> Iterator[Place]:
    """The connecting words at the beginning of a sentence, or behind a semicolon, that no comma follows."""
    for hit in passage.find(OPENING):
        word, following = hit.place_of("word"), hit.group("next")
        opens_subject = following.lower() in SUBJECTS
        if opens_subject or (
            following.islower()
            and following not in GOES_ON
            and not following.endswith("ed")
            and word.text not in ONLY_BEFORE_SUBJECT
        ):
            yield word
    for hit in (*passage.find(ALSO), *passage.find(BEHIND_SEMICOLON)):
        yield hit.place_of("word")
