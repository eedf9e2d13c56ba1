from collections.abc import Iterator

from imrlint.rulekit import Category, Feature, Finding, Importance, Letter, Note, Reading, Rule, annotation, quote


class WrongLevel(Rule):
    """The rationale names another level of the spine, finger, compartment or side of a root than the rest.

    "An extrusion at C4-5", where the scan showed it at C6-7; "the lateral compartment", where the medial one is narrow;
    "release of the middle finger", where the ring finger is to be released; a full-thickness tear, where it is partial;
    a purchase, where a rental is in dispute: the facts or the decision belong to another part, or to another case. What the conclusion decides is held against the title. Elsewhere a rationale may name what no other text of the
    letter has only where these have no other of the same kind; sides that are compared and what a guideline says are not
    reported.

    ```diff
    -described aching in the right shoulder and low back pain that spreads to the left calf. Examination
    +described aching in the right shoulder and low back pain that spreads to the left calf. A scan showed a
    +protrusion at L4-5. Examination
    -great toe and loss of sensation over the left foot, which point to the fifth lumbar root, and six
    +great toe and loss of sensation over the left foot. The protrusion at L2-3 fits them, and six
    ```

    ```findings
    "L2-3" "L2-3" here, "L4-5" elsewhere in the letter
      "L4-5" the other one
    ```
    """

    code = "RAT024"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        reported = set()
        for unlike in annotation.find_unlike(reading.written, reading.told, reading.items):
            here, there = unlike.here.place, unlike.there.place
            if here.span not in reported:
                reported.add(here.span)
                where = "in dispute" if unlike.is_subject else "elsewhere in the letter"
                message = f"{quote(here.text)} here, {quote(there.text)} {where}"
                note = Note(there.span, "in the disputed item" if unlike.is_subject else "the other one")
                yield Finding(here.span, message, notes=(note,), evidence=(Feature.ARGUABLE,))
