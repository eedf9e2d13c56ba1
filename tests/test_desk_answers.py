"""The desk without a browser: who may talk to it, what it answers, and that nothing is written anywhere."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import hostile
import pytest
import typeset
from running import CLEAN, SLIPS, slowly
from starlette.testclient import TestClient

import imrlint
from imrlint.page import letters as kept
from imrlint.page.app import create_app
from imrlint.page.guard import Keys
from imrlint.page.house import House
from imrlint.page.letters import clean_name
from imrlint.page.offsets import PageText
from imrlint.page.presence import Presence
from imrlint.session.options import RunOptions
from imrlint.source.sandbox import SANDBOX

HOST = "127.0.0.1:4321"
TEXT = SLIPS.read_text(encoding="utf-8")


class Visitor:
    """A desk, and somebody at it who has its key."""

    def __init__(self) -> None:
        self.keys = Keys()
        self.closed = False
        app = create_app(House(RunOptions()), self.keys, [HOST], Presence(self._close, lambda: self.closed))
        self.client = TestClient(app, f"http://{HOST}", raise_server_exceptions=False)
        self.headers = {"Authorization": f"Bearer {self.keys.key}"}

    def _close(self) -> None:
        self.closed = True

    def ask(self, method: str, path: str, status: int = 200, **options: Any) -> Any:
        """The answer to a request, as data."""
        answer = self.client.request(method, f"/api/{path}", headers=self.headers, **options)
        assert answer.status_code == status, answer.text
        return answer.json()

    def drop(self, name: str, content: bytes | str) -> Any:
        """Put a letter on the desk, and return all of it."""
        content = content.encode() if isinstance(content, str) else content
        return self.show(self.ask("POST", "letters", 201, params={"name": name}, content=content)["id"])

    def show(self, mark: str, *, thorough: bool = False) -> Any:
        return self.ask("GET", f"letters/{mark}{'?thorough=1' if thorough else ''}")

    def save(self, letter: Any, copy: str) -> bytes:
        answer = self.client.get(f"/api/letters/{letter['id']}/copies/{copy}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        return bytes(answer.content)


@pytest.fixture
def visitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """A desk in an empty folder, in which nothing may be written but what a test expects."""
    monkeypatch.chdir(tmp_path)
    return Visitor()


def find(letter: Any, rule: str) -> Any:
    """The first finding of a rule."""
    return next(each for each in letter["findings"] if each["rule"] == rule)


def _document(content: bytes) -> str:
    """The main part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode()


# ---- Who may talk to it


def test_without_the_key_nothing_is_told(visitor: Visitor) -> None:
    mark = visitor.drop("letter.txt", TEXT)["id"]
    for path in ("letters", f"letters/{mark}", f"letters/{mark}/copies/fixed", "report", "rules/misspelling"):
        for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Bearer {visitor.keys.key}x"}):
            answer = visitor.client.get(f"/api/{path}", headers=headers)
            assert answer.status_code == 401
            assert "radiculopthy" not in answer.text
        assert visitor.client.get(f"/api/{path}?key={visitor.keys.key}").status_code == 401
    assert visitor.client.post("/api/close").status_code == 401
    assert not visitor.closed


def test_a_ticket_is_valid_once(visitor: Visitor) -> None:
    def enter(word: str) -> Any:
        return visitor.client.post("/api/enter", headers={"Authorization": f"Bearer {word}"})

    assert enter(visitor.keys.ticket).json() == {"key": visitor.keys.key}
    assert enter(visitor.keys.ticket).status_code == 401
    assert enter("").status_code == 401
    assert enter(visitor.keys.key).json() == {"key": visitor.keys.key}  # the page is loaded again
    assert visitor.client.get("/api/letters", headers={"Authorization": f"Bearer {visitor.keys.ticket}"}).is_error


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "localhost:4321"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:4321.evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "https://127.0.0.1:4321"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_sites_are_refused_even_with_the_key(visitor: Visitor, headers: dict[str, str]) -> None:
    for path in ("/", "/static/page.js", "/api/letters", "/api/enter"):
        answer = visitor.client.get(path, headers={**visitor.headers, **headers})
        assert answer.status_code in (403, 421)
        assert "<" not in answer.text
        assert "access-control-allow-origin" not in answer.headers


