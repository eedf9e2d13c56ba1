"""The command `imrlint desk` as a process: many at once, far too much, and gone when it is closed."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typeset
from running import EXAMPLES, SLIPS, run

import imrlint

pytestmark = pytest.mark.slow  # each starts a server, a browser or a shell

TEXT = SLIPS.read_text(encoding="utf-8")


class Address(NamedTuple):
    """Where a desk is: its port, its key, and its process."""

    port: int
    key: str
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/#{self.key}"

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, Any]:
        """Status and data of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, f"/api/{path}", body, {"Authorization": f"Bearer {self.key}"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())


IMPATIENT = """
import sys
from imrlint.page.presence import Patience
from imrlint.page.server import serve_desk
from imrlint.session.options import RunOptions
say = lambda line: print(line, file=sys.stderr, flush=True)
serve_desk(RunOptions(), 0, say, opens_browser=False, patience=Patience(0.5, 600))
"""


@contextmanager
def open_desk(folder: Path, program: str = "") -> Iterator[Address]:
    """A desk that serves the letters of a folder, started by the command or by a program; killed at the end."""
    command = [sys.executable, *(("-c", program) if program else ("-m", "imrlint", "desk", "--no-browser"))]
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        line = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/#(\S+)", line)
        assert found, line + process.stderr.read()
        yield Address(int(found[1]), found[2], process)
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    with open_desk(tmp_path_factory.mktemp("house")) as address:
        yield address


def test_twenty_at_once(desk: Address) -> None:
    every = [EXAMPLES[number % len(EXAMPLES)].read_text(encoding="utf-8") for number in range(20)]

    def drop(text: str) -> Any:
        _, letter = desk.ask("POST", "letters?name=letter.txt", text.encode())
        return desk.ask("GET", f"letters/{letter['id']}")[1]

    with ThreadPoolExecutor(20) as pool:
        found = list(pool.map(drop, every))
    assert len({letter["id"] for letter in found}) == len({letter["name"] for letter in found}) == 20
    for letter, text in zip(found, every, strict=True):
        assert letter["text"] == text
        assert len(letter["findings"]) == len(imrlint.check(text, "letter.txt").diagnostics)


def test_half_a_gigabyte_is_not_taken(desk: Address) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=60)
    connection.putrequest("POST", "/api/letters?name=huge.txt")
    connection.putheader("Authorization", f"Bearer {desk.key}")
    connection.putheader("Content-Length", "500000000")
    connection.endheaders()
    sent = 0
    try:
        for _ in range(500):
            connection.send(bytes(1_000_000))
            sent += 1
    except OSError:  # the desk has hung up
        pass
    assert sent < 100
    before = _memory(desk.process.pid)
    assert before < 500
    assert desk.ask("GET", "letters")[0] == 200


def test_only_this_machine_reaches_it(desk: Address) -> None:
    listening = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    places = [each[1] for each in listening if each[3] == "0A" and each[1].endswith(f":{desk.port:04X}")]
    assert places == [f"0100007F:{desk.port:04X}"]


@pytest.mark.parametrize("how", ["page", signal.SIGINT, signal.SIGTERM])
def test_it_ends_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: Any) -> None:
    scratch, house = tmp_path / "scratch", tmp_path / "house"
    scratch.mkdir()
    house.mkdir()
    monkeypatch.setitem(os.environ, "TMPDIR", str(scratch))
    with open_desk(house) as address:
        assert address.ask("POST", "letters?name=draft.docx", typeset.word(TEXT))[0] == 201
        if how == "page":
            assert address.ask("POST", "close")[0] == 200
        else:
            address.process.send_signal(how)
        address.process.wait(10)
    assert list(scratch.iterdir()) == list(house.iterdir()) == []


def test_it_ends_when_its_last_page_is_closed(tmp_path: Path) -> None:
    with open_desk(tmp_path, IMPATIENT) as address:
        page = http.client.HTTPConnection("127.0.0.1", address.port, timeout=60)
        page.request("GET", "/api/presence/a", headers={"Authorization": f"Bearer {address.key}"})
        assert page.getresponse().status == 200
        time.sleep(1.5)
        assert address.ask("GET", "letters")[0] == 200
        assert address.ask("DELETE", "presence/a")[0] == 200
        page.close()
        address.process.wait(10)
        assert address.process.stderr is not None
        assert "0.00833333 minutes" in address.process.stderr.read()


def test_it_stays_while_a_page_is_open_and_ends_at_once_when_told(tmp_path: Path) -> None:
    with open_desk(tmp_path) as address:
        page = http.client.HTTPConnection("127.0.0.1", address.port, timeout=60)
        page.request("GET", "/api/presence/a", headers={"Authorization": f"Bearer {address.key}"})
        answer = page.getresponse()
        assert address.ask("POST", "close")[0] == 200
        assert answer.read() == b"\n"
        address.process.wait(10)
        assert address.process.stderr is not None
        assert "Cancel" not in address.process.stderr.read()


def test_a_port_that_is_taken(desk: Address) -> None:
    done = run("desk", "--no-browser", "--port", desk.port)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"imrlint: port {desk.port} cannot be used")


def test_settings_that_are_wrong(tmp_path: Path) -> None:
    (tmp_path / "imrlint.toml").write_text("selct = []\n", encoding="utf-8")
    done = run("desk", "--no-browser", "--config", tmp_path / "imrlint.toml")
    assert done.returncode == 2
    assert "unknown key" in done.stderr


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("imrlint.page")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    done = run("desk")
    assert (done.returncode, done.stderr) == (
        2,
        'imrlint: for the desk, install the missing extra: pip install "imrlint[desk]"\n',
    )


def _memory(pid: int) -> float:
    """Megabytes that a process has in memory."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) / 1000
