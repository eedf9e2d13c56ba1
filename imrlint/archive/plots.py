"""Drawings of rates with their intervals, as SVG. The table beside a drawing has the same figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from imrlint.archive.intervals import Interval

_WIDTH, _HEIGHT = 180, 16  # of a mark
_WIDE, _TALL, _LEFT, _BOTTOM, _TOP = 720, 240, 46, 28, 10  # of a plot over time
_ROUND = (1.0, 1.2, 1.6, 2.0, 2.4, 3.2, 4.0, 6.0, 8.0, 10.0)
_LABEL = 60  # its labels are at least so far apart


class Point(NamedTuple):
    """A value with its label and its interval."""

    label: str
    value: float
    interval: Interval


def draw_mark(value: float, interval: Interval, most: float) -> str:
    """A dot with whiskers, on a scale from 0 to `most`; what is beyond it ends in an arrow."""

    def at(number: float) -> float:
        return 4 + min(number / (most or 1), 1) * (_WIDTH - 12)

    middle = _HEIGHT / 2
    beyond = interval.high > most * 1.001
    end = at(interval.high)
    tip = f'<path d="M{end:.1f} 4l5 4l-5 4"/>' if beyond else f'<path d="M{end:.1f} 4v8"/>'
    return (
        f'<svg class="mark" width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}" aria-hidden="true">'
        f'<path d="M{at(interval.low):.1f} {middle}H{end:.1f}M{at(interval.low):.1f} 4v8"/>{tip}'
        f'<circle cx="{at(value):.1f}" cy="{middle}" r="4"/></svg>'
    )


def draw_course(title: str, points: Sequence[Point]) -> str:
    """Values of months, such as 2017-03, in order: a line, with the interval of each as a whisker.

    It is "" where there are fewer than two.
    """
    if len(points) < 2:
        return ""
    top = _round_up(max(min(point.interval.high, 3 * max(each.value for each in points)) for point in points))
    first, last = (_count_months(points[n].label) for n in (0, -1))
    step = (_WIDE - _LEFT - 40) / max(last - first, 1)

    def x(number: int) -> float:
        return _LEFT + 8 + (_count_months(points[number].label) - first) * step

    def y(value: float) -> float:
        return _TALL - _BOTTOM - min(value / top, 1) * (_TALL - _BOTTOM - _TOP)

    grid = "".join(
        f'<path class="grid" d="M{_LEFT} {y(top * n / 4):.1f}H{_WIDE}"/>'
        f'<text x="{_LEFT - 6}" y="{y(top * n / 4) + 4:.1f}" text-anchor="end">{top * n / 4:g}</text>'
        for n in range(5)
    )
    labels, free = "", 0.0
    for n, point in enumerate(points):
        if x(n) >= free:
            labels += f'<text x="{x(n):.1f}" y="{_TALL - 8}" text-anchor="middle">{escape(point.label)}</text>'
            free = x(n) + _LABEL
    whiskers = "".join(
        f'<path d="M{x(n):.1f} {y(point.interval.low):.1f}V{y(point.interval.high):.1f}"/>'
        for n, point in enumerate(points)
    )
    line = "L".join(f"{x(n):.1f} {y(point.value):.1f}" for n, point in enumerate(points))
    dots = "".join(
        f'<circle cx="{x(n):.1f}" cy="{y(point.value):.1f}" r="4"><title>{escape(point.label)}: {point.value:.2f} '
        f"({point.interval.low:.2f} to {point.interval.high:.2f})</title></circle>"
        for n, point in enumerate(points)
    )
    return (
        f'<svg class="course" viewBox="0 0 {_WIDE} {_TALL}" role="img" aria-label="{escape(title)}">'
        f'{grid}{labels}{whiskers}<path class="line" d="M{line}"/>{dots}</svg>'
    )


def _count_months(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number)


def _round_up(value: float) -> float:
    """A number not below a value, and not far above it, of which the quarters are round, too."""
    if value <= 0 or math.isinf(value):
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(float(factor * power) for factor in _ROUND if factor * power >= value * 0.999)
