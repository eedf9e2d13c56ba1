"""The format HTML: one page with an overview, a table of all findings, each letter beside its findings, and the rules.

The page loads nothing from elsewhere. Its script searches, filters and leads from a finding to its words; the page
can be read without it. On paper it has the overview and the findings of each letter.
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

from imrlint.engine.findings import Importance
from imrlint.engine.report import Report
from imrlint.output import Outcome, WriterOptions
from imrlint.output.charts import draw_chart, format_rate
from imrlint.output.explanations import render_explanation
from imrlint.output.records import (
    build_records,
    describe_other_places,
    describe_place,
    describe_weight,
    find_page_or_paragraph,
)
from imrlint.output.shown_letter import Marked, show_letter
from imrlint.output.tallies import HIGH, SEVERITIES, Tallies

MOST = 1_000  # letters that are shown with their text; a page with more is slow
_IN_MEMORY = 1 << 20  # bytes of the table; the others are kept on disk
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
_FILTERED = ("severity", "importance", "rule", "family", "specialty", "month")
_LONGEST = 120  # characters of an excerpt


class Writer:
    """Collects the findings, and writes the page at the end of the run.

    The rows of the table, of which a run may have a hundred thousand, are kept in temporary files: one for each
    importance, so that the table is sorted by it.
    """

    def __init__(self, out: TextIO, options: WriterOptions) -> None:
        self._out = out
        self._options = options
        self._tallies = Tallies()
        self._reports: dict[str, Report] = {}  # those that are shown with their text
        self._numbers: dict[str, int] = {}  # of the letters with findings
        self._pages: dict[str, str] = {}  # the address of the page on each rule that found something; or ""
        self._labels: Mapping[str, Counter[str]] = {key: Counter() for key in _FILTERED}
        self._rows = {level.word: _open_temporary_file() for level in sorted(Importance, reverse=True)}

    def write_report(self, report: Report) -> None:
        self._tallies.add(report)
        if not report.diagnostics:
            return
        name = report.source.name
        number = self._numbers.setdefault(name, len(self._numbers))
        if name in self._reports or len(self._reports) < MOST:
            before = self._reports.get(name)
            both = (*before.diagnostics, *report.diagnostics) if before else report.diagnostics
            self._reports[name] = replace(report, diagnostics=tuple(sorted(both, key=lambda d: d.finding.span)))
        for record in build_records(report, self._options):
            labels = {
                "severity": record["severity"],
                "importance": record["importance"],
                "rule": record["name"],
                "family": record["family"],
                "specialty": report.details.specialty if self._options.excerpts else "",
                "month": report.details.month,
            }
            for key, label in labels.items():
                self._labels[key][label] += 1
            self._pages.setdefault(record["name"], record.get("rule_page", ""))
            self._rows[record["importance"]].write(self._format_row(number, record, labels))

    def close(self, outcome: Outcome) -> str | None:
        for part in self._page(outcome):
            self._out.write(part)
        for rows in self._rows.values():
            rows.close()
        if not self._left_out:
            return None
        more = f"the findings in {self._left_out:,} more are only in its table"
        return f"the page shows the text of {MOST:,} letters; {more}"

    @property
    def _left_out(self) -> int:
        """The number of letters with findings that are not shown with their text."""
        return len(self._numbers) - len(self._reports)

    def _page(self, outcome: Outcome) -> Iterator[str]:
        page = files("imrlint.output") / "page"
        began = self._options.began.strftime("%Y-%m-%d %H:%M UTC")
        yield (
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="color-scheme" content="light dark">'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
            f"<title>imrlint, {began}</title><style>{(page / 'page.css').read_text(encoding='utf-8')}</style></head>\n"
            '<body><a class="skip" href="#all">Skip to the findings</a>\n'
            f"<header><h1>What imrlint found</h1><p>{began}, imrlint {escape(self._options.version)}</p></header>\n"
            "<main>\n"
        )
        yield from self._overview(outcome)
        yield from _list_unchecked(outcome)
        yield from self._ranking()
        yield from self._table()
        yield from self._letters()
        yield from self._explanations()
        yield f"</main>\n<script>{(page / 'page.js').read_text(encoding='utf-8')}</script></body></html>\n"

    # ---- Overview

    def _overview(self, outcome: Outcome) -> Iterator[str]:
        tallies = self._tallies
        letters = max(outcome.letters, len(tallies.letters))
        yield '<section aria-labelledby="overview"><h2 id="overview">Overview</h2><ul class="sum">'
        yield _card(letters, "letter", "checked")
        yield _card(letters - len(self._numbers), "letter", "without findings", "clean")
        if only := tallies.count_with_notes_only():
            yield _card(only, "letter", "with notes only")
        for severity in SEVERITIES:
            found = sum(tally.counts[severity] for tally in tallies.rules.values())
            yield _card(found, severity, f"{format_rate(found / max(letters, 1))} a letter", severity)
        high = sum(tally.counts[HIGH] for tally in tallies.rules.values())
        yield _card(high, "finding", "of high importance")
        if outcome.accepted:
            yield _card(outcome.accepted, "finding", "accepted, and not counted")
        if outcome.unchecked:
            yield _card(len(outcome.unchecked), "file", "not checked", "error")
        yield '</ul><p class="key" aria-hidden="true">'
        yield "".join(f'<i class="bar {severity}"></i> {severity}s ' for severity in SEVERITIES)
        yield '</p><div class="charts">'
        yield draw_chart("Findings by rule", tallies.rules, letters=letters)
        yield draw_chart("Findings by family of rules", tallies.families, letters=letters)
        if self._options.excerpts:  # a specialty is words of the letter
            yield draw_chart("Findings by specialty of the reviewer", tallies.specialties)
        yield draw_chart("Findings by month of the decision", tallies.months, by_label=True)
        yield "</div></section>\n"

    # ---- Letters by what is to do

    def _ranking(self) -> Iterator[str]:
        ranked = self._tallies.rank_letters()
        if not ranked:
            return
        yield '<section aria-labelledby="ranking"><h2 id="ranking">Letters, those with most to do first</h2>'
        yield '<div class="wide" tabindex="0" role="group" aria-label="Letters by what is to do">'
        yield '<table class="ranking"><thead><tr>'
        yield '<th scope="col">Letter</th>'
        heads = (*(f"{severity}s".capitalize() for severity in SEVERITIES), "Of high importance")
        yield "".join(f'<th scope="col" class="number">{head}</th>' for head in heads)
        yield "</tr></thead><tbody>\n"
        for name in ranked[:MOST]:
            number, counts = self._numbers[name], self._tallies.letters[name].counts
            link = f'<a href="#letter-{number}">{escape(name)}</a>' if name in self._reports else escape(name)
            cells = "".join(
                f'<td class="number{f" {key}" if counts[key] else " none"}">{counts[key]:,}</td>'
                for key in (*SEVERITIES, HIGH)
            )
            yield f'<tr data-letter="letter-{number}"><th scope="row">{link}</th>{cells}</tr>\n'
        yield "</tbody></table></div>"
        clean = self._tallies.count_clean()
        if len(ranked) > MOST:
            yield f"<p>{len(ranked) - MOST:,} more letters have findings.</p>"
        if clean:
            yield f"<p>{clean:,} {'letter has' if clean == 1 else 'letters have'} no finding.</p>"
        yield "</section>\n"

    # ---- Table of findings

    def _table(self) -> Iterator[str]:
        whole = "" if self._left_out else ' class="onscreen"'  # on paper, the letters have their findings
        yield f'<section aria-labelledby="all"{whole}><h2 id="all">Findings, the most important first</h2>'
        yield '<form class="filters" role="search" hidden>'
        yield '<label>Search<input type="search" name="words" autocomplete="off"></label>'
        for key in _FILTERED if self._options.excerpts else (key for key in _FILTERED if key != "specialty"):
            options = "".join(f"<option>{escape(value)}</option>" for value in sorted(self._labels[key]) if value)
            choices = f'<select name="{key}"><option value="">all</option>{options}</select>'
            yield f"<label>{key.capitalize()}{choices}</label>"
        yield '<button type="reset">Reset</button></form>'
        yield f'<p id="shown" role="status">{self._labels["rule"].total()} findings</p>'
        yield '<div class="wide tall" tabindex="0" role="region" aria-label="All findings">'
        yield '<table id="findings"><thead><tr>'
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
        excerpt = f"<br><q>{_shorten(record['excerpt'])}</q>" if record["excerpt"].strip() else ""
        others = "".join(f'<br><span class="aside">{escape(other)}</span>' for other in describe_other_places(record))
        return (
            f'<tr class="{record["severity"]}" {attributes}><td class="level">{record["severity"]}</td>'
            f"<td>{record['importance']} ({record['confidence']:.2f})</td>"
            f"<td>{escape(record['message'])}{excerpt}{others}</td><td>{_link_rule(record['name'])}</td>"
            f"<td>{place}</td></tr>\n"
        )

    # ---- Letters

    def _letters(self) -> Iterator[str]:
        if not self._reports:
            return
        yield '<section aria-labelledby="letters"><h2 id="letters">Letters</h2>\n'
        for name in self._tallies.rank_letters():
            if name in self._reports:
                yield from self._letter(name, self._reports[name])
        yield "</section>\n"

    def _letter(self, name: str, report: Report) -> Iterator[str]:
        number = self._numbers[name]
        found = list(build_records(report, self._options))
        yield f'<article class="letter" id="letter-{number}" aria-labelledby="name-{number}">'
        yield f'<h3 id="name-{number}">{escape(name)}</h3><div class="sides">'
        if self._options.excerpts:
            page = show_letter(report.printable.text, list(_mark_all(number, found)), flows=report.source.flows)
            form = f'class="typed" style="--columns: {page.columns}"' if page.columns else 'class="flowing"'
            yield f'<div class="paper"><pre {form} tabindex="0" aria-label="The letter">{page.html}</pre></div>'
        yield '<div class="findings" tabindex="0" role="group" aria-label="Its findings">'
        begin = 1
        for severity in SEVERITIES:
            if these := [record for record in found if record["severity"] == severity]:
                yield f"<h4>{_count(len(these), severity).capitalize()}</h4>"
                yield f'<ol start="{begin}">'
                yield from (self._format_finding(number, record) for record in these)
                yield "</ol>"
                begin += len(these)
        yield "</div></div></article>\n"

    def _format_finding(self, number: int, record: dict[str, Any]) -> str:
        mark = _make_anchor(number, record)
        place = find_page_or_paragraph(record) or f"line {record['line']}"
        here = f'<a href="#at-{mark}">{place}</a>' if self._options.excerpts else place
        parts = [
            f'<li id="{mark}" class="{record["severity"]}">{here}: {escape(record["message"])} '
            f'<span class="rule">[{_link_rule(record["name"])}]</span>'
        ]
        if (words := _shorten(record["excerpt"])) and words not in escape(record["message"]):
            parts.append(f'<br class="onpaper"><q class="onpaper">{words}</q>')
        for i, note in enumerate(record["notes"]):
            words = _shorten(note["excerpt"])
            text = escape(note["message"]) + (f": <q>{words}</q>" if words else "")
            parts.append(f'<br><a href="#at-{mark}-{i}">{text}</a>' if self._options.excerpts else f"<br>{text}")
        if record["fix"]:
            parts.append(
                f'<br><span class="aside">{record["fix"]["safety"]} fix: {escape(record["fix"]["title"])}</span>'
            )
        parts.append(f'<br><span class="aside">{describe_weight(record)}</span></li>')
        return "".join(parts)

    # ---- Rules

    def _explanations(self) -> Iterator[str]:
        if not self._pages:
            return
        rules = self._options.rules()
        yield '<section aria-labelledby="rules" class="onscreen"><h2 id="rules">The rules that found something</h2>\n'
        for name, page in sorted(self._pages.items()):
            summary, text = (rules[name].summary, render_explanation(rules[name].help)) if name in rules else ("", "")
            link = f'<p><a href="{escape(page)}">Its page in the documentation</a></p>' if page else ""
            yield (
                f'<details class="explained"><summary><b>{name}</b> {escape(summary)}</summary>'
                f'<div id="rule-{name}">{text}{link}</div></details>\n'
            )
        yield "</section>\n"


def _open_temporary_file() -> SpooledTemporaryFile[str]:
    return SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", errors="backslashreplace", newline="")


def _link_rule(name: str) -> str:
    return f'<a href="#rule-{name}">{name}</a>'


def _make_anchor(letter: int, record: dict[str, Any]) -> str:
    return f"f-{letter}-{record['fingerprint']}-{record['start']}"


def _mark_all(number: int, found: Sequence[dict[str, Any]]) -> Iterator[Marked]:
    """The places of the findings in a letter, and the other places that they name."""
    for record in found:
        mark = _make_anchor(number, record)
        yield Marked(record["start"], max(record["end"], record["start"]), record["severity"], f"at-{mark}")
        for i, note in enumerate(record["notes"]):
            yield Marked(note["start"], note["end"], "other", f"at-{mark}-{i}")


def _shorten(words: str) -> str:
    return escape(" ".join(words.split())[:_LONGEST])


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _card(number: int, thing: str, about: str, kind: str = "") -> str:
    return f'<li class="{kind}"><b>{number:,}</b> {thing if number == 1 else f"{thing}s"} <span>{about}</span></li>'


def _list_unchecked(outcome: Outcome) -> Iterator[str]:
    if outcome.unchecked:
        yield '<section aria-labelledby="unchecked"><h2 id="unchecked">Files that could not be checked</h2><ul>'
        yield "".join(f"<li>{escape(file.path)}: {escape(file.reason)}</li>" for file in outcome.unchecked)
        yield "</ul></section>\n"
