import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Prose, Reading, Rule, Safety, Span

GAP = re.compile(r",? (?:and )?")
SMALL = {"of", "the", "to", "in", "on", "and", "or", "a", "an", "for", "by", "with", "at", "as", "from", "per", "more"}


class DoubledPhrase(Rule):
    """The same group of words twice in a row, or the same member twice in a list.

    ```diff
    -rotator cuff strain and a lumbar strain with left leg symptoms.
    +rotator cuff strain, a lumbar strain, a lumbar strain, and left leg symptoms.
    ```

    ```findings
    "a lumbar strain, a lumbar strain" the same words twice
      fix (suggested): leave them once
    ```
    """

    code = "LAN007"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        cited = {c.prose.span for d in letter.disputes for c in d.clauses if c.prose and c.citations}
        for prose in spelling.texts(letter):
            if prose.span in cited:
                continue
            past = 0
            for first, size in repeats.of(prose):
                if size > 1 and first - size >= past and (finding := _doubled(prose, first, size)):
                    past = first + size
                    yield finding


def _doubled(prose: Prose, first: int, size: int) -> Finding | None:
    found, text = words.of(prose), prose.text
    lower = found.lower[first : first + size]
    said = text[found[first - size].start : found[first - 1].end]
    gap = text[found[first - 1].end : found[first].start]
    again = text[found[first].start : found[first + size - 1].end]
    after = text[found[first + size - 1].end : found[first + size - 1].end + 1]
    listed = "," in gap
    if set(lower) <= SMALL or "," in said or said.casefold() != again.casefold() or not GAP.fullmatch(gap):
        return None
    if after not in (",", ".", ";", "") if listed else _clause(lower[0]):
        return None  # "the right shoulder, right shoulder strain"; "what is not due is not due"
    place = prose.place(found[first - size].start, found[first + size - 1].end)
    once = prose.place(found[first - size].start, found[first - 1].end)
    fix = Fix("leave them once", (Edit(Span(once.end, place.end), ""),), Safety.SUGGESTED)
    return Finding(place, "the same words twice", fix=fix)


def _clause(word: str) -> bool:
    """Whether a group of words that begins so may be a clause of its own."""
    return word in ("is", "are", "was", "were", "has", "have", "had", "not", "does", "do")
