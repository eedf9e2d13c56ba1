"""What a store keeps of a run, what it tells of two runs and of many, and what people say of findings."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
import sys
import tomllib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import open_browser
from running import CLEAN, EXAMPLES, SLIPS, run

from imrlint.archive.calibration import propose_severities
from imrlint.archive.comparison import compare_runs
from imrlint.archive.intervals import estimate_rate, estimate_share, measure_heap
from imrlint.archive.locks import Lock
from imrlint.archive.precision import Precision, measure_precision
from imrlint.archive.schema import TABLES, Judgment
from imrlint.archive.store import Store
from imrlint.archive.trends import Choice, measure_trends
from imrlint.archive.verdicts import add_verdict, find_marked, read_verdicts
from imrlint.document.letter import Decision, RequestKind
from imrlint.engine.rule import Rule
from imrlint.knowledge.law import credentials
from imrlint.session.recording import Recorder
from imrlint.settings.config import build_config


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with every example in `letters`."""
    (tmp_path / "letters").mkdir()
    for path in EXAMPLES:
        shutil.copy(path, tmp_path / "letters" / path.name)
    return tmp_path


def keep(house: Path, *options: object) -> Store:
    done = run("check", "letters", "--store", "store", "-q", *options, cwd=house)
    assert "kept as the run" in done.stderr
    return Store(house / "store")


