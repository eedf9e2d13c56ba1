import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Hit, Letter, Note, Rule, Span

AGE = re.compile(
    r"\b(?:is|was|are|an?|now|this|the)(?:\(n\))? (?:now )?(?P<age>\d{1,3})[- ]?years?[- ]?old\b"
    r"|\b(?P<of>\d{1,3})[- ]years?[- ]old (?:,? ?(?:right|left)[- ]hand(?:ed)?[- ]?(?:dominant)?,? )?"
    r"(?:male|female|man|woman|gentleman|lady|injured|worker|patient|employee|applicant|claimant)\b",
    re.IGNORECASE,
)
SOMEBODY_ELSE = re.compile(
    r"\b(?:son|daughter|child|children|mother|father|spouse|wife|husband|student|since|when|until|at)\b[^.]{0,30}$",
    re.IGNORECASE,
)


class AgeMismatch(Rule):
    """The worker's age differs between two places of the letter.

    A second age often comes with a passage from another worker's letter, and a plainly wrong fact
    is a ground of appeal (Labor Code 4610.6(h)).

    ```diff
    -This worker has weakness of the left
    +This 52 year old female has weakness of the left
    ```

    ```findings
    "52 year old" the worker is 47 elsewhere
      "47 year old" this age
    ```
    """

    code = "DAT009"
    category = Category.CONTRADICTION

    def check(self, letter: Letter) -> Iterator[Finding]:
        first: tuple[int, Hit] | None = None
        for prose in letter.prose:
            for hit in prose.find(AGE):
                if SOMEBODY_ELSE.search(prose.text, max(hit.match.start() - 60, 0), hit.match.start()):
                    continue
                age = int(hit.group("age") or hit.group("of"))
                if first is None:
                    first = age, hit
                elif age != first[0]:
                    note = Note(_words(first[1]), "this age")
                    yield Finding(_words(hit), f"the worker is {first[0]} elsewhere", notes=(note,))


def _words(hit: Hit) -> Span:
    """The place of the age, from its number to "old"."""
    name = "age" if hit.group("age") else "of"
    start = hit.match.start(name)
    end = hit.match.string.casefold().index("old", start) + 3
    return hit.prose.place(start, end)
