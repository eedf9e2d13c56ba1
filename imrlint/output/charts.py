"""Charts of an HTML page: tables whose rows have a bar, so that people who cannot see it have the same figures."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from imrlint.output.tallies import SEVERITIES, Tally

_ROWS = 12  # of a chart; the others can be unfolded


def draw_chart(title: str, tallies: Mapping[str, Tally], *, letters: int = 0, by_label: bool = False) -> str:
    """A chart of the findings a letter, the most frequent first, or in the order of the labels.

    A group has its own number of letters; with `letters`, each has that many.
    """
    bars = [
        (label or "not stated", Tally(letters or tally.letters, tally.counts))
        for label, tally in sorted(tallies.items(), key=lambda each: (not each[0], each[0]))
    ]
    if not by_label:
        bars.sort(key=lambda each: -each[1].rate)
    if not any(tally.total for _, tally in bars):
        return f"<figure><figcaption>{title}</figcaption><p>No findings.</p></figure>"
    most = max(tally.rate for _, tally in bars)
    shown = bars[-_ROWS:] if by_label else bars[:_ROWS]
    rest = bars[:-_ROWS] if by_label else bars[_ROWS:]
    more = (
        f"<details><summary>{len(rest):,} more</summary>{_table(title, rest, most, letters)}</details>" if rest else ""
    )
    return f"<figure><figcaption>{title}</figcaption>{_table(title, shown, most, letters)}{more}</figure>"


def _table(title: str, bars: list[tuple[str, Tally]], most: float, letters: int) -> str:
    head = "".join(f'<th scope="col"><span class="unseen">{each}</span></th>' for each in ("Of", "By severity"))
    numbers = ["a letter", "findings", *([] if letters else ["letters"])]
    head += "".join(f'<th scope="col" class="number">{each}</th>' for each in numbers)
    rows = "".join(_row(label, tally, most, shows_letters=not letters) for label, tally in bars)
    caption = f'<caption class="unseen">{title}</caption>'
    return f'<table class="chart">{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row(label: str, tally: Tally, most: float, *, shows_letters: bool) -> str:
    parts = [(severity, tally.counts[severity]) for severity in SEVERITIES if tally.counts[severity]]
    scale = 100 / (max(tally.letters, 1) * most)
    bar = "".join(f'<i class="bar {severity}" style="width:{count * scale:.1f}%"></i>' for severity, count in parts)
    said = ", ".join(f"{count:,} {severity}{'' if count == 1 else 's'}" for severity, count in parts) or "none"
    numbers = [format_rate(tally.rate), f"{tally.total:,}", *([f"{tally.letters:,}"] if shows_letters else [])]
    cells = "".join(f'<td class="number">{number}</td>' for number in numbers)
    return (
        f'<tr><th scope="row">{escape(label)}</th><td class="bars" title="{said}">{bar}'
        f'<span class="unseen">{said}</span></td>{cells}</tr>'
    )


def format_rate(rate: float) -> str:
    """A number of findings a letter, in as many digits as mean something."""
    return f"{rate:,.1f}" if rate >= 0.95 or not rate else f"{rate:.2f}" if rate >= 0.01 else "< 0.01"
