"""The body parts that the generator edits, and patterns for their sides."""

from __future__ import annotations

import re

LIMBS = ("shoulder", "elbow", "wrist", "hand", "thumb", "hip", "knee", "ankle", "foot")
SPINE = ("cervical", "thoracic", "lumbar")
PAIRED = (
    *LIMBS, "arm", "forearm", "leg", "thigh", "calf", "heel", "eye", "ear", "upper extremity", "lower extremity",
    "carpal tunnel", "sacroiliac", "trapezius", "subacromial", "rotator cuff", "finger",
)  # fmt: skip

ALSO = {  # other names of a part, which must not occur in the letter either where the part is inserted
    "cervical": ("neck",), "thoracic": ("mid back", "upper back"), "lumbar": ("low back", "lower back"),
    "shoulder": ("rotator cuff", "subacromial"), "wrist": ("carpal",), "hand": ("finger",), "foot": ("heel",),
    "hip": ("acetabul",), "knee": ("patell", "menisc"), "ankle": ("malleol",), "elbow": ("epicondyl",),
    "thumb": ("carpometacarpal",),
}  # fmt: skip

SIDED = re.compile(rf"(?i)\b(?P<side>left|right)\s+(?:[a-z]+\s+)?(?P<part>{'|'.join(PAIRED)})\b".replace(" ", r"\s+"))
BOTH = re.compile(rf"(?i)\b(?:both|bilateral)\s+(?:[a-z]+\s+)?(?P<part>{'|'.join(PAIRED)})".replace(" ", r"\s+"))
OTHER_SIDE = {"left": "right", "right": "left"}


def name_part(match: re.Match[str]) -> str:
    """The body part in a match, in lower case and on one line."""
    return " ".join(match["part"].lower().split())