def select(store: Store, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        for table in TABLES:
            files = store.runs / "*" / f"{table}-*.parquet"
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{files}')")
        return connection.execute(query).fetchall()


def edit(house: Path, old: str, new: str, name: str = SLIPS.name) -> None:
    path = house / "letters" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def trends_of(house: Path, *options: object) -> list[dict[str, str]]:
    done = run("trends", "--store", "store", "--output-format", "csv", *options, cwd=house)
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"))))


# ---- What is kept


def test_a_run_is_kept_with_its_findings_and_without_words_of_letters(house: Path) -> None:
    done = run("check", "letters", "--store", "store", "--output-format", "jsonl", cwd=house)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    store = Store(house / "store")
    found = select(
        store, "SELECT name, fingerprint, rule, severity, line, first FROM findings JOIN letters USING (run, letter)"
    )
    assert Counter(found) == Counter(
        (each["path"], each["fingerprint"], each["name"], each["severity"], each["line"], each["start"])
        for each in records
    )
    bare = run("check", "letters", "--no-excerpts", "--output-format", "jsonl", cwd=house).stdout.splitlines()
    said = select(store, "SELECT message, excerpt FROM findings")
    assert Counter(said) == Counter((json.loads(line)["message"], "") for line in bare)
    kinds, decisions = ({each.value for each in words} for words in (RequestKind, Decision))
    items = select(store, "SELECT DISTINCT kind, decision FROM items")
    assert all(kind in kinds and decision in {*decisions, ""} for kind, decision in items)


def test_words_are_kept_where_they_are_wanted_but_identifiers_are_masked(house: Path) -> None:
    edit(house, "wet pavement", "wet pavement. Dr. Milligan had him try accupuncture")
    store = keep(house, "--store-excerpts")
    rows = select(store, "SELECT rule, message, excerpt FROM findings")
    assert ("misspelling", "accupuncture") in {(rule, excerpt) for rule, _, excerpt in rows}
    assert "Milligan" not in str(rows)


def test_letters_without_findings_are_kept_with_what_rates_are_made_of(house: Path) -> None:
    store = keep(house, "--select", "wrong-drug")
    found = select(store, "SELECT count(DISTINCT letter) FROM findings")[0][0]
    letters = select(store, "SELECT name, month, specialty, content, cased FROM letters")
    assert found == 1
    assert len(letters) == len(EXAMPLES)
    by_name = {Path(row[0]).name: row for row in letters}
    assert by_name[CLEAN.name][1].startswith("2017-")
    assert {row[2] for row in letters} <= {*credentials.specialties().values(), "other", ""}
    assert by_name[CLEAN.name][2]
    kinds = select(store, "SELECT DISTINCT kind FROM items")
    assert ("drug",) in kinds
    assert len(kinds) > 4
    rules = select(store, "SELECT rule, severity, length(hash) FROM rules")
    assert rules == [("wrong-drug", "error", 16)]
    (run_row,) = select(store, "SELECT choice, letters, unchecked, findings FROM runs")
    assert run_row == ("--select wrong-drug", len(EXAMPLES), 0, 1)


def test_what_is_not_shown_is_kept_and_what_is_accepted_is_marked(house: Path) -> None:
    plain = keep(house)
    (whole,) = select(plain, "SELECT findings FROM runs")
    done = run("check", "letters", "--output-format", "jsonl", cwd=house)
    mark = json.loads(done.stdout.splitlines()[0])["fingerprint"]
    assert run("waive", mark, "--reason", "so", "--by", "J. Doe", cwd=house).returncode == 0
    keep(house, "--level", "error")
    assert select(plain, "SELECT DISTINCT findings FROM runs") == [whole]
    assert select(plain, "SELECT fingerprint FROM findings WHERE accepted") == [(mark,)]
    (every,) = [row for row in trends_of(house) if row["by"] == "all"]
    assert int(every["findings"]) == whole[0] - 1


def test_a_letter_that_cannot_be_read_is_kept_as_not_checked(house: Path) -> None:
    (house / "letters" / "bad.docx").write_bytes(b"PK\x03\x04")
    done = run("check", "letters", "--store", "store", cwd=house)
    assert done.returncode == 2
    store = Store(house / "store")
    assert select(store, "SELECT name FROM letters WHERE NOT checked") == [("letters/bad.docx",)]
    assert select(store, "SELECT letters, unchecked FROM runs") == [(len(EXAMPLES), 1)]


def test_a_run_that_breaks_off_leaves_nothing(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Recorder, "record_report", fail)
    assert run("check", "letters", "--store", "store", cwd=house).returncode == 130
    assert list((house / "store" / "runs").iterdir()) == []


def test_what_a_dead_run_left_is_removed_and_a_living_one_stays(house: Path) -> None:
    store = Store.create(house / "store")
    for name in ("dead", "alive"):
        (store.runs / f".{name}.part").mkdir()
        (store.runs / f".{name}.part" / "findings-0000.parquet").write_bytes(b"half")
    held = Lock(store.runs / ".alive.lock")
    assert held.take()
    keep(house)
    left = {path.name for path in store.runs.glob(".*.part")}
    held.release()
    assert left == {".alive.part"}
    assert len(store.list_runs()) == 1


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda folder: (folder / "a.txt").write_text("x"), "it is no store, and has other files in it"),
        (lambda folder: (folder / "store.sqlite").write_bytes(b"SQLite? no" * 200), "cannot be written"),
        (lambda folder: (folder / "runs").write_text("x"), "cannot be written"),
    ],
)
def test_a_folder_that_is_no_store_is_refused_before_letters_are_read(house: Path, prepare: Any, message: str) -> None:
    (house / "store").mkdir()
    prepare(house / "store")
    done = run("check", "letters", "--store", "store", cwd=house)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stdout == ""


