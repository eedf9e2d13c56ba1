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
    Reading,
    Rule,
    Safety,
    Span,
    annotation,
    quote,
)

GAP = re.compile(r",? (?:and )?")
SMALL = {"of", "the", "to", "in", "on", "and", "or", "a", "an", "for", "by", "with", "at", "as", "from", "per", "more"}


class DoubledPhrase(Rule):
    """The same group of words twice in a row, or the same thing twice in a list.

    The repetition is usually left over from editing; sometimes something else was meant there.

    ```diff
    -rotator cuff strain and a lumbar strain with left leg symptoms.
    +rotator cuff strain, a lumbar strain, a lumbar strain, and left leg symptoms.
    ```

    ```findings
    "a lumbar strain, a lumbar strain" "a lumbar strain" twice in a row
      fix (suggested): delete the repetition
    ```
    """

    code = "LAN007"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        cited = {c.prose.span for d in letter.disputes for c in d.clauses if c.prose and c.citations}
        for passage in reading.written:
            if passage.prose.span in cited:
                continue
            past = 0  # the end of the last finding
            for repeat in passage.repeats:
                if len(repeat.words) > 1 and repeat.once.start >= past and (finding := _judge_repeat(passage, repeat)):
                    past = repeat.again.end
                    yield finding


def _judge_repeat(passage: Passage, repeat: annotation.Repeat) -> Finding | None:
    """The finding on words that occur twice in a row; None where that may be meant."""
    once, again, words = repeat
    text = passage.text
    gap, after = text[once.end : again.start], text[again.end : again.end + 1]
    listed = "," in gap
    same = once.text.casefold() == again.text.casefold()
    if set(words) <= SMALL or "," in once.text or not same or not GAP.fullmatch(gap):
        return None
    if after not in (",", ".", ";", "") if listed else _opens_clause(words[0]):
        return None  # "the right shoulder, right shoulder strain"; "what is not needed is not needed"
    span = passage.place(once.start, again.end).span
    fix = Fix("delete the repetition", (Edit(Span(once.span.end, span.end), ""),), Safety.SUGGESTED)
    return Finding(span, f"{quote(once.text)} twice in a row", fix=fix)


def _opens_clause(word: str) -> bool:
    """Whether a group of words that begins so may be a clause of its own."""
    return word in ("is", "are", "was", "were", "has", "have", "had", "not", "does", "do")
