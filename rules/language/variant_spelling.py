import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Letter, Note, Rule, Span, spelling

# A first part that is written in one with the second, with a hyphen, or apart.
COMPOUND = re.compile(
    r"\b(?P<first>post|pre|non|intra|inter|anti|multi|follow|work|check)(?P<joint>[- ]?)(?P<second>[a-z]{2,})\b",
    re.IGNORECASE,
)
SECONDS = re.compile(
    r"injections?|operative(?:ly)?|surgical(?:ly)?|up|ups|op|traumatic|inflammatory|articular|certified|industrial"
)


class VariantSpelling(Rule):
    """One compound spelled in two ways in a letter: post-injection here, postinjection there.

    Each way may be right; a letter should keep to one.

    ```diff
    -A supply of sixty tablets goes well beyond such a course
    +In the preoperative and the pre-operative phase a supply of sixty tablets goes well beyond such a course
    ```

    ```findings
    "pre-operative" spelled in another way than before
      "preoperative" as it is spelled there
    ```
    """

    code = "LAN017"
    category = Category.STYLE

    def check(self, letter: Letter) -> Iterator[Finding]:
        seen: dict[tuple[str, str], tuple[str, Span]] = {}
        for prose in sorted(spelling.texts(letter), key=lambda prose: prose.span):
            for match in COMPOUND.finditer(prose.text):
                first, second = match["first"].casefold(), match["second"].casefold()
                if not SECONDS.fullmatch(second) or (first in ("work", "check", "follow")) != second.startswith("up"):
                    continue
                joint, place = seen.setdefault((first, second), (match["joint"], prose.place(*match.span())))
                if joint != match["joint"]:
                    span = prose.place(*match.span())
                    yield Finding(
                        span, "spelled in another way than before", notes=(Note(place, "as it is spelled there"),)
                    )
                    seen[first, second] = (match["joint"], span)
