import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule

# A small word that only begins a sentence with a capital, behind a word without a mark.
CAPITAL = re.compile(
    r"(?P<word>He|She|It|His|Her|The|There|This|These|They|When|In|On|At|As|Given|Based|However|Therefore|If|While"
    r"|Although|After|Since|Per|For|A|An|No|Not|Has|Was|Is|Are|With|And|Or|But|Of|To|From) (?=[a-z])"
)
BEFORE = re.compile(r"[a-z]{2} $")
NAMED = re.compile(
    r"\b(?:titled?|entitled|called|Section|states?|stated|quote[sd]?|Vitamin|vitamin|grade|Grade|type|Type|hepatitis)$"
)


SAID = "a capital in the middle of a sentence: a full stop is missing before it, or the capital is wrong"


class SentenceCase(Rule):
    """A capital in the middle of a sentence: a full stop is missing before it, or the capital is wrong.

    ```diff
    -The worker has had six visits with little relief, and no record says why twelve more
    +The worker has had six visits with little relief The records do not say why twelve more
    ```

    ```findings
    "The" a capital in the middle of a sentence: a full stop is missing before it, or the capital is wrong
    ```
    """

    code = "LAN010"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        titles = {dispute.title.span for dispute in letter.disputes}
        for passage in reading.written:
            if passage.prose.span in titles:
                continue
            for hit in passage.prose.find(CAPITAL):
                at = hit.place.start
                if (
                    BEFORE.search(passage.text[max(0, at - 4) : at])
                    and not passage.is_quoted(at)
                    and not NAMED.search(passage.text[max(0, at - 20) : at - 1])
                ):
                    yield Finding(hit.place_of("word").span, SAID)