def test_a_store_of_another_version_or_none_at_all_is_named(house: Path) -> None:
    done = run("runs", "store", cwd=house)
    assert (done.returncode, done.stderr) == (2, "imrlint: store: there is no store; imrlint check --store makes one\n")
    keep(house)
    with closing(sqlite3.connect(house / "store" / "store.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert "made by a newer imrlint (version 99, here 1)" in run("runs", "store", cwd=house).stderr


def test_without_duckdb_the_extra_is_named(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    done = run("check", "letters", "--store", "store", cwd=house)
    assert done.returncode == 2
    assert 'pip install "imrlint[archive]"' in done.stderr


@pytest.mark.parametrize("option", ["--fix", "--diff", "-i", "--watch"])
def test_a_run_that_changes_letters_or_does_not_end_is_not_kept(house: Path, option: str) -> None:
    done = run("check", "letters", "--store", "store", option, cwd=house)
    assert done.returncode == 2
    assert "--store keeps what is found" in done.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--store-excerpts"], "--store-excerpts needs --store"),
        (["--store", "store", "--store-excerpts", "--no-excerpts"], "which --no-excerpts forbids"),
        (["--scheduler", "tcp://localhost:1"], "--scheduler needs --engine dask"),
        (["--engine", "dask", "--fix"], "--engine dask needs files"),
    ],
)
def test_options_that_do_not_go_together_are_refused(house: Path, options: list[str], message: str) -> None:
    done = run("check", "letters", *options, cwd=house)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert not (house / "store").exists()


# ---- Two runs


def test_runs_are_listed_and_found_by_the_beginning_of_their_names(house: Path) -> None:
    store = keep(house)
    keep(house, "--ignore", "language")
    first, second = store.list_runs()
    lines = run("runs", "store", cwd=house).stdout.splitlines()
    assert lines[0] == "2 runs kept"
    assert [line.split()[0] for line in lines[4:]] == [second, first]
    assert "--ignore language" in lines[4]
    assert store.find_run("previous") == first
    assert store.find_run(second[:-1]) == second
    assert run("compare", "2", "last", "--store", "store", cwd=house).stderr.startswith(
        'imrlint: store: 2 runs are called "2"'
    )
    assert 'no run is called "x"' in run("compare", "x", "last", "--store", "store", cwd=house).stderr


def test_two_runs_over_the_same_letters_are_the_same(house: Path) -> None:
    store = keep(house)
    keep(house)
    done = run("compare", "previous", "last", "--store", "store", cwd=house)
    assert done.returncode == 0
    (findings,) = select(store, "SELECT DISTINCT findings FROM runs")
    assert f"0 new, 0 gone, 0 regraded, 0 moved, {findings[0]} the same" in done.stdout
    assert "settings: the same; code of imrlint: the same" in done.stdout


def test_what_is_new_gone_regraded_and_moved_is_told_apart(house: Path) -> None:
    store = keep(house)
    edit(house, "lumber", "lumbar")
    edit(house, "wet pavement", "wet pavment")
    other = "slips-2015-therapy.txt"
    text = (house / "letters" / other).read_text(encoding="utf-8")
    (house / "letters" / other).write_text(f"\n\n{text}", encoding="utf-8")
    (house / "imrlint.toml").write_text('[rules.ur-date-mismatch]\nseverity = "note"\n', encoding="utf-8")
    (house / "letters" / CLEAN.name).rename(house / "letters" / "renamed.txt")
    (house / "letters" / "older-2014-format2.txt").unlink()
    keep(house)
    done = run("compare", "previous", "last", "--store", "store", "--output-format", "json", cwd=house)
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["only_before"] == ["letters/older-2014-format2.txt"]
    assert told["only_after"] == []  # a letter that was renamed is the same letter
    changes = {(each["status"], each["rule"], Path(each["letter"]).name) for each in told["changes"]}
    assert ("new", "misspelling", SLIPS.name) in changes
    assert ("regraded", "ur-date-mismatch", SLIPS.name) in changes
    assert any(status == "gone" and letter == SLIPS.name for status, _, letter in changes)
    assert {status for status, _, letter in changes if letter == other} == {"moved"}
    (regraded,) = [each for each in told["changes"] if each["status"] == "regraded"]
    assert (regraded["before"], regraded["severity"]) == ("error", "note")
    moved = next(each for each in told["changes"] if each["status"] == "moved")
    assert moved["before"] == f"line {moved['line'] - 2}"
    ruled = {each["rule"]: each for each in told["rules"]}
    assert ruled["ur-date-mismatch"]["itself"] == "changed"
    comparison = compare_runs(store, *store.list_runs())
    assert comparison.changed_letters == 2
    assert sum(comparison.counts.values()) == len(told["changes"])


def test_a_rule_that_reports_another_stretch_of_the_same_words_has_moved(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(house, "--select", "ur-date-mismatch")
    rule = sys.modules["imrlint.rules.dates.ur_date_mismatch"]
    (made,) = [each for each in vars(rule).values() if isinstance(each, type) and each.__module__ == rule.__name__]
    assert issubclass(made, Rule)
    plain = made.check

    def check(self: Any, letter: Any, reading: Any) -> Any:
        for finding in plain(self, letter, reading):
            span = type(finding.span)(finding.span.start, finding.span.end + 3)
            yield type(finding)(span, finding.message, finding.notes)

    monkeypatch.setattr(made, "check", check)
    store = keep(house, "--select", "ur-date-mismatch")
    assert [change.status for change in compare_runs(store, *store.list_runs()).changes] == ["moved"]


# ---- Many runs


def test_trends_are_what_one_counts_by_hand(house: Path) -> None:
    keep(house, "--ignore", "batch")
    done = run("check", "letters", "--ignore", "batch", "--output-format", "jsonl", cwd=house)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    rows = trends_of(house)
    rules = Counter(each["name"] for each in records)
    assert {row["label"]: int(row["findings"]) for row in rows if row["by"] == "rule"} == rules
    families = Counter(each["family"] for each in records)
    assert {row["label"]: int(row["findings"]) for row in rows if row["by"] == "family"} == families
    for row in rows:
        if row["by"] in ("specialty", "month", "all"):
            assert float(row["rate_low"]) <= float(row["rate"]) <= float(row["rate_high"])
            assert float(row["share_low"]) <= float(row["share"]) <= float(row["share_high"])
            assert float(row["rate"]) == pytest.approx(int(row["findings"]) / int(row["letters"]), abs=1e-4)
    for by in ("specialty", "month"):
        assert sum(int(row["letters"]) for row in rows if row["by"] == by) == len(EXAMPLES)
        assert sum(int(row["findings"]) for row in rows if row["by"] == by) == len(records)
    text = run("trends", "--store", "store", cwd=house).stdout
    assert f"{len(EXAMPLES)}*" in text  # a figure of few letters is marked as one


def test_a_letter_counts_once_as_it_was_last(house: Path) -> None:
    store = keep(house)
    (before,) = [trend for trend in measure_trends(store, Choice()).trends if trend.by == "all"]
    edit(house, "lumber", "lumbar")
    shutil.copy(house / "letters" / SLIPS.name, house / "letters" / "zz-copy.txt")
    (house / "letters" / SLIPS.name).unlink()
    keep(house)
    trends = measure_trends(store, Choice())
    (after,) = [trend for trend in trends.trends if trend.by == "all"]
    assert (after.letters, after.findings) == (before.letters, before.findings - 1)
    (first,) = [t for t in measure_trends(store, Choice(runs=store.list_runs()[:1])).trends if t.by == "all"]
    assert first == before


def test_trends_of_a_part(house: Path) -> None:
    keep(house)
    whole = {(row["by"], row["label"]): row for row in trends_of(house)}
    dates = trends_of(house, "--select", "dates")
    assert {row["label"] for row in dates if row["by"] == "family"} == {"dates"}
    (every,) = [row for row in dates if row["by"] == "all"]
    assert every["findings"] == whole["family", "dates"]["findings"]
    (drugs,) = [row for row in trends_of(house, "--kind", "drug") if row["by"] == "all"]
    assert (drugs["findings"], drugs["letters"]) == tuple(whole["kind", "drug"][key] for key in ("findings", "letters"))
    (late,) = [row for row in trends_of(house, "--since", "2014-01", "--until", "2017-12") if row["by"] == "all"]
    months = [row for row in whole.values() if row["by"] == "month" and row["label"].strip("'") >= "2014-01"]
    assert int(late["letters"]) == sum(int(row["letters"]) for row in months)


def test_intervals_are_those_of_the_textbooks() -> None:
    assert estimate_share(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-3)
    assert estimate_share(0, 4) == pytest.approx((0.0, 0.4899), abs=1e-3)
    assert estimate_rate(10, 10) == pytest.approx((0.4795, 1.8390), abs=5e-3)  # exact, by the chi-square distribution
    assert estimate_rate(0, 1) == pytest.approx((0.0, 3.689), abs=0.03)
    even, heaped = measure_heap(10, 10, 10), measure_heap(10, 10, 100)
    assert even == 1
    assert heaped == pytest.approx(10)
    low, high = estimate_rate(10, 10, heaped)
    assert low < 0.2
    assert high > 4


def test_the_page_draws_and_filters(house: Path) -> None:
    keep(house)
    done = run("trends", "--store", "store", "--output-format", "html", "--output", "trends.html", cwd=house)
    assert (done.returncode, done.stdout) == (0, "")
    page = (house / "trends.html").read_text(encoding="utf-8")
    assert page.count("<svg") > 20
    assert "http" not in page.replace("http-equiv", "")
    with open_browser() as browser:
        shown = browser.new_page()
        said: list[str] = []
        shown.on("console", lambda message: said.append(message.text))
        shown.goto((house / "trends.html").as_uri())
        rows = shown.locator("tbody tr:visible")
        every = rows.count()
        shown.get_by_label("Search", exact=True).fill("drug")
        assert 0 < rows.count() < every
        shown.get_by_role("button", name="Reset").click()
        shown.get_by_label("Letters at least").fill("5")
        shown.locator("#shown").filter(has_text=f"of {every} rows").wait_for()
        letters = rows.evaluate_all("rows => rows.map(row => Number(row.dataset.letters))")
        assert letters
        assert min(letters) >= 5
        assert said == []


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages compare.html, of two runs with other rules, and trends.html, with verdicts."""
    house = tmp_path_factory.mktemp("pages")
    (house / "letters").mkdir()
    for path in EXAMPLES:
        shutil.copy(path, house / "letters" / path.name)
    store = keep(house)
    keep(house, "--ignore", "dates")
    for (mark,) in select(store, "SELECT DISTINCT fingerprint FROM findings ORDER BY fingerprint LIMIT 12"):
        add_verdict(store, find_marked(store, mark), Judgment.RIGHT, "looked up", "A")
    for command in (("compare", "previous", "last"), ("trends", "--verdicts")):
        page = f"{command[0]}.html"
        run(*command, "--store", "store", "--output-format", "html", "--output", page, cwd=house)
    return house


@pytest.mark.slow
@pytest.mark.parametrize("width", [1200, 400])
@pytest.mark.parametrize("name", ["compare", "trends"])
def test_nothing_sticks_out_of_a_page_and_nobody_is_kept_out(pages: Path, name: str, width: int) -> None:
    with open_browser() as browser:
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto((pages / f"{name}.html").as_uri())
        assert page.locator("tbody tr:visible").count() > 20
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [each["id"] for each in Axe().run(page).response["violations"]] == []
        page.get_by_label("Search", exact=True).fill("nothing has these words")
        assert page.locator("section:visible").count() == 0


# ---- What people say


def test_verdicts_make_the_precision_of_a_rule(house: Path) -> None:
    store = keep(house)
    marks = [row[0] for row in select(store, "SELECT fingerprint FROM findings WHERE rule = 'misspelling'")]
    assert len(marks) > 2

    def say(mark: str, judgment: str, by: str) -> str:
        done = run("verdict", mark, judgment, "--reason", "looked up", "--by", by, "--store", "store", cwd=house)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert say(marks[0][:8], "right", "A").startswith("right: misspelling in letters/")
    say(marks[1], "wrong", "A")
    say(marks[1], "right", "B")
    say(marks[2], "wrong", "A")
    verdicts = read_verdicts(store)
    assert [(each.judgment, each.by) for each in verdicts[:2]] == [(Judgment.RIGHT, "A"), (Judgment.WRONG, "A")]
    whole, month = measure_precision(verdicts)
    assert (whole.rule, whole.right, whole.judged, whole.disputed) == ("misspelling", 2, 3, 1)
    assert month.month == verdicts[0].at[:7]
    done = run("trends", "--store", "store", "--verdicts", "--output-format", "json", cwd=house)
    (told,) = json.loads(done.stdout)["precision"]
    assert (told["right"], told["judged"], told["low"]) == (2, 3, round(estimate_share(2, 3).low, 4))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["0000000000", "right", "--reason", "x"], 'has the mark "0000000000"'),
        (["abc", "right", "--reason", "x"], "too short for a mark"),
        (["MARK", "right", "--reason", " "], "a verdict needs a reason"),
    ],
)
def test_a_verdict_that_says_nothing_is_refused(house: Path, words: list[str], message: str) -> None:
    store = keep(house, "--select", "wrong-drug")
    ((mark,),) = select(store, "SELECT fingerprint FROM findings")
    words = [mark if word == "MARK" else word for word in words]
    done = run("verdict", *words, "--store", "store", cwd=house)
    assert done.returncode == 2
    assert message in done.stderr
    assert read_verdicts(store) == []


def test_verdicts_are_never_changed_and_several_people_give_them_at_once(house: Path) -> None:
    store = keep(house, "--select", "wrong-drug")
    ((mark,),) = select(store, "SELECT fingerprint FROM findings")
    finding = find_marked(store, mark)

    def judge(person: int) -> None:
        for number in range(10):
            add_verdict(store, finding, Judgment.RIGHT, f"reason {number}", f"person {person}")

    with ThreadPoolExecutor(4) as people:
        list(people.map(judge, range(4)))
    assert len({(each.by, each.reason) for each in read_verdicts(store)}) == 40
    with closing(store.connect()) as connection:
        for statement in ("DELETE FROM verdicts", "UPDATE verdicts SET verdict = 'wrong'"):
            with pytest.raises(sqlite3.IntegrityError, match="only added"):
                connection.execute(statement)


def test_severities_are_proposed_where_the_verdicts_leave_no_doubt(house: Path) -> None:
    def precision(rule: str, right: int, judged: int) -> Precision:
        return Precision(rule, "", right, judged, 0, right / judged, estimate_share(right, judged))

    seen = [precision("a", 99, 100), precision("b", 60, 100), precision("c", 10, 100), precision("d", 2, 4)]
    proposals = propose_severities(seen, {"a": "note", "b": "error", "c": "warning", "d": "error"})
    assert [each.severity for each in proposals] == ["warning", "note", "off", "error"]
    assert propose_severities([precision("a", 99, 100)], {"a": "error"})[0].severity == "error"

    store = keep(house)
    assert run("calibrate", "--store", "store", cwd=house).returncode == 2
    found = select(store, "SELECT fingerprint FROM findings")
    for (mark,) in found:
        finding = find_marked(store, mark)
        add_verdict(store, finding._replace(rule="misspelling"), Judgment.WRONG, "no", "A")
    done = run("calibrate", "--store", "store", cwd=house)
    content = tomllib.loads(done.stdout)
    assert content == {"rules": {"misspelling": {"severity": "off"}}}
    assert build_config(content, "imrlint.toml").rules["misspelling"] == {"severity": "off"}
    assert f"# 0 of {len(found)} right, 0% to " in done.stdout
    assert not (house / "imrlint.toml").exists()
