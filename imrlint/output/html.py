"""The format HTML: one page with an overview, a table of all findings, and each letter beside its findings.

The page loads nothing from elsewhere. Its script only searches and filters; the page can be read without it.
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
from imrlint.output import Outcome, WriterOptions
from imrlint.output.records import build_records, describe_other_places, describe_place, describe_weight

MOST = 1_000  # letters that are shown with their text; a page with more is slow
_BARS = 15  # in a chart
_IN_MEMORY = 1 << 20  # bytes of the table; the others are kept on disk
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
_FILTERED = ("severity", "importance", "rule", "family", "specialty", "month")


class Writer:
    """Collects the findings, and writes the page at the end of the run.

    The rows of the table, of which a run may have a hundred thousand, are kept in temporary files: one for each
    importance, so that the table is sorted by it.
    """

    def __init__(self, out: TextIO, options: WriterOptions) -> None:
        self._out = out
        self._options = options
        self._reports: dict[str, Report] = {}
        self._numbers: dict[str, int] = {}  # of the letters with findings
        self._counts: Mapping[str, Counter[str]] = {key: Counter() for key in _FILTERED}
        self._rows = {level.word: _open_temporary_file() for level in sorted(Importance, reverse=True)}

    def write_report(self, report: Report) -> None:
        if not report.diagnostics:
            return
        name = report.source.name
        number = self._numbers.setdefault(name, len(self._numbers))
        if name in self._reports or len(self._reports) < MOST:
            before = self._reports.get(name)
            both = (*before.diagnostics, *report.diagnostics) if before else report.diagnostics
            self._reports[name] = replace(report, diagnostics=tuple(sorted(both, key=lambda d: d.finding.span)))
        for record in build_records(report, excerpts=self._options.excerpts):
            labels = {
                "severity": record["severity"],
                "importance": record["importance"],
                "rule": record["name"],
                "family": record["family"],
                "specialty": report.details.specialty if self._options.excerpts else "",
                "month": report.details.month,
            }
            for key, label in labels.items():
                self._counts[key][label] += 1
            self._rows[record["importance"]].write(self._format_row(number, record, labels))

    def close(self, outcome: Outcome) -> str | None:
        for part in self._page(outcome):
            self._out.write(part)
        for rows in self._rows.values():
            rows.close()
        left = len(self._numbers) - len(self._reports)
        if not left:
            return None
        return f"the page shows the text of {MOST:,} letters; the findings in {left:,} more are only in its table"

    def _page(self, outcome: Outcome) -> Iterator[str]:
        page = files("imrlint.output") / "page"
        began = self._options.began.strftime("%Y-%m-%d %H:%M UTC")
        yield (
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
            f"<title>imrlint, {began}</title><style>{(page / 'page.css').read_text(encoding='utf-8')}</style></head>\n"
            '<body><a class="skip" href="#findings">Skip to the findings</a>\n'
            f"<header><h1>What imrlint found</h1><p>{began}, imrlint {escape(self._options.version)}</p></header>\n"
            "<main>\n"
        )
        yield from self._overview(outcome)
        yield from self._table()
        yield from self._letters()
        yield from _list_unchecked(outcome)
        yield f"</main>\n<script>{(page / 'page.js').read_text(encoding='utf-8')}</script></body></html>\n"

    # ---- Overview

    def _overview(self, outcome: Outcome) -> Iterator[str]:
        counted = [(outcome.letters, "letters checked")]
        counted += [(outcome.counts[severity], f"{severity.word}s") for severity in sorted(Severity, reverse=True)]
        ranked = sorted(Importance, reverse=True)
        counted += [(self._counts["importance"][level.word], f"of {level.word} importance") for level in ranked]
        counted += [(outcome.accepted, "accepted findings"), (len(outcome.unchecked), "files not checked")]
        yield '<section aria-labelledby="overview"><h2 id="overview">Overview</h2><ul class="sum">'
        yield "".join(f"<li><b>{number:,}</b>{label}</li>" for number, label in counted)
        yield '</ul><div class="charts">'
        for key, title in (
            ("rule", "Findings by rule"),
            ("family", "Findings by family of rules"),
            ("specialty", "Findings by specialty of the reviewer"),
            ("month", "Findings by month of the decision"),
        ):
            if key == "specialty" and not self._options.excerpts:
                continue  # it is words of the letter
            counts = Counter({label or "not stated": times for label, times in self._counts[key].items()})
            yield _draw_chart(f"by-{key}", title, counts, by_label=key == "month")
        yield "</div></section>\n"

    # ---- Table of findings

    def _table(self) -> Iterator[str]:
        yield '<section aria-labelledby="all"><h2 id="all">Findings</h2><form class="filters" role="search" hidden>'
        yield '<label>Search<input type="search" name="words" autocomplete="off"></label>'
        for key in _FILTERED if self._options.excerpts else (key for key in _FILTERED if key != "specialty"):
            options = "".join(f"<option>{escape(value)}</option>" for value in sorted(self._counts[key]) if value)
            choices = f'<select name="{key}"><option value="">all</option>{options}</select>'
            yield f"<label>{key.capitalize()}{choices}</label>"
        yield '<button type="reset">Reset</button></form>'
        yield f'<p id="shown" role="status">{self._counts["rule"].total()} findings</p>'
        yield '<div class="wide" tabindex="0" role="region" aria-label="All findings"><table id="findings"><thead><tr>'
        yield "".join(f'<th scope="col">{head}</th>' for head in ("Severity", "Importance", "Finding", "Rule", "Place"))
        yield "</tr></thead><tbody>\n"
        for rows in self._rows.values():
            rows.seek(0)
            yield from iter(partial(rows.read, _IN_MEMORY), "")
        yield "</tbody></table></div></section>\n"

    def _format_row(self, letter: int, record: dict[str, Any], labels: Mapping[str, str]) -> str:
        data = {**labels, "letter": f"letter-{letter}"}
        attributes = " ".join(f'data-{key}="{escape(value)}"' for key, value in data.items())
        place = escape(describe_place(record))
        if record["path"] in self._reports:
            place = f'<a href="#{_make_anchor(letter, record)}">{place}</a>'
        excerpt = f" <q>{escape(' '.join(record['excerpt'].split())[:120])}</q>" if record["excerpt"].strip() else ""
        others = "".join(f'<br><span class="aside">{escape(other)}</span>' for other in describe_other_places(record))
        return (
            f'<tr class="{record["severity"]}" {attributes}><td class="level">{record["severity"]}</td>'
            f"<td>{record['importance']} ({record['confidence']:.2f})</td>"
            f"<td>{escape(record['message'])}{excerpt}{others}</td><td>{record['name']}</td><td>{place}</td></tr>\n"
        )

    # ---- Letters

    def _letters(self) -> Iterator[str]:
        if not self._reports:
            return
        yield '<section aria-labelledby="letters"><h2 id="letters">Letters</h2>\n'
        for name, report in self._reports.items():
            number = self._numbers[name]
            found = list(build_records(report, excerpts=self._options.excerpts))
            yield f'<article class="letter" id="letter-{number}" aria-labelledby="name-{number}">'
            yield f'<h3 id="name-{number}">{escape(name)}</h3><div class="sides">'
            if self._options.excerpts:
                yield f'<pre tabindex="0" aria-label="The letter">{_mark_findings(report, number, found)}</pre>'
            yield '<ol class="findings" tabindex="0" aria-label="Its findings">'
            for record in found:
                yield self._format_finding(number, record)
            yield "</ol></div></article>\n"
        yield "</section>\n"

    def _format_finding(self, number: int, record: dict[str, Any]) -> str:
        mark = _make_anchor(number, record)
        place = describe_place(record).removeprefix(record["path"]).lstrip(":, ")
        here = f'<a href="#at-{mark}">{place}</a>' if self._options.excerpts else place
        parts = [
            f'<li id="{mark}" class="{record["severity"]}"><span class="level">{record["severity"]}</span> '
            f'<span class="aside">({describe_weight(record)})</span> {here}: '
            f'{escape(record["message"])} <span class="rule">[{record["name"]}]</span>'
        ]
        for i, note in enumerate(record["notes"]):
            words = " ".join(note["excerpt"].split())
            text = escape(note["message"]) + (f": <q>{escape(words[:120])}</q>" if words else "")
            parts.append(f'<br><a href="#at-{mark}-{i}">{text}</a>' if self._options.excerpts else f"<br>{text}")
        if record["fix"]:
            parts.append(
                f'<br><span class="aside">{record["fix"]["safety"]} fix: {escape(record["fix"]["title"])}</span>'
            )
        parts.append("</li>")
        return "".join(parts)


def _open_temporary_file() -> SpooledTemporaryFile[str]:
    return SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", errors="backslashreplace", newline="")


def _make_anchor(letter: int, record: dict[str, Any]) -> str:
    return f"f-{letter}-{record['fingerprint']}-{record['start']}"


def _mark_findings(report: Report, number: int, found: Sequence[dict[str, Any]]) -> str:
    """The text of a letter as HTML, with its findings and the other places marked; they may overlap."""
    text = report.printable.text.replace("\f", "\n")
    spans: list[tuple[int, int, str, str]] = []  # start, end, what it is, its anchor
    for record in found:
        mark = _make_anchor(number, record)
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


def _draw_chart(mark: str, title: str, counts: Counter[str], *, by_label: bool) -> str:
    """A bar chart, and the same figures as a table for people who cannot see it."""
    ranked = sorted(counts.items()) if by_label else counts.most_common()
    shown = ranked[-_BARS:] if by_label else ranked[:_BARS]
    if not shown:
        return f"<figure><figcaption>{title}</figcaption><p>No findings.</p></figure>"
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


def _list_unchecked(outcome: Outcome) -> Iterator[str]:
    if outcome.unchecked:
        yield '<section aria-labelledby="unchecked"><h2 id="unchecked">Files that could not be checked</h2><ul>'
        yield "".join(f"<li>{escape(file.path)}: {escape(file.reason)}</li>" for file in outcome.unchecked)
        yield "</ul></section>\n"
