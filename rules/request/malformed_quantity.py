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

# "6:00": a count that a spreadsheet took for a time of day. "x4x". "#6O": a letter for a figure.
AS_TIME = re.compile(r"(?<!\d)(?P<right>\d+)(?P<wrong>:00)(?![\d:]| ?[ap]\.?m)", re.IGNORECASE)
CROSSED = re.compile(r"\bx ?(?P<right>\d+) ?(?P<wrong>x)\b", re.IGNORECASE)
LETTERED = re.compile(r"#\s?(?P<wrong>\d*[OlI]\d*)(?=\W|$)")
FIGURE = re.compile(r"\((?P<figure>\d{1,3})\)")
WORD = Pattern(rf"\b(?P<word>{knowledge.numbers.WORDS}) ?$", re.IGNORECASE)
LIKE = {"O": "0", "l": "1", "I": "1"}


class MalformedQuantity(Rule):
    """A quantity that is not a number, or that gives two different numbers.

    "QUANTITY :6:00" may be six or six hundred; "THREE (2)" is three or two. How much was refused must
    be a number that can be read in one way only.

    ```diff
    -Physical therapy for the right shoulder, two times a week for six weeks (12 visits): Upheld
    +Physical therapy for the right shoulder, two times a week for six (8) weeks: Upheld
    ```

    ```findings
    "six (8)" "six" in words, "8" in figures
    ```
    """

    code = "REQ009"
    category = Category.MALFORMED
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for title in reading.titles:
            for pattern in (AS_TIME, CROSSED):
                for hit in title.find(pattern):
                    edit = Edit(hit.place_of("wrong").span, "")
                    right = hit.group("right")
                    fix = Fix(f"write {right}", (edit,), Safety.SUGGESTED)
                    yield Finding(hit.span, f"{quote(hit.text)} is not a number; did you mean {right}?", fix=fix)
            for hit in title.find(LETTERED):
                if any(character.isdigit() for character in hit.text):
                    right = "".join(LIKE.get(character, character) for character in hit.group("wrong"))
                    fix = Fix(f"write {right}", (Edit(hit.place_of("wrong").span, right),), Safety.SUGGESTED)
                    message = f"{quote(hit.text)} has a letter for a figure; did you mean {right}?"
                    yield Finding(hit.span, message, fix=fix)
        for passage in (*reading.titles, *reading.passages):
            for hit in passage.find(FIGURE):
                word = WORD.search(passage.text, max(hit.place.start - 14, 0), hit.place.start)
                if word and knowledge.numbers.value(word["word"]) != float(hit.group("figure")):
                    span = passage.place(word.start(), hit.place.end).span
                    message = f"{quote(word['word'])} in words, {quote(hit.group('figure'))} in figures"
                    yield Finding(span, message)
