"""What the commands on a store say: the runs, a comparison, and trends, in words and figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imrlint.archive.comparison import STATUSES, Change, Comparison, RuleChange
from imrlint.archive.intervals import Interval
from imrlint.archive.plots import Point, draw_course, draw_mark
from imrlint.archive.precision import Precision
from imrlint.archive.schema import RunRow
from imrlint.archive.sheets import Account, Sheet
from imrlint.archive.trends import DIMENSIONS, Trend, Trends
from imrlint.output.charts import format_rate

_FEW = 30
"""Letters below which a figure is marked as one of few letters."""

_TITLES = {
    "all": "All findings",
    "family": "By family of rules",
    "rule": "By rule",
    "specialty": "By specialty of the reviewer",
    "kind": "By kind of item, findings in such items",
    "month": "By month of the decision",
}
_SHOWN = 60  # rows of a sheet in a terminal


def describe_runs(runs: Sequence[RunRow]) -> Account:
    """The runs of a store, the last one first."""
    heads = ("Run", "Began (UTC)", "Version", "Code", "Settings", "Chosen", "Letters", "Not checked", "Findings")
    cells = [
        (
            run.run,
            run.began[:16].replace("T", " "),
            run.version,
            run.code[:8],
            run.settings[:8],
            run.choice,
            f"{run.letters:,}",
            f"{run.unchecked:,}",
            f"{run.findings:,}",
        )
        for run in runs
    ]
    return Account(
        "Runs",
        [f"{_count(len(runs), 'run')} kept"],
        [Sheet("runs", "Runs", RunRow._fields, runs, heads, cells, texts=6)],
    )


def describe_comparison(comparison: Comparison) -> Account:
    """What changed from one run to another."""
    before, after, counts = comparison.before, comparison.after, comparison.counts
    figures = ", ".join(f"{counts[status]:,} {status}" for status in STATUSES)
    about = [
        f"from {before.run} ({before.version}, {before.letters:,} letters, {before.findings:,} findings)",
        f"to   {after.run} ({after.version}, {after.letters:,} letters, {after.findings:,} findings)",
        f"letters: {comparison.letters:,} in both, {comparison.changed_letters:,} of them changed; "
        f"{len(comparison.only_before):,} only before, {len(comparison.only_after):,} only after",
        f"settings: {_same(before.settings, after.settings)}; code of imrlint: {_same(before.code, after.code)}; "
        f"trained reader: {_same(before.reader, after.reader)}; choice: {_same(before.choice, after.choice)}",
        f"findings in letters of both: {figures}, {comparison.same:,} the same",
    ]
    sheets = [_list_changes(comparison.changes), _count_by_rule(comparison.rules), _count_by_letter(comparison.changes)]
    facts = {
        "before": before._asdict(),
        "after": after._asdict(),
        "letters": comparison.letters,
        "changed_letters": comparison.changed_letters,
        "only_before": list(comparison.only_before),
        "only_after": list(comparison.only_after),
        "same": comparison.same,
    }
    return Account("Two runs compared", about, sheets, facts, most=_SHOWN)


def describe_trends(trends: Trends, precisions: Sequence[Precision] | None = None) -> Account:
    """Trends, and with `precisions` how often findings are right."""
    period = f", decided from {trends.since} to {trends.until}" if trends.since else ""
    letters, runs = _count(trends.letters, "letter"), _count(trends.runs, "run")
    about = [
        f"{letters}{period}, each as it was when it was last checked ({runs})",
        "In brackets is where the figure lies with 95% confidence; * is a figure of few letters.",
    ]
    sheets = [
        _list_trends(by, rows) for by in DIMENSIONS if (rows := [trend for trend in trends.trends if trend.by == by])
    ]
    if precisions is not None:
        judged = sum(each.judged for each in precisions if not each.month)
        about.append(f"Findings with a verdict: {judged:,}")
        sheets += [*_list_precision(precisions)]
    facts = {"letters": trends.letters, "runs": trends.runs, "since": trends.since, "until": trends.until}
    return Account("Trends", about, sheets, facts, most=_SHOWN)


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _same(one: str, other: str) -> str:
    return "the same" if one == other else "not the same"


# ---- Comparison


def _list_changes(changes: Sequence[Change]) -> Sheet:
    cells = [
        (each.status, _name_place(each), each.severity, each.rule, _say(each), each.before, each.fingerprint[:8])
        for each in changes
    ]
    labels = [{"status": each.status, "severity": each.severity, "rule": each.rule} for each in changes]
    heads = ("Status", "Place", "Severity", "Rule", "Finding", "Before", "Mark")
    return Sheet("changes", "Findings that are not the same", Change._fields, changes, heads, cells, 7, labels=labels)


def _name_place(change: Change) -> str:
    if change.page is not None:
        return f"{change.letter}, page {change.page}"
    if change.paragraph is not None:
        return f"{change.letter}, paragraph {change.paragraph}"
    return f"{change.letter}:{change.line}"


def _say(change: Change) -> str:
    return f'{change.message}: "{change.excerpt}"' if change.excerpt else change.message


def _count_by_rule(rules: Sequence[RuleChange]) -> Sheet:
    cells = [(each.rule, each.itself, *(f"{number:,}" for number in each[1:5])) for each in rules]
    heads = ("Rule", "Itself", *(status.capitalize() for status in STATUSES))
    return Sheet("rules", "By rule", RuleChange._fields, rules, heads, cells, texts=2)


def _count_by_letter(changes: Sequence[Change]) -> Sheet:
    counts: dict[str, list[int]] = {}
    for each in changes:
        counts.setdefault(each.letter, [0] * len(STATUSES))[STATUSES.index(each.status)] += 1
    ranked = sorted(counts.items(), key=lambda each: (-sum(each[1]), each[0]))
    rows = [(letter, *numbers) for letter, numbers in ranked]
    cells = [(letter, *(f"{number:,}" for number in numbers)) for letter, numbers in ranked]
    heads = ("Letter", *(status.capitalize() for status in STATUSES))
    return Sheet("letters_with_changes", "By letter", ("letter", *STATUSES), rows, heads, cells)


# ---- Trends


_COLUMNS = (
    "by", "label", "family", "findings", "letters", "affected", "rate", "rate_low", "rate_high", "share", "share_low",
    "share_high",
)  # fmt: skip


def _list_trends(by: str, trends: Sequence[Trend]) -> Sheet:
    rows = [
        (*trend[:6], *(round(each, 4) for each in (trend.rate, *trend.rate_interval)),
         *(round(each, 4) for each in (trend.share, *trend.share_interval)))
        for trend in trends
    ]  # fmt: skip
    cells = [
        (
            _name(trend),
            f"{trend.findings:,}",
            f"{trend.letters:,}{'*' if trend.letters < _FEW else ''}",
            f"{format_rate(trend.rate)} {_show_rate(trend.rate_interval)}",
            f"{trend.affected:,}",
            f"{trend.share:.0%} {_show_share(trend.share_interval)}",
        )
        for trend in trends
    ]
    most = max((trend.rate for trend in trends), default=0) * 1.5
    labels = [{"family": trend.family} if by == "rule" else {} for trend in trends]
    for label, trend in zip(labels, trends, strict=True):
        label["letters"] = str(trend.letters)
    points = [Point(_name(trend), trend.rate, trend.rate_interval) for trend in trends if trend.label]
    return Sheet(
        by,
        _TITLES[by],
        _COLUMNS,
        rows,
        (by.capitalize(), "Findings", "Letters", "Per letter", "Letters with one", "Share of letters"),
        cells,
        plot=draw_course("Findings a letter by month of the decision", points) if by == "month" else "",
        marks=[draw_mark(trend.rate, trend.rate_interval, most) for trend in trends],
        labels=labels,
    )


def _name(trend: Trend) -> str:
    return trend.label or ("all" if trend.by == "all" else "not stated")


def _show_rate(interval: Interval) -> str:
    return f"({format_rate(interval.low)} to {format_rate(interval.high)})"


def _show_share(interval: Interval) -> str:
    return f"({interval.low:.0%} to {interval.high:.0%})"


# ---- Precision


_PRECISION = ("rule", "month", "right", "judged", "disputed", "share", "low", "high")


def _list_precision(precisions: Sequence[Precision]) -> Iterator[Sheet]:
    whole = [each for each in precisions if not each.month]
    yield _make_precision_sheet("precision", "Findings that are right, by rule", whole, dated=False)
    months = [each for each in precisions if each.month]
    yield _make_precision_sheet("precision_by_month", "Findings that are right, by month", months, dated=True)


def _make_precision_sheet(name: str, title: str, precisions: Sequence[Precision], *, dated: bool) -> Sheet:
    rows = [(*each[:5], round(each.share, 4), *(round(end, 4) for end in each.interval)) for each in precisions]
    cells = [
        (
            each.rule,
            *([each.month] if dated else []),
            f"{each.judged:,}",
            f"{each.right:,}",
            f"{each.share:.0%} {_show_share(each.interval)}",
            f"{each.disputed:,}",
        )
        for each in precisions
    ]
    heads = ("Rule", *(["Month"] if dated else []), "Judged", "Right", "Share", "Disputed")
    marks = [draw_mark(each.share, each.interval, 1.0) for each in precisions]
    return Sheet(name, title, _PRECISION, rows, heads, cells, texts=2 if dated else 1, marks=marks)
