"""One page for people who read: what was found where, and each letter with its findings beside it.

The page holds everything it needs and asks nobody for anything. It reads without its script, too:
that only searches and filters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from importlib.resources import files
from typing import Any, NamedTuple, TextIO

from imrlint.findings import Severity
from imrlint.output import Outcome, Setting
from imrlint.output.records import records, where
from imrlint.report import Report

MOST = 1_000  # letters that are shown with their text; a page with more is slow to read
_BARS = 15  # of a chart
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


class _Row(NamedTuple):
    """A finding with what it is filtered by, and where on the page its letter stands."""

    record: dict[str, Any]
    letter: int
    specialty: str
    month: str


class Writer:
    """Keeps what was found and writes the page at the end."""

    def __init__(self, out: TextIO, setting: Setting) -> None:
        self._out = out
        self._setting = setting
        self._reports: dict[str, Report] = {}
        self._rows: list[_Row] = []
        self._numbers: dict[str, int] = {}

    def letter(self, report: Report) -> None:
        name = report.source.name
        number = self._numbers.setdefault(name, len(self._numbers))
        for record in records(report, excerpts=self._setting.excerpts):
            self._rows.append(_Row(record, number, report.about.specialty, report.about.month))
        if report.diagnostics and (name in self._reports or len(self._reports) < MOST):
            before = self._reports.get(name)
            both = (*before.diagnostics, *report.diagnostics) if before else report.diagnostics
            self._reports[name] = replace(report, diagnostics=tuple(sorted(both, key=lambda d: d.finding.span)))

    def close(self, outcome: Outcome) -> str | None:
        for part in self._page(outcome):
            self._out.write(part)
        left = len({row.letter for row in self._rows}) - len(self._reports)
        return f"the page shows the text of {MOST:,} letters; {left:,} more stand in its table alone" if left else None

    def _page(self, outcome: Outcome) -> Iterator[str]:
        page = files("imrlint.output") / "page"
        began = self._setting.began.strftime("%Y-%m-%d %H:%M UTC")
        yield (
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
            f"<title>imrlint, {began}</title><style>{(page / 'page.css').read_text(encoding='utf-8')}</style></head>\n"
            '<body><a class="skip" href="#findings">To the findings</a>\n'
            f"<header><h1>What imrlint found</h1><p>{began}, imrlint {escape(self._setting.version)}</p></header>\n"
            "<main>\n"
        )
        yield from self._overview(outcome)
        yield from self._table()
        yield from self._letters()
        yield from _unchecked(outcome)
        yield f"</main>\n<script>{(page / 'page.js').read_text(encoding='utf-8')}</script></body></html>\n"

    # ---- The overview

    def _overview(self, outcome: Outcome) -> Iterator[str]:
        counted = [(outcome.letters, "letters checked")]
        counted += [(outcome.counts[severity], f"{severity.word}s") for severity in sorted(Severity, reverse=True)]
        counted += [(outcome.accepted, "accepted before"), (len(outcome.unchecked), "files not checked")]
        yield '<section aria-labelledby="overview"><h2 id="overview">Overview</h2><ul class="sum">'
        yield "".join(f"<li><b>{number:,}</b>{said}</li>" for number, said in counted)
        yield '</ul><div class="charts">'
        charts: Sequence[tuple[str, str, Iterable[str]]] = (
            ("by-rule", "Findings by rule", (row.record["name"] for row in self._rows)),
            ("by-family", "Findings by family of rules", (row.record["family"] for row in self._rows)),
            ("by-specialty", "Findings by specialty of the reviewer", (row.specialty for row in self._rows)),
            ("by-month", "Findings by month of the decision", (row.month for row in self._rows)),
        )
        for mark, title, labels in charts:
            yield _chart(mark, title, Counter(label or "not stated" for label in labels), by_label=mark == "by-month")
        yield "</div></section>\n"

    # ---- All findings

    def _table(self) -> Iterator[str]:
        yield '<section aria-labelledby="all"><h2 id="all">Findings</h2><form class="filters" role="search" hidden>'
        yield '<label>Search<input type="search" name="words" autocomplete="off"></label>'
        for key, title, values in (
            ("severity", "Level", [row.record["severity"] for row in self._rows]),
            ("rule", "Rule", [row.record["name"] for row in self._rows]),
            ("family", "Family", [row.record["family"] for row in self._rows]),
            ("specialty", "Specialty", [row.specialty for row in self._rows]),
            ("month", "Month", [row.month for row in self._rows]),
        ):
            options = "".join(f"<option>{escape(value)}</option>" for value in sorted(set(values)) if value)
            yield f'<label>{title}<select name="{key}"><option value="">all</option>{options}</select></label>'
        yield '<button type="reset">Show all</button></form>'
        yield f'<p id="shown" role="status">All {len(self._rows)} findings</p>'
        yield '<div class="wide" tabindex="0" role="region" aria-label="All findings"><table id="findings"><thead><tr>'
        yield "".join(f'<th scope="col">{head}</th>' for head in ("Level", "What", "Rule", "Where"))
        yield "</tr></thead><tbody>\n"
        yield from map(self._line, self._rows)
        yield "</tbody></table></div></section>\n"

    def _line(self, row: _Row) -> str:
        record = row.record
        data = {
            "severity": record["severity"],
            "rule": record["name"],
            "family": record["family"],
            "specialty": row.specialty,
            "month": row.month,
            "letter": f"letter-{row.letter}",
        }
        told = " ".join(f'data-{key}="{escape(value)}"' for key, value in data.items())
        place = escape(where(record))
        if record["path"] in self._reports:
            place = f'<a href="#{_mark(row.letter, record)}">{place}</a>'
        excerpt = f" <q>{escape(' '.join(record['excerpt'].split())[:120])}</q>" if record["excerpt"].strip() else ""
        return (
            f'<tr class="{record["severity"]}" {told}><td class="level">{record["severity"]}</td>'
            f"<td>{escape(record['message'])}{excerpt}</td><td>{record['name']}</td><td>{place}</td></tr>\n"
        )

    # ---- The letters

    def _letters(self) -> Iterator[str]:
        if not self._reports:
            return
        yield '<section aria-labelledby="letters"><h2 id="letters">Letters</h2>\n'
        for name, report in self._reports.items():
            number = self._numbers[name]
            found = list(records(report, excerpts=self._setting.excerpts))
            yield f'<article class="letter" id="letter-{number}" aria-labelledby="name-{number}">'
            yield f'<h3 id="name-{number}">{escape(name)}</h3><div class="sides">'
            if self._setting.excerpts:
                yield f'<pre tabindex="0" aria-label="The letter">{_marked(report, number, found)}</pre>'
            yield '<ol class="findings" tabindex="0" aria-label="Its findings">'
            for record in found:
                yield self._item(number, record)
            yield "</ol></div></article>\n"
        yield "</section>\n"

    def _item(self, number: int, record: dict[str, Any]) -> str:
        mark = _mark(number, record)
        place = where(record).removeprefix(record["path"]).lstrip(":, ")
        here = f'<a href="#at-{mark}">{place}</a>' if self._setting.excerpts else place
        parts = [
            f'<li id="{mark}" class="{record["severity"]}"><span class="level">{record["severity"]}</span> {here}: '
            f'{escape(record["message"])} <span class="rule">[{record["name"]}]</span>'
        ]
        for i, note in enumerate(record["notes"]):
            said = escape(note["message"])
            parts.append(f'<br><a href="#at-{mark}-{i}">{said}</a>' if self._setting.excerpts else f"<br>{said}")
        if record["fix"]:
            parts.append(
                f'<br><span class="aside">{record["fix"]["safety"]} fix: {escape(record["fix"]["title"])}</span>'
            )
        parts.append("</li>")
        return "".join(parts)


def _mark(letter: int, record: dict[str, Any]) -> str:
    return f"f-{letter}-{record['fingerprint']}-{record['start']}"


def _marked(report: Report, number: int, found: Sequence[dict[str, Any]]) -> str:
    """The letter with its findings and the other places marked, even where they overlap."""
    text = report.shown.text.replace("\f", "\n")
    spans: list[tuple[int, int, str, str]] = []  # start, end, what it is, its anchor
    for record in found:
        mark = _mark(number, record)
        spans.append((record["start"], max(record["end"], record["start"]), record["severity"], f"at-{mark}"))
        spans += [(n["start"], n["end"], "other", f"at-{mark}-{i}") for i, n in enumerate(record["notes"])]
    cuts = sorted({0, len(text), *(s[0] for s in spans), *(s[1] for s in spans)})
    anchors: dict[int, list[str]] = {}
    for start, _, _, anchor in spans:
        anchors.setdefault(start, []).append(anchor)
    parts = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        parts += [f'<span id="{anchor}"></span>' for anchor in dict.fromkeys(anchors.get(start, ()))]
        kinds = {kind for s, e, kind, _ in spans if s <= start and end <= e and s < e}
        words = escape(text[start:end], quote=False)
        if not words:
            continue
        severity = next((kind for kind in ("error", "warning", "note") if kind in kinds), None)
        if severity:
            words = f'<mark class="{severity}">{words}</mark>'
        if "other" in kinds:
            words = f'<span class="other">{words}</span>'
        parts.append(words)
    return "".join(parts)


def _chart(mark: str, title: str, counts: Counter[str], *, by_label: bool) -> str:
    """Bars, and the same as a table for whoever does not see them."""
    ranked = sorted(counts.items()) if by_label else counts.most_common()
    shown = ranked[-_BARS:] if by_label else ranked[:_BARS]
    if not shown:
        return f"<figure><figcaption>{title}</figcaption><p>Nothing was found.</p></figure>"
    most = max(times for _, times in shown)
    bars = []
    for row, (label, times) in enumerate(shown):
        y, width = row * 26, 300 * times / most
        name = escape(label if len(label) <= 34 else f"{label[:33]}…")
        bars.append(
            f'<text x="245" y="{y + 17}" text-anchor="end">{name}</text>'
            f'<rect x="252" y="{y + 3}" width="{width:.1f}" height="18" fill="#0b57a4"/>'
            f'<text x="{258 + width:.1f}" y="{y + 17}">{times:,}</text>'
        )
    picture = (
        f'<svg viewBox="0 0 610 {len(shown) * 26}" role="img" aria-labelledby="{mark}" font-size="13" '
        f'font-family="system-ui, sans-serif" fill="#1b1f24">{"".join(bars)}</svg>'
    )
    rows = "".join(f'<tr><th scope="row">{escape(label)}</th><td class="number">{n:,}</td></tr>' for label, n in ranked)
    return (
        f'<figure><figcaption id="{mark}">{title}</figcaption>{picture}<details><summary>As a table</summary>'
        f"<table><caption>{title}</caption><tbody>{rows}</tbody></table></details></figure>"
    )


def _unchecked(outcome: Outcome) -> Iterator[str]:
    if outcome.unchecked:
        yield '<section aria-labelledby="unchecked"><h2 id="unchecked">Files that could not be checked</h2><ul>'
        yield "".join(f"<li>{escape(path)}: {escape(reason)}</li>" for path, reason in outcome.unchecked)
        yield "</ul></section>\n"
