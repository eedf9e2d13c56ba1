"""Old Word files and OpenDocument texts are read by LibreOffice, where it is installed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import typeset
from running import CLEAN, run

from imrlint import revision, source
from imrlint.source import Unreadable, kinds, office
from imrlint.source.errors import Refused
from imrlint.source.kinds import Kind

needs_office = pytest.mark.skipif(office.find_program() is None, reason="needs LibreOffice")

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
OLD_WORD = OLD + "WordDocument".encode("utf-16-le")


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A clean letter saved by LibreOffice in older formats, and as another kind of OpenDocument."""
    folder = tmp_path_factory.mktemp("office")
    letter = folder / "letter.docx"
    letter.write_bytes(typeset.word(CLEAN.read_text(encoding="utf-8")))
    program = office.find_program()
    assert program is not None
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    for suffix in ("doc", "odt"):
        command = [program, home, "--headless", "--convert-to", suffix, "--outdir", folder, letter]
        subprocess.run(command, check=True, capture_output=True, timeout=100)
    return {suffix: folder / f"letter.{suffix}" for suffix in ("docx", "doc", "odt")}


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["doc", "odt"])
def test_an_older_format_is_read_like_word(converted: dict[str, Path], suffix: str) -> None:
    letter = source.read(converted[suffix])
    assert letter.text.split() == source.read(converted["docx"]).text.split()
    done = run("check", converted[suffix])
    assert done.returncode == 0, done.stderr + done.stdout
    with pytest.raises(Refused, match=r"cannot be changed; save it as \.docx"):
        revision.open_revision(converted[suffix].read_bytes(), str(converted[suffix]))


@needs_office
@pytest.mark.slow
def test_a_damaged_file_and_a_slow_one_are_refused(converted: dict[str, Path]) -> None:
    with pytest.raises(Refused, match=r"took more than 0\.01 seconds"):
        office.convert(converted["odt"].read_bytes(), Kind.OPEN_DOCUMENT, seconds=0.01)
    damaged = converted["odt"].read_bytes()[:900]
    with pytest.raises(Refused, match="an OpenDocument file that LibreOffice cannot read"):
        office.convert(damaged, Kind.OPEN_DOCUMENT)


@pytest.mark.parametrize("content", [OLD_WORD, typeset.zipped({"mimetype": kinds.OPEN_TEXT, "content.xml": b"<a/>"})])
def test_without_libreoffice_it_is_said_what_to_do(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_program", lambda: None)
    with pytest.raises(Unreadable, match=r"save it as \.docx, or install LibreOffice"):
        source.decode(content, "letter.doc")


def test_other_files_of_these_programs_are_no_letters() -> None:
    with pytest.raises(Refused, match="an old Office file"):
        kinds.recognize(OLD, "table.xls")
    sheet = typeset.zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"})
    with pytest.raises(Refused, match="of another kind"):
        kinds.recognize(sheet, "table.ods")
