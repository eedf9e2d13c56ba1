"""One page for people who read: what was found where, and each letter with its findings beside it.

The page holds everything it needs and asks nobody for anything. It reads without its script, too:
that only searches and filters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from importlib.resources import files
from tempfile import SpooledTemporaryFile
from typing import Any, TextIO

from imrlint.engine.findings import Importance, Severity
from imrlint.engine.report import Report
from imrlint.output import Outcome, Setting
from imrlint.output.records import other_places, records, sureness, where

MOST = 1_000  # letters that are shown with their text; a page with more is slow to read
_BARS = 15  # of a chart
_IN_MEMORY = 1 << 20  # bytes of the table; more wait on the disk
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
_FILTERED = ("severity", "importance", "rule", "family", "specialty", "month")


class Writer:
    """Keeps what was found and writes the page at the end.

    The lines of its table wait in temporary files, one for each importance: a run may have a hundred thousand.
    """

    def __init__(self, out: TextIO, setting: Setting) -> None:
        self._out = out
        self._setting = setting
        self._reports: dict[str, Report] = {}
        self._numbers: dict[str, int] = {}  # of the letters in which something was found
        self._counts: Mapping[str, Counter[str]] = {key: Counter() for key in _FILTERED}
        self._lines = {level.word: _waiting_lines() for level in sorted(Importance, reverse=True)}

    def letter(self, report: Report) -> None:
        if not report.diagnostics:
            return
        name = report.source.name
        number = self._numbers.setdefault(name, len(self._numbers))
        if name in self._reports or len(self._reports) < MOST:
            before = self._reports.get(name)
            both = (*before.diagnostics, *report.diagnostics) if before else report.diagnostics
            self._reports[name] = replace(report, diagnostics=tuple(sorted(both, key=lambda d: d.finding.span)))
        for record in records(report, excerpts=self._setting.excerpts):
            about = report.details
            said = (
                record["severity"],
                record["importance"],
                record["name"],
                record["family"],
                about.specialty,
                about.month,
            )
            labels = dict(zip(_FILTERED, said, strict=True))
            for key, label in labels.items():
                self._counts[key][label] += 1
            self._lines[record["importance"]].write(self._line(number, record, labels))

    def close(self, outcome: Outcome) -> str | None:
        for part in self._page(outcome):
            self._out.write(part)
        for lines in self._lines.values():
            lines.close()
        left = len(self._numbers) - len(self._reports)
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
        ranked = sorted(Importance, reverse=True)
        counted += [(self._counts["importance"][level.word], f"of {level.word} importance") for level in ranked]
        counted += [(outcome.accepted, "accepted before"), (len(outcome.unchecked), "files not checked")]
        yield '<section aria-labelledby="overview"><h2 id="overview">Overview</h2><ul class="sum">'
        yield "".join(f"<li><b>{number:,}</b>{said}</li>" for number, said in counted)
        yield '</ul><div class="charts">'
        for key, title in (
            ("rule", "Findings by rule"),
            ("family", "Findings by family of rules"),
            ("specialty", "Findings by specialty of the reviewer"),
            ("month", "Findings by month of the decision"),
        ):
            counts = Counter({label or "not stated": times for label, times in self._counts[key].items()})
            yield _chart(f"by-{key}", title, counts, by_label=key == "month")
        yield "</div></section>\n"

    # ---- All findings

    def _table(self) -> Iterator[str]:
        yield '<section aria-labelledby="all"><h2 id="all">Findings</h2><form class="filters" role="search" hidden>'
        yield '<label>Search<input type="search" name="words" autocomplete="off"></label>'
        for key in _FILTERED:
            options = "".join(f"<option>{escape(value)}</option>" for value in sorted(self._counts[key]) if value)
            title = "Level" if key == "severity" else key.capitalize()
            yield f'<label>{title}<select name="{key}"><option value="">all</option>{options}</select></label>'
        yield '<button type="reset">Show all</button></form>'
        yield f'<p id="shown" role="status">All {self._counts["rule"].total()} findings</p>'
        yield '<div class="wide" tabindex="0" role="region" aria-label="All findings"><table id="findings"><thead><tr>'
        yield "".join(f'<th scope="col">{head}</th>' for head in ("Level", "Importance", "What", "Rule", "Where"))
        yield "</tr></thead><tbody>\n"
        for lines in self._lines.values():
            lines.seek(0)
            yield from iter(partial(lines.read, _IN_MEMORY), "")
        yield "</tbody></table></div></section>\n"

    def _line(self, letter: int, record: dict[str, Any], labels: Mapping[str, str]) -> str:
        data = {**labels, "letter": f"letter-{letter}"}
        told = " ".join(f'data-{key}="{escape(value)}"' for key, value in data.items())
        place = escape(where(record))
        if record["path"] in self._reports:
            place = f'<a href="#{_mark(letter, record)}">{place}</a>'
        excerpt = f" <q>{escape(' '.join(record['excerpt'].split())[:120])}</q>" if record["excerpt"].strip() else ""
        others = "".join(f'<br><span class="aside">{escape(other)}</span>' for other in other_places(record))
        return (
            f'<tr class="{record["severity"]}" {told}><td class="level">{record["severity"]}</td>'
            f"<td>{record['importance']} ({record['confidence']:.2f})</td>"
            f"<td>{escape(record['message'])}{excerpt}{others}</td><td>{record['name']}</td><td>{place}</td></tr>\n"
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
            f'<li id="{mark}" class="{record["severity"]}"><span class="level">{record["severity"]}</span> '
            f'<span class="aside">({sureness(record)})</span> {here}: '
            f'{escape(record["message"])} <span class="rule">[{record["name"]}]</span>'
        ]
        for i, note in enumerate(record["notes"]):
            words = " ".join(note["excerpt"].split())
            said = escape(note["message"]) + (f": <q>{escape(words[:120])}</q>" if words else "")
            parts.append(f'<br><a href="#at-{mark}-{i}">{said}</a>' if self._setting.excerpts else f"<br>{said}")
        if record["fix"]:
            parts.append(
                f'<br><span class="aside">{record["fix"]["safety"]} fix: {escape(record["fix"]["title"])}</span>'
            )
        parts.append("</li>")
        return "".join(parts)


def _waiting_lines() -> SpooledTemporaryFile[str]:
    return SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", errors="backslashreplace", newline="")


def _mark(letter: int, record: dict[str, Any]) -> str:
    return f"f-{letter}-{record['fingerprint']}-{record['start']}"


def _marked(report: Report, number: int, found: Sequence[dict[str, Any]]) -> str:
    """The letter with its findings and the other places marked, even where they overlap."""
    text = report.printable.text.replace("\f", "\n")
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
