"""The rows of a page that is a picture, recognised by RapidOCR: the one module that knows it.

Its networks are in its package; nothing is fetched from elsewhere.
"""

from __future__ import annotations

from functools import cache
from statistics import median
from typing import Any, NamedTuple

import pypdfium2

from imrlint.document.text import Span
from imrlint.source.errors import Refused
from imrlint.source.page_rows import Row, Segment, arrange

_SCALE = 2.5  # pixels for a point: 180 to the inch
_SURE = 0.9  # the least probability of a word that was read well
_BODY = 0.65  # of the height of a box: it has a margin around the letters
_LEAST = 0.3  # of a line, below which it is no text


class RecognizedPage(NamedTuple):
    """The rows of a page, and its height in points as it is seen."""

    rows: list[Row]
    height: float


def recognize_page(page: pypdfium2.PdfPage) -> RecognizedPage:
    """The rows of an open page. The places of its segments are those on the page as it is seen. Raises Refused."""
    engine = _engine()
    picture = page.render(scale=_SCALE, grayscale=True).to_numpy()
    tall = picture.shape[0]
    found = engine(picture.reshape(tall, -1, 1).repeat(3, axis=2))
    lines = [words for words in found.word_results or () if words]
    skew = _skew([[box for _, _, box in words] for words in lines])
    segments = [_read_line(words, skew, tall) for words in lines]
    return RecognizedPage(arrange(segments), tall / _SCALE)


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


def _read_line(words: list[tuple[str, float, Any]], skew: float, tall: int) -> Segment:
    """The segment of a line; each word has its probability and the corners of its box, from the upper left one."""
    text, unsure = "", []
    for word, probability, _ in words:
        start = len(text) + (text != "")
        text = f"{text} {word}" if text else word
        if probability < _SURE:
            unsure.append(Span(start, len(text)))
    corners = [corner for _, _, box in words for corner in box]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = words[0][2][0][1], words[0][2][3][1]
    height = _BODY * (bottom - top) / _SCALE
    middle = (tall - (top + bottom) / 2 + skew * left) / _SCALE
    box = (left / _SCALE, (tall - bottom) / _SCALE, right / _SCALE, (tall - top) / _SCALE)
    return Segment(text, 0, left / _SCALE, right / _SCALE, middle - height / 2, max(height, 1.0), box, tuple(unsure))
