import re
from calendar import month_name
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Letter,
    Passage,
    Pattern,
    Reading,
    Rule,
    knowledge,
    quote,
)

# A small word that has a capital only at the start of a sentence, after a word without a punctuation mark.
CAPITAL = Pattern(
    r"(?P<word>He|She|It|His|Her|The|There|This|These|They|When|In|On|At|As|Given|Based|However|Therefore|If|While"
    r"|Although|After|Since|Per|For|A|An|No|Not|Has|Was|Is|Are|With|And|Or|But|Of|To|From) (?=[a-z])"
)
BEFORE = re.compile(r"[a-z]{2} $")
# Behind a comma, fewer words tell: a list may have names.
OPENERS = knowledge.function_words.members("word that opens a subject") - {"an", "no"}
BEHIND_COMMA = Pattern(r"(?<=[a-z]{2}), (?P<word>[A-Z][a-z]+)(?= [a-z])")
# The next entry of a list behind a length of time: "26 visits over 16 weeks Arthritis".
ENTRY = Pattern(r"\d (?:weeks|months|days|visits) (?P<word>[A-Z][a-z]{3,})\b")
# A sentence behind a bracket: "(e.g., massage, ultrasound) Active therapy is based".
BRACKET = Pattern(r"(?P<slip>\)(?<=[a-z]{3}.) (?P<word>[A-Z][a-z]+)) [a-z]+ (?=(?:is|are|was|were)\b)")
# What a request is for, and what a guideline recommends, behind a comma: no names, but for drugs and persons.
AFTER_GUIDELINE = Pattern(r"[Gg]uidelines?, (?P<word>[A-Z][a-z]{3,}) (?!and\b)(?=[a-z]+)")
ACCORDING = re.compile(r"(?:[Pp]er|[Aa]ccording to) [^:]*$")
TREATMENT = Pattern(r"(?P<before>[a-z] )?(?P<first>[A-Z][a-z]+) (?P<second>Therapy|(?<=Manual )Medicine) is\b")
# A small word behind a full stop: of a whole word, since an abbreviation is shorter.
SMALL = Pattern(r"(?P<slip>\.(?<=[a-z]{4}\.) (?P<word>[a-z]+))(?= [a-z])")
LAST_WORD = re.compile(r"[a-z]+$")
SMALL_WORDS = (OPENERS - {"a", "i"}) | {
    *("and", "but", "which", "who", "with", "for", "to", "is", "was", "has", "had", "are", "were")
}
LONG_ABBREVIATIONS = frozenset(("dept", "sect", "corp", "sept", "appt", "temp", "approx"))
# A side or a region before its noun, as in "of the Cervical spine".
DESCRIBING = Pattern(r"(?<=[a-z] )(?P<word>[A-Z][a-z]+)(?= [a-z]{3})")
DESCRIPTIONS = knowledge.numbers.SINGLE_WORDS.union(
    ("left", "right", "bilateral", "cervical", "thoracic", "lumbar", "lumbosacral", "sacral"),
    ("additional", "initial", "physical"),
)
NAMED = re.compile(
    r"\b(?:titled?|entitled|called|Section|states?|stated|quote[sd]?|Vitamin|vitamin|grade|Grade|type|Type|hepatitis)$"
)
# The end of a line that is short, or an item of a list: the next line begins anew.
BREAK = re.compile(r"(?:^|\n)[ \t]*(?:[-•*–][^\n]{0,90}|\S[^\n]{0,45})\r?\n\s*$")
MONTHS = frozenset(name.lower() for name in month_name)
COMMA = "behind a comma: a full stop belongs there, or a small letter"
STOP = "behind a full stop: a comma belongs there, or none, or a capital"
WITHIN = "in the middle of a sentence: a small letter belongs there"
MARGIN = 120  # characters before a word in which its line and the one before begin
CAPITALISED = re.compile(r"\b[A-Z][a-z]+ $")  # within a title: "Guideline From the Academy"


