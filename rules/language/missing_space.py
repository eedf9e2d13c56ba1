import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Edit,
    Finding,
    Fix,
    Hit,
    Importance,
    Letter,
    Pattern,
    Reading,
    Rule,
    Safety,
    knowledge,
    quote,
)

# A full stop or question mark right before the next sentence; a comma or semicolon right before the next word.
STOP = re.compile(r"[.?!](?P<next>[A-Z][a-z]+|[AI](?= ))")
COMMA = re.compile(r"[,;](?P<next>[A-Za-z][a-z]+)")
BEFORE = {STOP: re.compile(r"[a-z0-9)%”\"]"), COMMA: re.compile(r"[a-z)]")}
# A number run together with a unit that is written out: "75inches"; "50mg" is common.
UNIT = Pattern(r"(?P<number>\d+)(?P<unit>[a-z]{5,})\b")
MARKS = {".": "full stop", "?": "question mark", "!": "exclamation mark", ",": "comma", ";": "semicolon"}
ABBREVIATED = re.compile(r"(?:\b(?:[A-Za-z]|www|http\S*|Ph|vs|Dr|St|No|Inc|U\.S|D\.C|M)|\S*(?:@|[A-Za-z]/)\S*)$")
ADDRESS = Pattern(r"\.(?:com|org|gov|edu|net|htm)", re.IGNORECASE)


class MissingSpace(Rule):
    """No space after a full stop, a comma or a semicolon.

    Two sentences run into one where a letter is dictated or pasted together. Abbreviations, numbers,
    codes and addresses are not reported.

    ```diff
    -Six visits of
    -physical therapy in April and May of 2017 gave little relief. She takes naproxen.
    +Six visits of
    +physical therapy in April and May of 2017 gave little relief.She takes naproxen.
    ```

    ```findings
    "She" no space between the full stop and "She"
      fix (safe): insert a space
    ```
    """

    code = "LAN003"
    category = Category.MALFORMED
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for passage in reading.written:
            for pattern in (STOP, COMMA):
                for hit in passage.find(pattern):
                    before = passage.text[max(0, hit.place.start - 1) : hit.place.start]
                    if BEFORE[pattern].match(before) and _parts_words(hit):
                        span = hit.place_of("next").span
                        fix = Fix("insert a space", (Edit(span._replace(end=span.start), " "),), Safety.SAFE)
                        yield Finding(
                            span, f'no space between the {MARKS[hit.text[0]]} and "{hit.group("next")}"', fix=fix
                        )
            for hit in passage.find(UNIT):
                if knowledge.units.is_unit(hit.group("unit")) and not passage.is_quoted(hit.place.start):
                    span = hit.place_of("unit").span
                    fix = Fix("insert a space", (Edit(span._replace(end=span.start), " "),), Safety.SAFE)
                    message = f"no space between {quote(hit.group('number'))} and {quote(hit.group('unit'))}"
                    yield Finding(hit.span, message, fix=fix)


def _parts_words(hit: Hit) -> bool:
    """Whether a mark is between two words, and in no abbreviation, code or address."""
    text, following = hit.prose.text, hit.group("next")
    start, at = text.rfind(" ", 0, hit.place.start) + 1, hit.place_of("next").start
    word, run = text[start : at - 1], text[start : (text.find(" ", at) + 1 or len(text))]
    if ABBREVIATED.search(word) or ADDRESS.search(run) or "://" in run or "www" in run:
        return False
    return knowledge.lexicon.is_known(following.casefold()) or following in ("A", "I")
