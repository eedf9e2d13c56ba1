"""The columns of a page: text that runs down one and goes on at the top of the next, as in a journal.

A table has columns, too, but is read row by row: its cells are short, or begin side by side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import mean, median

from imrlint.source.page_rows import Row, Segment, arrange

_NEAR = 3.0  # points between beginnings of lines of one column
_GUTTER = 6.0  # points at least between two columns
_NARROWEST = 72.0  # points from the beginning of a column to that of the next
_MIN_LINES = 6  # of each column, where it is not known from another page
_MIN_WORDS = 3.0  # of a line, on average: tables have fewer
_MIN_CONTINUED = 0.4  # of the lines begin with a small letter
_MIN_FLUSH = 0.6  # of the lines of a column begin at its edge
_MIN_FULL = 0.5  # of the lines of a column are nearly as long as its longest
_NEARLY = 0.75
_NEW_PARAGRAPH = 1.3  # of the distance of lines
_MIN_ABREAST = 0.6  # of the paragraphs of a table begin beside another

Block = list[Segment]


def order_columns(pages: Sequence[list[Row]]) -> list[list[Row]]:
    """The rows of each page in the order in which they are read; those of a page without columns as they are."""
    edges = sorted({edge for rows in pages for edge in _find_edges([each for row in rows for each in row])})
    return [_order_page(rows, edges) if edges else rows for rows in pages]


def _order_page(rows: list[Row], edges: Sequence[float]) -> list[Row]:
    blocks = _split([segment for row in rows for segment in row], edges)
    return rows if len(blocks) < 2 else [row for block in blocks for row in arrange(block)]


def _find_edges(segments: Block) -> Iterator[float]:
    """The left edges of the columns of a page but the first."""
    left = min((each.x for each in segments), default=0.0)
    begins = Counter(round(each.x) for each in segments)
    for place, count in sorted(begins.items()):
        if count >= _MIN_LINES / 2 and place >= left + _NARROWEST:
            edge = min(each.x for each in segments if round(each.x) == place)
            if any(_are_columns(*_part(band, edge)) for band, is_crossed in _bands(segments, edge) if not is_crossed):
                yield edge


def _split(segments: Block, edges: Sequence[float], left: float | None = None) -> list[Block]:
    """The blocks of a page, or of a part of it, in the order in which they are read."""
    left = min(each.x for each in segments) if left is None else left
    for number, edge in enumerate(edges):
        blocks: list[Block] = []
        is_split = False
        for band, is_crossed in _bands(segments, edge):
            before, behind = _part(band, edge)
            if not is_crossed and before and behind and _is_flush(before, left) and _is_flush(behind, edge):
                blocks += [*_split(before, edges[:number], left), *_split(behind, edges[number + 1 :], edge), []]
                is_split = True
            elif blocks:
                blocks[-1] += band
            else:
                blocks.append([*band])
        if is_split:
            return [block for block in blocks if block]
    return [segments]


def _bands(segments: Block, edge: float) -> Iterator[tuple[Block, bool]]:
    """The segments from top to bottom, those in a row together that cross an edge, and those that do not."""
    band: Block = []
    was_crossed = False
    for segment in sorted(segments, key=lambda each: -each.y):
        is_crossed = segment.x < edge - _NEAR and segment.right > edge - _GUTTER
        if band and is_crossed != was_crossed:
            yield band, was_crossed
            band = []
        band.append(segment)
        was_crossed = is_crossed
    if band:
        yield band, was_crossed


def _part(band: Block, edge: float) -> tuple[Block, Block]:
    """What stands before an edge, and what begins at it or behind."""
    return [each for each in band if each.x < edge - _NEAR], [each for each in band if each.x >= edge - _NEAR]


def _are_columns(left: Block, right: Block) -> bool:
    return _is_prose(left) and _is_prose(right) and not _are_abreast(left, right)


def _is_prose(block: Block) -> bool:
    """Whether these segments are lines of running text, in one column or several."""
    if len(block) < _MIN_LINES or mean(len(each.text.split()) for each in block) < _MIN_WORDS:
        return False
    if sum(each.text[0].islower() for each in block) < _MIN_CONTINUED * len(block):
        return False
    widths = sorted(each.right - each.x for each in block)
    longest = widths[len(widths) * 9 // 10]
    return sum(width >= _NEARLY * longest for width in widths) >= _MIN_FULL * len(widths) and _is_flush(
        block, min(each.x for each in block)
    )


def _is_flush(block: Block, edge: float) -> bool:
    """Whether most of the lines begin at an edge, or further right at places that many of them share."""
    places = Counter(round(each.x) for each in block)
    flush = sum(count for place, count in places.items() if abs(place - edge) <= _NEAR)
    others = sum(count for place, count in places.items() if place > edge + _NARROWEST and count >= _MIN_LINES)
    return flush > 0 and flush + others >= _MIN_FLUSH * len(block)


def _are_abreast(left: Block, right: Block) -> bool:
    """Whether the paragraphs on both sides begin beside each other, as in a table."""
    one, other = _find_paragraphs(left), _find_paragraphs(right)
    if not one or not other:
        return False
    beside = sum(any(abs(y - place) <= _NEAR for place in other) for y in one)
    return beside >= _MIN_ABREAST * min(len(one), len(other))


def _find_paragraphs(block: Block) -> list[float]:
    """Where the paragraphs of a column begin, but the first."""
    places = [row[0].y for row in arrange(block)]
    down = [a - b for a, b in pairwise(places)]
    usual = median(down) if down else 0.0
    return [place for place, gap in zip(places[1:], down, strict=True) if gap > _NEW_PARAGRAPH * usual]