class SentenceCase(Rule):
    """A capital in the middle of a sentence, or a small letter at its beginning.

    A full stop is missing before the capital, or one too many stands before the small letter; or else the letter is
    wrong. Without the full stop, two statements are read as one.

    ```diff
    -The worker has had six visits with little relief, and no record says why twelve more
    +The worker has had six visits with little relief The records do not say why twelve more
    ```

    ```findings
    "The" "The" in the middle of a sentence: no full stop before it, or a wrong capital
    ```
    """

    code = "LAN010"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        titles = {dispute.title.span for dispute in letter.disputes}
        for passage in reading.written:
            for hit in passage.find(DESCRIBING):
                word = hit.place_of("word")
                if word.lower in DESCRIPTIONS and not passage.is_quoted(word.start):
                    yield Finding(hit.span, f'"{word.text}" {WITHIN}')
            if passage.prose.span in titles:
                continue
            for hit in passage.find(BEHIND_COMMA):
                word = hit.place_of("word")
                if word.lower in OPENERS and not passage.is_quoted(word.start):
                    yield Finding(hit.span, f'"{word.text}" {COMMA}')
            yield from _find_names(passage)
            yield from _find_entries(passage, letter)
            for hit in passage.find(SMALL):
                word = hit.place_of("word")
                before = LAST_WORD.search(passage.text, max(hit.place.start - MARGIN, 0), hit.place.start)
                if word.text not in SMALL_WORDS or (before and before.group() in LONG_ABBREVIATIONS):
                    continue
                if not passage.is_quoted(word.start):
                    yield Finding(hit.place_of("slip").span, f'"{word.text}" {STOP}')
            for hit in passage.find(CAPITAL):
                at = hit.place.start
                if (
                    BEFORE.search(passage.text[max(0, at - 4) : at])
                    and not passage.is_quoted(at)
                    and not NAMED.search(passage.text[max(0, at - 20) : at - 1])
                ):
                    word = hit.place_of("word")
                    if BREAK.search(letter.source.text, max(word.span.start - MARGIN, 0), word.span.start):
                        continue  # a new line after an item of a list, a heading or a label
                    # Within a title, or the letter of a group.
                    doubtful = word.text == "A" or CAPITALISED.search(passage.text, max(at - 40, 0), at)
                    message = f'"{word.text}" in the middle of a sentence: no full stop before it, or a wrong capital'
                    yield Finding(word.span, message, evidence=(Feature.OFTEN_RIGHT,) if doubtful else ())


def _find_names(passage: Passage) -> Iterator[Finding]:
    """Capitals of treatments, which are no names."""
    for hit in passage.find(AFTER_GUIDELINE):
        word = hit.place_of("word")
        is_name = passage.drugs_in(word) or knowledge.names.is_surname(word.text)
        if (
            knowledge.lexicon.is_known(word.lower)
            and not is_name
            and ACCORDING.search(word.before)
            and not passage.is_quoted(word.start)
        ):
            yield Finding(word.span, f'"{word.text}" {WITHIN}')
    for hit in passage.find(TREATMENT):
        first, word = hit.place_of("first"), hit.place_of("second")
        if not passage.is_quoted(word.start):
            span = (first if hit.group("before") else word).span._replace(end=word.span.end)
            name = quote(f"{first.text} {word.text}")
            yield Finding(span, f"{name}: a treatment is no name; it has small letters within a sentence")


def _find_entries(passage: Passage, letter: Letter) -> Iterator[Finding]:
    """Capitals with which a new sentence or entry of a list begins, without a mark before them."""
    for hit in passage.find(BRACKET):
        if not passage.drugs_in(hit.place_of("word")):
            yield Finding(hit.place_of("slip").span, "a full stop belongs behind the bracket")
    for hit in passage.find(ENTRY):
        word = hit.place_of("word")
        broken = BREAK.search(letter.source.text, max(word.span.start - MARGIN, 0), word.span.start)
        if word.lower not in MONTHS and not (broken or passage.drugs_in(word)):
            yield Finding(word.span, f'"{word.text}" begins anew: a full stop or a semicolon belongs before it')
