import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from imrlint.rulekit import Category, Finding, Hit, Importance, Letter, Note, Reading, RightWords, Rule, quote

# First parts of compounds that are written as one word, with a hyphen, or as two words; with their second parts.
SECONDS = {
    "post": "injections?|operative(?:ly)?|surgical(?:ly)?|op|traumatic",
    "pre": "operative(?:ly)?|surgical(?:ly)?|op",
    "non": "certified|industrial|surgical|operative",
    "intra": "articular|operative(?:ly)?",
    "anti": "inflammatory|inflammatories",
    "follow": "ups?",
    "work": "ups?",
    "check": "ups?",
}
COMPOUNDS = {
    first: re.compile(rf"[{first[0]}{first[0].upper()}]{first[1:]}(?P<joint>[- ]?)(?P<second>{seconds})\b")
    for first, seconds in SECONDS.items()
}

NOUN = re.compile(r"\b(?:an?|the|his|her|this|that|each|next|no|any|for|of|in|at|after|until|as) (?:[a-z]+ )?$")
LINE_END = re.compile(r"-\s*\n")  # whether the hyphen belongs to the word cannot be told


@dataclass(frozen=True)
class VariantSpelling(Rule):
    """One compound spelled in two ways in a letter: post-injection here, postinjection there.

    Either may be right; a letter should keep to one. The finding is at the rarest spelling, and a letter
    has one at most. Words in quotation marks, names of sections of guidelines, and hyphens at the end of a
    line are left alone.

    ```diff
    -A supply of sixty tablets goes well beyond such a course
    +In the preoperative and the pre-operative phase a supply of sixty tablets goes well beyond such a course
    ```

    ```findings
    "pre-operative" spelled "pre-operative" here, "preoperative" elsewhere
      "preoperative" spelled this way here
    ```
    """

    code = "LAN017"
    category = Category.STYLE
    importance = Importance.LOW

    words: Annotated[tuple[str, ...], "words to accept as right"] = ()

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        right = RightWords.of(self.words)
        written = sorted(reading.written, key=lambda passage: passage.prose.span)
        clauses = [clause for dispute in letter.disputes for clause in dispute.clauses]
        sections = (section.span for each in clauses for cited in each.citations for section in cited.sections)
        named = {at for span in sections for at in range(span.start, span.end)}
        for first, pattern in COMPOUNDS.items():
            if not any(first in passage.tokens.distinct for passage in written):
                continue  # it is one word everywhere
            hits = [
                hit
                for passage in written
                for hit in passage.find(pattern)
                if not (passage.is_quoted(hit.place.start) or _is_verb(hit) or hit.text in right)
                and hit.span.start not in named
                and not LINE_END.search(letter.source[hit.span])
            ]
            if finding := _compare_spellings(hits):
                yield finding
                return


def _is_verb(hit: Hit) -> bool:
    """Whether two words are a verb with its particle: "will follow up", where the noun is "follow-up"."""
    return hit.group("joint") == " " and hit.group("second").startswith("up") and not NOUN.search(hit.place.before)


def _compare_spellings(hits: list[Hit]) -> Finding | None:
    """The finding on the first compound that is spelled in two ways, at a place of the rarer spelling."""
    for second in dict.fromkeys(hit.group("second").removesuffix("s") for hit in hits):
        same = [hit for hit in hits if hit.group("second").removesuffix("s") == second]
        joints = Counter(hit.group("joint") for hit in same)
        if len(joints) > 1:
            usual = joints.most_common(1)[0][0]  # of two that are equally frequent the first
            rare = next(hit for hit in same if hit.group("joint") != usual)
            other = next(hit for hit in same if hit.group("joint") == usual)
            note = Note(other.span, "spelled this way here")
            message = f"spelled {quote(rare.text)} here, {quote(other.text)} elsewhere"
            return Finding(rare.span, message, notes=(note,))
    return None