def test_the_page_itself_is_let_through(visitor: Visitor) -> None:
    own = {"Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-origin"}
    assert visitor.client.get("/api/letters", headers={**visitor.headers, **own}).json() == []


def test_the_letters_of_one_desk_are_not_on_another(visitor: Visitor) -> None:
    other = Visitor()
    mark = visitor.drop("letter.txt", TEXT)["id"]
    assert other.client.get(f"/api/letters/{mark}", headers=visitor.headers).status_code == 401
    other.ask("GET", f"letters/{mark}", 404)
    assert other.ask("GET", "letters") == []


def test_a_browser_may_load_nothing_from_elsewhere(visitor: Visitor) -> None:
    page = visitor.client.get("/")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert f'nonce="{nonce}"' in page.text
    assert visitor.client.get("/").headers["content-security-policy"] != policy
    assert "http" not in page.text
    for path in ("/", "/static/page.js", "/static/nothing.js", "/api/letters"):
        answer = visitor.client.get(path, headers=visitor.headers)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_codemirror_is_what_its_notice_says(visitor: Visitor) -> None:
    notice = (files("imrlint.page") / "vendor" / "NOTICE.md").read_text(encoding="utf-8")
    sent = visitor.client.get("/static/codemirror.js")
    assert sent.headers["content-type"].startswith("text/javascript")
    assert f"`{hashlib.sha256(sent.content).hexdigest()}`" in notice
    assert set(re.findall(rb"https?://[^\"'`\s]+", sent.content)) == {b"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("name", ["page.html", "../app.py", "..%2fapp.py", "%2e%2e/guard.py", "/etc/passwd", "vendor"])
def test_only_the_files_of_the_page_are_sent(visitor: Visitor, name: str) -> None:
    assert visitor.client.get(f"/static/{name}").status_code == 404


# ---- Files that nobody should send


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("draft.docx", "draft.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\draft.docx", "draft.docx"),
        ("..", "letter"),
        ("", "letter"),
        (".docx", "letter.docx"),
        ("a\0b\n\u202ec.txt", "a_b__c.txt"),
        ("<img src=x>.txt", "_img src=x_.txt"),
        ("x" * 400 + ".docx", "x" * 120 + ".docx"),
        ("Schäfer, O’Neil (2).docx", "Schäfer, O_Neil (2).docx"),
    ],
)
def test_a_name_is_no_path(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


def test_two_letters_of_one_name_are_two(visitor: Visitor) -> None:
    for _ in range(3):
        visitor.drop("letter.txt", TEXT)
    assert [each["name"] for each in visitor.ask("GET", "letters")] == [
        "letter.txt",
        "letter (2).txt",
        "letter (3).txt",
    ]


QUICK = ("empty.docx", "picture.docx", "controls.txt", "cut-off.docx", "broken-xml.docx", "locked.docx")


@pytest.mark.parametrize("name", [name if name in QUICK else slowly(name) for name in sorted(hostile._makers())])
def test_hostile_files_are_refused_in_words(
    visitor: Visitor, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SANDBOX, "seconds", 8)  # the tests give it more
    content = hostile.file(name)
    if len(content) > imrlint.source.LARGEST_FILE:
        visitor.ask("POST", "letters", 413, params={"name": name}, content=content)
    else:
        told = visitor.ask("POST", "letters", 201, params={"name": name}, content=content)
        if told["refusal"]:
            assert visitor.ask("GET", f"letters/{told['id']}", 422)["error"] == told["refusal"]
    assert visitor.drop("letter.txt", TEXT)["findings"]  # the desk goes on
    assert list(tmp_path.iterdir()) == []


def test_too_much_is_refused_before_it_is_kept(visitor: Visitor) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(500):
            sent += 1
            yield bytes(1_000_000)

    headers = {**visitor.headers, "Content-Length": "500000000"}
    answer = visitor.client.post("/api/letters?name=a.txt", headers=headers, content=b"x")
    assert answer.status_code == 413
    assert "too large for a letter" in answer.json()["error"]
    answer = visitor.client.post("/api/letters?name=a.txt", headers=visitor.headers, content=endless())
    assert answer.status_code == 413
    assert visitor.ask("GET", "letters") == []


def test_a_text_that_would_keep_everybody_waiting(visitor: Visitor) -> None:
    told = visitor.ask("POST", "letters", 201, params={"name": "a.txt"}, content=b"A letter. " * 40_000)
    assert told["refusal"] == "too large for the desk: 400,000 characters; imrlint check takes more"
    letter = visitor.drop("letter.txt", TEXT)
    visitor.ask("PUT", f"letters/{letter['id']}/text", 422, json={"text": "A letter. " * 40_000})


def test_a_full_desk_says_so(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_LETTERS", 1)
    letter = visitor.drop("a.txt", TEXT)
    assert "the desk is full" in visitor.ask("POST", "letters", 413, content=b"x")["error"]
    visitor.ask("DELETE", f"letters/{letter['id']}")
    visitor.ask("GET", f"letters/{letter['id']}", 404)
    visitor.drop("b.txt", TEXT)
    monkeypatch.setattr(kept, "MOST_BYTES", len(TEXT) + 10)
    monkeypatch.setattr(kept, "MOST_LETTERS", 10)
    assert "the desk is full" in visitor.ask("POST", "letters", 413, content=TEXT.encode())["error"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"text": 3}', b"[" * 100_000, b"\xff"])
def test_requests_that_make_no_sense(visitor: Visitor, content: bytes) -> None:
    letter = visitor.drop("letter.txt", TEXT)
    for path, method in (("text", "PUT"), ("waivers", "POST"), ("words", "POST"), ("fixes", "POST")):
        assert visitor.ask(method, f"letters/{letter['id']}/{path}", 404, content=content)["error"]
    assert visitor.show(letter["id"])["text"] == TEXT


def test_an_error_that_nobody_expected_shows_no_words(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("words of the letter")

    letter = visitor.drop("letter.txt", TEXT)
    monkeypatch.setattr("imrlint.page.work.describe", fail)
    error = visitor.ask("GET", f"letters/{letter['id']}", 500)["error"]
    assert error.startswith("imrlint failed (ValueError in test_desk_answers.py, line ")
    assert "words" not in error


def test_nothing_is_written_to_disk(visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    letter = visitor.drop("draft.docx", typeset.word(TEXT))
    visitor.ask("POST", f"letters/{letter['id']}/fixes", json={"safe": True})
    for copy in ("fixed", "tracked", "reviewed", "reviewed-tracked", "report"):
        visitor.save(letter, copy)
    assert [path.name for path in tmp_path.rglob("*")] == ["scratch"]


# ---- Letters


def test_findings_are_those_of_the_command_line(visitor: Visitor) -> None:
    letter = visitor.drop("letter.txt", TEXT)
    report = imrlint.check(TEXT, "letter.txt")
    assert [each["fingerprint"] for each in letter["findings"]] == [each.fingerprint for each in report.diagnostics]
    found = find(letter, "ur-date-mismatch")
    assert letter["text"][found["from"] : found["to"]] == "1-30-17"
    (other,) = found["others"]
    assert letter["text"][other["from"] : other["to"]] == "02/09/2017"
    assert (found["where"], other["where"]) == ("line 45", "line 3")
    assert letter["counts"]["error"] == sum(each["severity"] == "error" for each in letter["findings"])
    assert visitor.drop("clean.txt", CLEAN.read_text(encoding="utf-8"))["findings"] == []


def test_what_identifies_a_person_is_masked_in_the_list(visitor: Visitor) -> None:
    letter = visitor.drop("letter.txt", TEXT.replace("left L5 radiculopthy", "SSN 900-12-3456, radiculopthy"))
    assert "900-12-3456" in letter["text"]  # the letter itself, which its owner writes in
    assert "900-12-3456" not in json.dumps([letter["findings"], letter["accepted"]])
    assert b"900-12-3456" not in visitor.save(letter, "report")


def test_places_are_counted_as_a_browser_counts(visitor: Visitor) -> None:
    odd = "\U0001f3e5 " + TEXT.replace("\n", "\r\n")
    letter = visitor.drop("letter.txt", odd)
    units = letter["text"].encode("utf-16-le")
    assert "\r" not in letter["text"]
    found = find(letter, "ur-date-mismatch")
    assert units[2 * found["from"] : 2 * found["to"]].decode("utf-16-le") == "1-30-17"


def test_a_text_that_is_written_in_keeps_its_encoding_and_line_ends(visitor: Visitor) -> None:
    odd = "\U0001f3e5 " + TEXT.replace("\n", "\r\n")
    letter = visitor.drop("letter.txt", odd)
    text = letter["text"].replace("radiculopthy", "radiculopathy\nand more \U0001f3e5")
    after = visitor.ask("PUT", f"letters/{letter['id']}/text", json={"text": text})
    assert after["text"] == text
    assert len(after["findings"]) < len(letter["findings"])
    wanted = odd.replace("radiculopthy", "radiculopathy\r\nand more \U0001f3e5")
    assert visitor.save(letter, "fixed").decode() == wanted


def test_what_an_encoding_lacks_is_not_saved(visitor: Visitor) -> None:
    content = TEXT.replace("radiculopthy", "radiculopthy – é").encode("cp1252")
    letter = visitor.drop("letter.txt", content)
    error = visitor.ask("PUT", f"letters/{letter['id']}/text", 422, json={"text": letter["text"] + "→"})["error"]
    assert error == "not saved: the encoding of this file lacks a character that was written"
    assert visitor.save(letter, "fixed") == content


@pytest.mark.parametrize(
    "text", ["", "a", "a\nb", "a\r\nb\r\n", "a\rb", "\U0001f3e5\r\n\U0001f3e5x", "a\r\nb\nc\rd", "\n\r\n\r"]
)
@pytest.mark.parametrize("new", ["", "a\nb", "\U0001f3e5\nx", "zz"])
def test_every_edit_arrives(text: str, new: str) -> None:
    shown = PageText(text)
    edit = shown.edit_to(new)
    if edit is None:
        assert shown.text == new
    else:
        assert PageText(text[: edit.span.start] + edit.text + text[edit.span.end :]).text == new


def test_word_is_fixed_in_the_file_undone_and_tracked(visitor: Visitor) -> None:
    draft = typeset.word(TEXT)
    letter = visitor.drop("draft.docx", draft)
    found = find(letter, "misspelling")
    assert (letter["typed"], letter["fixable"], letter["remarks"]) == (False, True, True)
    after = visitor.ask(
        "POST", f"letters/{letter['id']}/fixes", json={"fingerprint": found["fingerprint"], "number": 0}
    )
    assert after["skipped"] == ""
    assert after["steps"] == ["write radiculopathy"]
    assert "radiculopathy" in after["text"]
    fixed = _document(visitor.save(letter, "fixed"))
    assert "radiculopathy" in fixed
    assert "<w:ins " not in fixed
    tracked = _document(visitor.save(letter, "tracked"))
    assert "<w:ins " in tracked
    assert "radiculopthy" in tracked
    both = visitor.save(letter, "reviewed-tracked")
    assert "<w:ins " in _document(both)
    with zipfile.ZipFile(io.BytesIO(both)) as archive:
        comments = archive.read("word/comments.xml").decode()
    assert "ur-date-mismatch" in comments
    assert "radiculopthy" not in comments
    undone = visitor.ask("DELETE", f"letters/{letter['id']}/fixes")
    assert (undone["text"], undone["steps"]) == (letter["text"], [])
    assert visitor.save(letter, "fixed") == draft
    visitor.ask("PUT", f"letters/{letter['id']}/text", 422, json={"text": "other"})


def test_one_of_two_findings_in_the_same_words_is_fixed(visitor: Visitor) -> None:
    text = TEXT.replace("radiculopthy", "radiculopthy and again radiculopthy")
    letter = visitor.drop("draft.docx", typeset.word(text))
    found = find(letter, "misspelling")
    body = {"fingerprint": found["fingerprint"], "number": 0}
    after = visitor.ask("POST", f"letters/{letter['id']}/fixes", json=body)
    assert after["text"].count("radiculopthy") == 1
    assert _document(visitor.save(letter, "tracked")).count("<w:ins ") == 1


def test_a_fix_that_is_gone(visitor: Visitor) -> None:
    letter = visitor.drop("letter.txt", TEXT)
    mark = find(letter, "misspelling")["fingerprint"]
    for body in ({"fingerprint": "0" * 16}, {"fingerprint": mark, "number": 99}, {"fingerprint": mark, "number": -1}):
        visitor.ask("POST", f"letters/{letter['id']}/fixes", 404, json=body)
    assert visitor.show(letter["id"])["text"] == TEXT


def test_a_pdf_gets_notes_and_no_fixes(visitor: Visitor) -> None:
    printed = typeset.pdf(typeset.paged(TEXT))
    letter = visitor.drop("printed.pdf", printed)
    assert letter["findings"]
    assert not any(each["fixes"] for each in letter["findings"])
    assert visitor.save(letter, "reviewed").startswith(b"%PDF")
    assert visitor.save(letter, "fixed") == printed
    skipped = visitor.ask("POST", f"letters/{letter['id']}/fixes", json={"safe": True})["skipped"]
    assert "cannot be changed" in skipped
    visitor.ask("GET", f"letters/{letter['id']}/copies/everything", 404)


def test_a_text_has_no_margin(visitor: Visitor) -> None:
    letter = visitor.drop("letter.txt", TEXT)
    error = visitor.ask("GET", f"letters/{letter['id']}/copies/reviewed", 422)["error"]
    assert error == "only Word and PDF files can be annotated, and this is plain text"


# ---- What the house wants


def test_a_waiver_is_written_and_counts(visitor: Visitor, tmp_path: Path) -> None:
    letter = visitor.drop("letter.txt", TEXT)
    mark = find(letter, "ur-date-mismatch")["fingerprint"]
    body = {"fingerprint": mark, "reason": 'as "dictated"', "by": "J. Doe"}
    after = visitor.ask("POST", f"letters/{letter['id']}/waivers", json=body)
    assert Path(after["written"]) == tmp_path / "imrlint-waivers.toml"
    assert mark not in [each["fingerprint"] for each in after["findings"]]
    (accepted,) = after["accepted"]
    assert (accepted["fingerprint"], accepted["reason"]) == (mark, 'as "dictated" (J. Doe)')
    assert after["counts"]["error"] == letter["counts"]["error"] - 1
    assert Visitor().drop("letter.txt", TEXT)["accepted"]  # another day
    body["fingerprint"] = find(letter, "misspelling")["fingerprint"]
    for missing in ({"reason": " "}, {"by": ""}):
        visitor.ask("POST", f"letters/{letter['id']}/waivers", 409, json={**body, **missing})


def test_what_may_not_be_waived_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "imrlint.toml").write_text('never-waive = ["dates"]\n', encoding="utf-8")
    strict = Visitor()
    letter = strict.drop("letter.txt", TEXT)
    found = find(letter, "ur-date-mismatch")
    assert not found["waivable"]
    body = {"fingerprint": found["fingerprint"], "reason": "x", "by": "y"}
    error = strict.ask("POST", f"letters/{letter['id']}/waivers", 409, json=body)["error"]
    assert error == "the settings forbid waiving findings of the rule ur-date-mismatch"
    assert not (tmp_path / "imrlint-waivers.toml").exists()


def test_a_word_becomes_right(visitor: Visitor, tmp_path: Path) -> None:
    letter = visitor.drop("letter.txt", TEXT)
    found = find(letter, "misspelling")
    assert found["word"] == "radiculopthy"
    assert find(letter, "ur-date-mismatch")["word"] == ""
    after = visitor.ask("POST", f"letters/{letter['id']}/words", json={"fingerprint": found["fingerprint"]})
    assert Path(after["written"]) == tmp_path / "imrlint.toml"
    assert "radiculopthy" in (tmp_path / "imrlint.toml").read_text(encoding="utf-8")
    assert found["fingerprint"] not in [each["fingerprint"] for each in after["findings"]]
    other = find(letter, "ur-date-mismatch")["fingerprint"]
    visitor.ask("POST", f"letters/{letter['id']}/words", 404, json={"fingerprint": other})


def print_pdf(text: str) -> bytes:
    return typeset.pdf(typeset.paged(text))


@pytest.mark.parametrize(("name", "content"), [("draft.docx", typeset.word), ("printed.pdf", print_pdf)])
def test_a_word_of_a_word_file_or_a_pdf_becomes_right(
    visitor: Visitor, tmp_path: Path, name: str, content: Callable[[str], bytes]
) -> None:
    soft = "radicu\xadlopthy" if name.endswith("docx") else "radiculopthy"
    letter = visitor.drop(name, content(TEXT.replace("radiculopthy", soft)))
    found = find(letter, "misspelling")
    assert found["word"] == "radiculopthy"
    after = visitor.ask("POST", f"letters/{letter['id']}/words", json={"fingerprint": found["fingerprint"]})
    assert found["fingerprint"] not in [each["fingerprint"] for each in after["findings"]]
    assert 'words = ["radiculopthy"]' in (tmp_path / "imrlint.toml").read_text(encoding="utf-8")


def test_a_word_that_is_right_elsewhere_is_not_offered(visitor: Visitor) -> None:
    letter = visitor.drop("letter.txt", TEXT)
    found = find(letter, "real-word-error")
    assert (found["words"], found["word"]) == ("lumber", "")
    visitor.ask("POST", f"letters/{letter['id']}/words", 404, json={"fingerprint": found["fingerprint"]})


def test_a_rule_is_explained(visitor: Visitor) -> None:
    told = visitor.ask("GET", "rules/DAT005")
    assert told["name"] == "ur-date-mismatch"
    assert "<p>The utilization review has another date" in told["html"]
    assert "<script" not in told["html"]
    visitor.ask("GET", "rules/nothing", 404)


def test_a_report_on_all_letters(visitor: Visitor) -> None:
    visitor.drop("letter.txt", TEXT)
    visitor.ask("POST", "letters", 201, params={"name": "bad.docx"}, content=b"PK\x03\x04")
    text = visitor.client.get("/api/report", headers=visitor.headers).text
    assert "letter.txt" in text
    assert "bad.docx: a damaged Word or other zipped file" in text


def test_the_trained_reader_answers_afterwards(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("onnxruntime")
    assert visitor.drop("letter.txt", TEXT)["thorough"]  # the tests switch the reader off
    monkeypatch.setitem(os.environ, "IMRLINT_READER", "on")
    wise = Visitor()
    letter = wise.drop("letter.txt", TEXT.replace("With this stretch", "With thus stretch"))
    assert not letter["thorough"]
    again = wise.show(letter["id"], thorough=True)
    assert again["thorough"]
    first = {each["fingerprint"] for each in letter["findings"]}
    assert first <= {each["fingerprint"] for each in again["findings"]}


@pytest.mark.usefixtures("visitor")
def test_what_was_read_thoroughly_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("onnxruntime")
    monkeypatch.setitem(os.environ, "IMRLINT_READER", "on")
    wise = Visitor()
    mark = wise.drop("letter.txt", TEXT.replace("With this stretch", "With thus stretch"))["id"]
    (listed,) = wise.ask("GET", "letters")
    assert not listed["thorough"]
    again = wise.show(mark, thorough=True)
    (listed,) = wise.ask("GET", "letters")
    assert listed["thorough"]
    assert listed["counts"] == again["counts"]
    assert wise.show(mark)["findings"] == again["findings"]


def test_changes_are_unsaved_until_they_are_taken_away(visitor: Visitor) -> None:
    letter = visitor.drop("draft.docx", typeset.word(TEXT))
    assert not letter["unsaved"]
    path = f"letters/{letter['id']}/fixes"
    assert visitor.ask("POST", path, json={"safe": True})["unsaved"]
    visitor.save(letter, "report")
    assert visitor.show(letter["id"])["unsaved"]
    visitor.save(letter, "reviewed-tracked")
    assert not visitor.show(letter["id"])["unsaved"]
    assert visitor.ask("DELETE", path)["unsaved"]


def test_a_waiver_and_a_word_are_taken_back(visitor: Visitor) -> None:
    letter = visitor.drop("letter.txt", TEXT)
    address, date, word = f"letters/{letter['id']}", find(letter, "ur-date-mismatch"), find(letter, "misspelling")
    mark = {"fingerprint": date["fingerprint"]}
    waived = visitor.ask("POST", f"{address}/waivers", json={**mark, "reason": "so", "by": "J. Doe"})
    assert [each["waived"] for each in waived["accepted"]] == [True]
    back = visitor.ask("DELETE", f"{address}/waivers", json=mark)
    assert back["findings"] == letter["findings"]
    assert back["written"].endswith("imrlint-waivers.toml")
    visitor.ask("DELETE", f"{address}/waivers", 409, json=mark)
    visitor.ask("POST", f"{address}/words", json={"fingerprint": word["fingerprint"]})
    back = visitor.ask("DELETE", f"{address}/words", json={"word": word["word"]})
    assert back["findings"] == letter["findings"]


def test_words_that_are_cut_say_so(visitor: Visitor) -> None:
    note = find(visitor.drop("letter.txt", TEXT), "guideline-mismatch")["others"][-1]
    assert note["words"].endswith(" …")
    assert len(note["words"]) <= 120


def test_the_desk_closes(visitor: Visitor) -> None:
    visitor.ask("POST", "close")
    assert visitor.closed
