"""The rows of a page that is a picture, recognised by RapidOCR: the one module that knows it.

Its networks are in its package; nothing is fetched from elsewhere.
"""

from __future__ import annotations

from functools import cache
from statistics import median
from typing import Any, NamedTuple, TypeAlias

import pypdfium2

from imrlint.document.text import Span
from imrlint.source.errors import Refused
from imrlint.source.page_rows import Rectangle, Row, Segment, arrange

_SCALE = 2.5  # pixels for a point: 180 to the inch
_SURE = 0.9  # the least probability of a word that was read well
_BODY = 0.65  # of the height of a box: it has a margin around the letters
_LEAST = 0.3  # of a line, below which it is no text
_RIGHT_WAY_UP = 0.85  # the least confidence in a page; upside down it is below 0.7
_LEAST_LETTERS = 6  # of a line that says which way a page lies

Line: TypeAlias = list[tuple[str, float, Any]]
"""The words of a line, each with its probability and the corners of its box in pixels, from the upper left one."""


class RecognizedPage(NamedTuple):
    """The rows of a page, and its height in points as it is seen."""

    rows: list[Row]
    height: float


def recognize_page(page: pypdfium2.PdfPage) -> RecognizedPage:
    """The rows of an open page, whichever way up it lies. Raises Refused.

    The places of its segments are those on the page as it is read; their boxes lie on the page as it is seen.
    """
    _engine()
    picture = page.render(scale=_SCALE, grayscale=True).to_numpy()
    picture = picture.reshape(picture.shape[0], -1, 1).repeat(3, axis=2)
    quarters, lines = _read_upright(picture)
    skew = _skew([[box for _, _, box in words] for words in lines])
    tall, wide = picture.shape[:2] if quarters % 2 == 0 else picture.shape[1::-1]
    segments = [_read_line(words, skew, quarters, wide, tall) for words in lines]
    return RecognizedPage(arrange(segments), tall / _SCALE)


def _read_upright(picture: Any) -> tuple[int, list[Line]]:
    """By how many quarters of a circle, against the clock, a picture must be turned to be read, and its lines then.

    Lines that lie as they should and are read with confidence need no further look. The engine turns those that stand
    on end by a quarter itself, so that their words tell whether a quarter more makes them right or upside down.
    """
    lines = _read_lines(picture)
    confidence = _confidence(lines)
    if not _stand_on_end(lines):
        if confidence >= _RIGHT_WAY_UP or not lines:
            return 0, lines
        turned = _read_lines(_turn(picture, 2))
        return (2, turned) if _confidence(turned) > confidence else (0, lines)
    quarters = 1 if confidence >= _RIGHT_WAY_UP else 3
    return quarters, _read_lines(_turn(picture, quarters))


def _read_lines(picture: Any) -> list[Line]:
    found = _engine()(picture)
    return [words for words in found.word_results or () if words]


def _turn(picture: Any, quarters: int) -> Any:
    """A picture turned by quarters of a circle, against the clock."""
    for _ in range(quarters):
        picture = picture.swapaxes(0, 1)[::-1]
    return picture.copy()


def _confidence(lines: list[Line]) -> float:
    """The probability with which the letters of a page were read, on average; 0 where there are none."""
    letters = sum(len(word) for words in lines for word, _, _ in words)
    return sum(len(word) * sure for words in lines for word, sure, _ in words) / max(letters, 1)


def _stand_on_end(lines: list[Line]) -> bool:
    """Whether most of the lines of a page run upwards or downwards; those of few letters do not say."""
    upright = [_extent(words) for words in lines if sum(len(word) for word, _, _ in words) >= _LEAST_LETTERS]
    return sum(bottom - top > right - left for left, top, right, bottom in upright) > len(upright) / 2


def _extent(words: Line) -> tuple[float, float, float, float]:
    """The left, upper, right and lower edge of a line, in pixels."""
    corners = [corner for _, _, box in words for corner in box]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


@cache
def _engine() -> Any:
    """RapidOCR, on one core: several letters may be read at once. Raises Refused where it is not installed."""
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise Refused('its pages are pictures: to read them, install the extra: pip install "imrlint[ocr]"') from error
    return RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.log_level": "critical",
            "Global.return_word_box": True,
            "Global.text_score": _LEAST,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _skew(lines: list[list[Any]]) -> float:
    """How much the lines of a page fall to the right, in pixels for a pixel; each line is the corners of its words."""
    slopes = [
        (words[-1][0][1] - words[0][0][1]) / (words[-1][0][0] - words[0][0][0])
        for words in lines
        if words[-1][0][0] - words[0][0][0] > 200
    ]
    return median(slopes) if slopes else 0.0


def _read_line(words: Line, skew: float, quarters: int, wide: int, tall: int) -> Segment:
    """The segment of a line of a picture of this size in pixels, which was turned by these quarters to be read."""
    text, unsure = "", []
    for word, probability, _ in words:
        start = len(text) + (text != "")
        text = f"{text} {word}" if text else word
        if probability < _SURE:
            unsure.append(Span(start, len(text)))
    left, upper, right, lower = _extent(words)
    top, bottom = words[0][2][0][1], words[0][2][3][1]
    height = _BODY * (bottom - top) / _SCALE
    middle = (tall - (top + bottom) / 2 + skew * left) / _SCALE
    box = _turn_back((left, tall - lower, right, tall - upper), quarters, wide, tall)
    return Segment(
        text,
        0,
        left / _SCALE,
        right / _SCALE,
        middle - height / 2,
        max(height, 1.0),
        (box[0] / _SCALE, box[1] / _SCALE, box[2] / _SCALE, box[3] / _SCALE),
        tuple(unsure),
    )


def _turn_back(box: Rectangle, quarters: int, wide: int, tall: int) -> Rectangle:
    """A rectangle of a picture of this size as it lies on the picture before it was turned against the clock."""
    left, bottom, right, top = box
    match quarters:
        case 1:
            return bottom, wide - right, top, wide - left
        case 2:
            return wide - right, tall - top, wide - left, tall - bottom
        case 3:
            return tall - top, left, tall - bottom, right
    return box
