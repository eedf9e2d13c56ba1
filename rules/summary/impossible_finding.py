import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
    Letter,
    Note,
    Passage,
    Pattern,
    Reading,
    Rule,
    Sentence,
    annotation,
    knowledge,
    quote,
)

MOTION = Pattern(
    r"\b(?P<motion>forward flexion|flexion|extension|abduction|adduction|internal rotation|external rotation"
    r"|left rotation|right rotation|lateral bending"
    r"|dorsiflexion|plantar flexion|pronation|supination)(?: (?:was|is|of|at|to|limited to|measured"
    r"|decreased to|approximately))* "
    r"(?P<value>\d{1,3}|within normal limits)(?:[ -]?(?:degrees|°)| ?/ ?\d+)?(?= ?(?:degrees|°)?[,;. ])",
    re.IGNORECASE,
)
# Words under which a motion may have a second value: another side, part, day or manner.
APART = Pattern(
    r"\b(?:left|right|bilateral|passive(?:ly)?|active(?:ly)?|normal|versus|vs|compared|from"
    rf"|{knowledge.wordings.any_of('earlier')}"
    r"|later|then|wrist|elbow|shoulder|hip|knee|ankle"
    r"|lumbar|cervical|thoracic|thumb|finger|digit|joint|pip|dip|mcp|lateral|on \d|\d+[/-]\d+)\b|\bout of\b|;",
    re.IGNORECASE,
)
BEYOND = (
    (
        re.compile(
            r"\b(?:lumbar|low back|back|cervical|neck)(?: \w+){0,3} flexion (?:of |was |is |to "
            r"|at )*(?P<value>1[2-9]\d)\b",
            re.IGNORECASE,
        ),
        "this part cannot be bent so far",
    ),
    (
        re.compile(
            r"\b(?:knee|elbow|hip|wrist|ankle)(?: \w+){0,3} flexion (?:of |was |is |to "
            r"|at )*(?P<value>1[7-9]\d|[2-9]\d\d)\b",
            re.IGNORECASE,
        ),
        "this part cannot be bent so far",
    ),
)
OPPOSITES = (
    (re.compile(r"\bpain(?:less|-free)\b", re.IGNORECASE), re.compile(r"\bpainful\b|\bwith pain\b", re.IGNORECASE)),
    (re.compile(r"\bpart[- ]time\b", re.IGNORECASE), re.compile(r"\b8 hours (?:a|per) day\b", re.IGNORECASE)),
)
MOTIONS = ("flexion", "extension", "duction", "rotation", "nation", "bending")
CLOSE = 60  # characters
NARROW = Pattern(
    r"\bflexion(?: (?:was|is|of|at|to))* (?P<flexion>\d{1,2})\b[^.;]{0,25}\bextension(?: (?:was|is|of|at"
    r"|to))* (?P<extension>1[0-4]\d)\b",
    re.IGNORECASE,
)
BOTH_SIDES = 2  # what is said of one side is no contradiction to what is said of the other


class ImpossibleFinding(Rule):
    """A finding is impossible: a motion with two values, strength of 6/5, painless and painful at once.

    Guidelines are applied to the findings of the examination. Where a motion is listed twice, one of the
    two is usually another motion.

    ```diff
    -on that day showed painful elevation of the right shoulder, a positive Hawkins sign, weakness of
    +on that day showed cervical extension at 30 degrees, extension at 35 degrees, a positive Hawkins sign, weakness of
    ```

    ```findings
    "extension at 35 degrees" one motion with two values: "extension at 35 degrees" here, "extension at 30 degrees" before
      "extension at 30 degrees" the first value
    ```
    """

    code = "SUM005"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for passage in reading.written:
            prose, text = passage.prose, passage.lower
            for sentence in passage.sentences if any(text.count(word) > 1 for word in MOTIONS) else ():
                yield from _find_two_values(sentence)
            for rating in passage.ratings:
                yield from _check_rating(rating, passage)
            for pattern, why in BEYOND if "flexion" in text else ():
                for hit in prose.find(pattern):
                    yield Finding(hit.span, f"{why}: {quote(hit.text)} here")
            for hit in prose.find(NARROW) if "flexion" in text else ():
                flexion, extension = quote(hit.group("flexion")), quote(hit.group("extension"))
                yield Finding(hit.span, f"flexion {flexion} and extension {extension} seem to be exchanged")
            if any(word in text for word in ("painless", "pain-free", "part-time", "part time")):
                for sentence in passage.sentences:
                    if len({site.side for site in passage.sites if _is_sided(site, sentence)}) < BOTH_SIDES:
                        yield from _find_opposites(sentence)


def _check_rating(rating: annotation.Rating, passage: Passage) -> Iterator[Finding]:
    """A value that is not on its scale, or the highest where nothing says what that means."""
    scale, value = rating.scale, rating.value
    if not scale.least <= value <= scale.most:
        message = f"{scale.scale} is rated from {scale.least:g} to {scale.most:g}: {quote(rating.place.text)} here"
        yield Finding(rating.place.span, message)
    elif value == scale.most and scale.marks:
        words = passage.sentence_of(rating.place).lower
        if not any(mark in words for mark in scale.marks):
            message = f"{quote(rating.place.text)} is the highest value of the {scale.scale} and means {scale.marks[0]}"
            yield Finding(rating.place.span, message)


def _is_sided(site: annotation.Site, sentence: Sentence) -> bool:
    """Whether a part of the body with a side stands in a sentence."""
    return site.side is not None and sentence.place.holds(site.place.start)


def _find_opposites(sentence: Sentence) -> Iterator[Finding]:
    """Two words that exclude one another, close together in a sentence."""
    for first, second in OPPOSITES:
        one, two = first.search(sentence.text), second.search(sentence.text)
        if one and two and abs(one.start() - two.start()) < CLOSE:
            place = sentence.place.part(min(one.start(), two.start()), max(one.end(), two.end()))
            words = f"{quote(one.group())} and {quote(two.group())}"
            yield Finding(place.span, f"{words} in one sentence contradict each other")


def _find_two_values(sentence: Sentence) -> Iterator[Finding]:
    """A motion that is listed twice, with two values."""
    prose, start, end = sentence.place
    measured: dict[str, re.Match[str]] = {}
    for match in MOTION.finditer(prose.text, start, end):
        name = match["motion"].casefold()
        before = measured.get(name)
        measured[name] = match
        if before is None or before["value"] == match["value"] or sentence.is_quoted(match.start()):
            continue
        if not APART.search(prose.text, before.end(), match.start()):
            message = f"one motion with two values: {quote(match.group())} here, {quote(before.group())} before"
            note = Note(prose.place(*before.span()).span, "the first value")
            yield Finding(prose.place(*match.span()).span, message, notes=(note,))
