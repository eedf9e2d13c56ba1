import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Prose, Reading, Rule, Safety, Span

TWICE = {"had", "beri", "pago", "her", "so", "very", "boutros", "walla"}  # words that may rightly stand twice
WHAT = re.compile(r"\b(?:what|where|who|how|whether|that) [^.,;]{1,50} $", re.IGNORECASE)
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
NAMES = {"the", "a", "an", "of", "to", "in", "and", "or", "for", "with", "on", "at", "by", "from", "as", "was", "be"}


class DoubledWord(Rule):
    """The same word twice in a row.

    A slip of the hand that the eye passes over. "Had had" and the like may be right and are left
    alone; "that that" is reported, since it is a slip more often than not.

    ```diff
    -A supply of sixty tablets goes well beyond such a course
    +A supply of of sixty tablets goes well beyond such a course
    ```

    ```findings
    "of of" the same word twice
      fix (suggested): leave one
    ```
    """

    code = "LAN006"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for prose in spelling.texts(letter):
            for first, size in repeats.of(prose):
                word, again = words.of(prose)[first - 1], words.of(prose)[first]
                after = words.of(prose).lower[first + 1 : first + 2]
                if again.text == "is" and WHAT.search(prose.text, max(word.start - 60, 0), word.start):
                    continue  # "what the problem is is unclear"
                if again.text == "that" and after and after[0] in VERBS:
                    continue  # "he said that that is right"
                if size == 1 and word.text.casefold() not in TWICE and (len(word.text) > 1 or word.text == "a"):
                    yield from _doubled(prose, word.start, word.end, again.start, again.end)


def _doubled(prose: Prose, start: int, end: int, again: int, stop: int) -> Iterator[Finding]:
    first, second = prose.text[start:end], prose.text[again:stop]
    if prose.text[end:again] != " " or (second[0].isupper() and not first[0].isupper()):
        return  # "Walla Walla", "in In re": names and titles
    if prose.text[start - 1 : start] in ("-", "/") or prose.text[stop : stop + 1] in ("-", "/"):
        return
    if first[0].isupper() and second[0].isupper() and first.casefold() not in NAMES and not first.isupper():
        return
    place = Span(prose.place(start, end).start, prose.place(again, stop).end)
    gone = Span(prose.place(start, end).end, place.end)
    yield Finding(place, "the same word twice", fix=Fix("leave one", (Edit(gone, ""),), Safety.SUGGESTED))
