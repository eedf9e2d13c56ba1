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

WORKER = knowledge.wordings.any_of("worker")
PAPER = r"(?:progress|medical|physician|recent|latest|clinical|treating|operative)(?: [a-z]+)? (?:note|report|record)"
# A part of the body, after its side or its region: "of left knee", "of lumbar spine".
PART = (
    r"(?:(?:left|right|cervical|thoracic|lumbar|lumbosacral|lower|upper|injured|affected) )+"
    r"(?:knee|shoulder|elbow|wrist|hand|hip|ankle|foot|spine|neck|back|leg|arm|thumb|extremity|forearm|finger|heel|toe)"
)
# What is behind a noun that no other noun follows.
ENDS = r"(?= (?:is|was|has|had|with|without|on|in|for|that|which|who|showed|revealed|reveals|dated|due|from|after|while|when|performed)\b)"
LACKING = tuple(
    (Pattern(pattern, re.IGNORECASE), article)
    for pattern, article in (
        (r"\bthere (?:is|was|has been|appears to be)(?: also| still)? (?P<noun>lack) of\b", "a"),
        (r"\b(?:has|have|had|with) (?P<noun>history) of\b", "a"),
        (r"\bin (?P<noun>event) of\b", "the"),
        (rf"\b(?:according to|per) (?P<noun>{PAPER})\b", "the"),
        (rf"\b(?<!kind )(?<!type )(?<!sort )(?:by|to|for|with|from|that|of) (?P<noun>{WORKER}){ENDS}", "the"),
        (rf"\b(?:of|in|over|throughout|into) (?P<noun>{PART}){ENDS}", "the"),
    )
)


class MissingArticle(Rule):
    """An article is missing before a noun that needs one: "there was lack of relief".

    In lists of diagnoses and in titles there is none, but in a sentence the reader misses it.

    ```diff
    -The worker has had six visits with little relief, and no record says why twelve more
    +The worker has had six visits, there was lack of relief, and no record says why twelve more
    ```

    ```findings
    "lack" an article is missing: "a lack"
      fix (suggested): write a lack
    ```
    """

    code = "LAN025"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        titles = {dispute.title.span for dispute in letter.disputes}
        for passage in reading.written:
            if passage.prose.span in titles:
                continue
            for pattern, article in LACKING:
                for hit in passage.find(pattern):
                    noun = hit.place_of("noun")
                    if not passage.is_quoted(noun.start):
                        right = f"{article} {noun.text}"
                        fix = Fix(f"write {right}", (Edit(noun.span, right),), Safety.SUGGESTED)
                        yield Finding(noun.span, f"an article is missing: {quote(right)}", fix=fix)
