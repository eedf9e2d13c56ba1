"""The names of rules lead to their pages, on the site that the settings name, in every format that can say so."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from running import SLIPS, run

from imrlint.session.hyperlinks import follows_links

SITE = "https://letters.example/imrlint"
PAGE = f"{SITE}/docs/rules/dates/ur-date-mismatch.html"
LINK = f"\x1b]8;;{PAGE}\x1b\\ur-date-mismatch\x1b]8;;\x1b\\"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with a letter, whose settings name a site."""
    (tmp_path / "letter.txt").write_text(SLIPS.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "imrlint.toml").write_text(f'site = "{SITE}/"\n', encoding="utf-8")
    return tmp_path


CHECK = ("check", "letter.txt", "--no-reader")


def on_terminal(folder: Path, *arguments: str, **environment: str) -> str:
    """What imrlint writes to a terminal with these variables, and no others that tell what it can do."""
    near, far = pty.openpty()
    known = ("NO_COLOR", "FORCE_HYPERLINK", "TERM_PROGRAM", "VTE_VERSION", "WT_SESSION", "KITTY_WINDOW_ID")
    variables = {name: value for name, value in os.environ.items() if name not in known}
    command = [sys.executable, "-m", "imrlint", *arguments]
    process = subprocess.Popen(
        command, cwd=folder, stdout=far, stderr=subprocess.DEVNULL, env={**variables, "TERM": "xterm", **environment}
    )
    os.close(far)
    parts = []
    try:
        while part := os.read(near, 65536):
            parts.append(part)
    except OSError:  # the other end is closed
        pass
    finally:
        os.close(near)
        process.wait()
    return b"".join(parts).decode("utf-8")


def test_a_terminal_that_follows_links_has_them(house: Path) -> None:
    assert f"[{LINK}]" in on_terminal(house, *CHECK, TERM_PROGRAM="vscode")
    assert f"[{LINK}]" in on_terminal(house, *CHECK, "--output-format", "concise", VTE_VERSION="7003")


def test_the_list_of_rules_and_the_text_on_one_lead_to_their_pages(house: Path) -> None:
    listed = on_terminal(house, "rules", "dates", TERM_PROGRAM="vscode")
    plain = on_terminal(house, "rules", "dates")
    assert f"{LINK} " in listed
    assert listed.replace(LINK, "ur-date-mismatch").count("\x1b]8;;https") == plain.count("\n") - 1
    assert "\x1b" not in plain
    assert f"# {LINK}" in on_terminal(house, "explain", "ur-date-mismatch", TERM_PROGRAM="vscode")


@pytest.mark.parametrize(
    "environment",
    [{}, {"TERM_PROGRAM": "vscode", "NO_COLOR": "1"}, {"VTE_VERSION": "7003", "FORCE_HYPERLINK": "0"}],
    ids=["unknown", "no colour", "turned off"],
)
def test_another_terminal_has_none(house: Path, environment: dict[str, str]) -> None:
    written = on_terminal(house, *CHECK, **environment)
    assert "ur-date-mismatch" in written
    assert "\x1b]8" not in written


def test_what_is_no_terminal_has_no_links(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    assert "\x1b]" not in run("check", "letter.txt", "--output", "concise=out.txt", cwd=house).stdout
    assert "\x1b]" not in (house / "out.txt").read_text(encoding="utf-8")


def test_without_a_site_there_is_nothing_to_link_to(house: Path) -> None:
    (house / "imrlint.toml").unlink()
    assert "\x1b]8" not in on_terminal(house, *CHECK, TERM_PROGRAM="vscode")


@pytest.mark.parametrize(
    ("environment", "follows"),
    [
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "foot-extra"}, True),
        ({"TERM": "xterm-256color", "WT_SESSION": "1"}, True),
        ({"VTE_VERSION": "4600"}, False),
        ({"TERM": "dumb", "VTE_VERSION": "7003"}, False),
        ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"}, False),
        ({"TERM": "dumb", "FORCE_HYPERLINK": "1"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal", "TERM": "xterm-256color"}, False),
        ({}, False),
    ],
)
def test_terminals_are_known_by_their_variables(environment: dict[str, str], follows: bool) -> None:
    assert follows_links(environment) is follows


def test_every_format_for_programs_has_the_address(house: Path) -> None:
    formats = ("json", "jsonl", "sarif", "csv", "gitlab", "github", "junit", "html")
    run("check", "letter.txt", "--no-reader", *(f"--output={each}={each}.out" for each in formats), cwd=house)
    written = {each: (house / f"{each}.out").read_text(encoding="utf-8") for each in formats}
    for each in formats:
        assert PAGE in written[each], each
    (rule,) = (
        rule
        for rule in json.loads(written["sarif"])["runs"][0]["tool"]["driver"]["rules"]
        if rule["id"] == "ur-date-mismatch"
    )
    assert rule["helpUri"] == PAGE
    assert rule["help"]["markdown"].startswith("# ur-date-mismatch")
    rows = list(csv.DictReader(io.StringIO(written["csv"].removeprefix("\ufeff"))))
    assert {row["rule_page"] for row in rows if row["name"] == "ur-date-mismatch"} == {PAGE}
    assert '<div id="rule-ur-date-mismatch">' in written["html"]


def test_without_a_site_formats_name_no_address(house: Path) -> None:
    (house / "imrlint.toml").unlink()
    run("check", "letter.txt", "--output=sarif=out.sarif", "--output=json=out.json", cwd=house)
    log = json.loads((house / "out.sarif").read_text(encoding="utf-8"))
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert all("helpUri" not in rule and len(rule["help"]["markdown"]) > 200 for rule in rules)
    assert "rule_page" not in (house / "out.json").read_text(encoding="utf-8")


def test_a_rule_of_the_house_has_no_page_on_the_site(house: Path) -> None:
    (house / "ours" / "wording").mkdir(parents=True)
    (house / "imrlint.toml").write_text(f'site = "{SITE}"\nrule-paths = ["ours"]\n', encoding="utf-8")
    source = (SLIPS.parent.parent / "docs" / "guides" / "house-rules.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```python\n(.*?)^```$", source, re.DOTALL | re.MULTILINE)
    (house / "ours" / "wording" / "no_shorthand.py").write_text(text, encoding="utf-8")
    letter = (house / "letter.txt").read_text(encoding="utf-8").replace("The worker", "The worker, s/p fall,")
    (house / "letter.txt").write_text(letter, encoding="utf-8")
    done = run("check", "letter.txt", "-q", "--output-format", "jsonl", cwd=house)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    pages = {record["name"]: record.get("rule_page") for record in records}
    assert pages["no-shorthand"] is None
    assert pages["ur-date-mismatch"] == PAGE


@pytest.mark.parametrize("value", ['"letters.example"', '"javascript:alert(1)"', "3", '"https://a b"'])
def test_a_site_that_is_no_address(house: Path, value: str) -> None:
    (house / "imrlint.toml").write_text(f"site = {value}\n", encoding="utf-8")
    done = run("check", "letter.txt", cwd=house)
    assert done.returncode == 2
    assert done.stderr.startswith("imrlint: ")
    assert "it must be an address that begins with https:// or file:///" in done.stderr
    assert len(done.stderr.splitlines()) == 1
