import re
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
    Span,
)

TWICE = {"had", "beri", "pago", "her", "so", "very", "boutros", "walla"}  # words that may be right twice in a row
WHAT = Pattern(r"\b(?:what|where|who|how|whether|that) [^.,;]{1,50} $", re.IGNORECASE)
VERBS = {
    "is",
    "was",
    "were",
    "are",
    "will",
    "would",
    "has",
    "had",
    "can",
    "could",
    "may",
    "might",
    "should",
    "does",
    "did",
}
LEFT_WHAT = {"no", "little", "few", "some", "much", "the", "a", "him", "her", "it"}
SMALL = {"the", "a", "an", "of", "to", "in", "and", "or", "for", "with", "on", "at", "by", "from", "as", "was", "be"}


class DoubledWord(Rule):
    """The same word twice in a row.

    The eye passes over it. "Had had" and the like may be right and are not reported; "that that" is,
    since it is more often wrong than right.

    ```diff
    -A supply of sixty tablets goes well beyond such a course
    +A supply of of sixty tablets goes well beyond such a course
    ```

    ```findings
    "of of" "of" twice in a row
      fix (suggested): delete the second
    ```
    """

    code = "LAN006"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for passage in reading.written:
            for word, again, words in passage.repeats:
                if len(words) > 1:
                    continue
                if again.text == "is" and WHAT.search(passage.text, max(word.start - 60, 0), word.start):
                    continue  # "what the problem is is unclear"
                if again.text == "that" and _find_word_behind(passage, again) in VERBS:
                    continue  # "he said that that is right"
                if again.text == "left" and _find_word_behind(passage, again) in LEFT_WHAT:
                    continue  # "the signs on the left left no doubt"
                if word.text.casefold() in TWICE or (len(word.text) == 1 and word.text != "a"):
                    continue
                if _is_slip(word, again):
                    span = Span(word.span.start, again.span.end)
                    edit = Edit(Span(word.span.end, span.end), "")
                    yield Finding(
                        span, f'"{word.text}" twice in a row', fix=Fix("delete the second", (edit,), Safety.SUGGESTED)
                    )


def _find_word_behind(passage: Passage, place: Place) -> str:
    """The word after a place, in lower case; "" at the end of the text."""
    number = passage.tokens.index_at(place.end)
    return passage.tokens.lower[number] if number < len(passage.tokens) else ""


def _is_slip(word: Place, again: Place) -> bool:
    """Whether a word and the same word behind it are no name and no part of a compound."""
    text, first, second = word.prose.text, word.text, again.text
    if text[word.end : again.start] != " " or (second[0].isupper() and not first[0].isupper()):
        return False  # "in In re"
    if text[word.start - 1 : word.start] in ("-", "/") or text[again.end : again.end + 1] in ("-", "/"):
        return False
    named = first[0].isupper() and second[0].isupper() and not first.isupper()  # "Walla Walla"
    return not named or first.casefold() in SMALL
