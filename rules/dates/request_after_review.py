import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, annotation

REQUEST = re.compile(
    r"\b(?:RFA|requests? for authorization)(?: \(RFA\))?(?: forms?)?(?:,| was| is| were)?(?: (?:dated|received"
    r"|submitted|signed|made|of|on|from|is|the))*[ ,:(]*$",
    re.IGNORECASE,
)
OFF_WORK = re.compile(
    r"\b(?:off work|off of work|work restrictions?|restricted (?:work|duty)|modified (?:work|duty)"
    r"|disab\w+)\b[^.;]{0,40}\b(?:until|through|to)[ ,]*$",
    re.IGNORECASE,
)
LATER = re.compile(
    r"\b(?:appeal|second|new|another|later|subsequent|resubmi\w+|re-?submi\w+|also|additional)\b", re.IGNORECASE
)


class RequestAfterReview(Rule):
    """The request for authorization is dated after the review that denied it, or before the visit it stems from.

    Utilization review cannot have denied what was not yet requested; one of the two dates is wrong, or
    the request is another one. A worker cannot be told to stay off work until a day that has passed.

    ```diff
    -The
    -treating physician asked for orphenadrine
    +The request for authorization dated 07-05-2017 asked for orphenadrine
    ```

    ```findings
    "07-05-2017" requested after it was denied
      "06/20/2017" the review that denied it
    ```
    """

    code = "DAT011"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        denied = letter.header.denied
        for mention, _ in roles.of(letter):
            if mention.value is None:
                continue
            late = denied is not None and denied.value is not None and mention.value > denied.value
            if denied and late and REQUEST.search(mention.before) and not LATER.search(mention.sentence.text):
                note = Note(denied.span, "the review that denied it")
                yield Finding(mention.span, "requested after it was denied", notes=(note,))
            if OFF_WORK.search(mention.before) and (visit := _visit(mention, letter)):
                note = Note(visit.span, "the day on which it was said")
                yield Finding(mention.span, "a day that had passed already", notes=(note,))


def _visit(mention: annotation.DateMention, letter: Letter) -> annotation.DateMention | None:
    """The last visit told of before a date in its prose, when it is later than the date."""
    before = [
        m
        for m, role in roles.of(letter)
        if m.prose is mention.prose
        and m.start < mention.start
        and role in (annotation.Role.VISIT, annotation.Role.OTHER)
    ]
    visit = before[-1] if before else None
    if visit is None or visit.value is None or mention.value is None or mention.start - visit.start > 900:
        return None
    return visit if (visit.value - mention.value).days > 0 else None
