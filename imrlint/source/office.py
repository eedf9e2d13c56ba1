"""Old Word files and OpenDocument texts, converted by LibreOffice where it is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from imrlint.source.errors import Refused
from imrlint.source.kinds import Kind

SECONDS = 60.0  # for one letter; it takes one or two, and a few more for the first on a busy machine
_SUFFIXES = {Kind.OLD_WORD: ".doc", Kind.OPEN_DOCUMENT: ".odt"}
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
# A letter may not run macros, nor fetch anything from elsewhere.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def convert(content: bytes, kind: Kind, seconds: float = SECONDS) -> bytes:
    """The content of a file as LibreOffice saves it for Word. Raises Refused."""
    program = find_program()
    if program is None:
        raise Refused(f"{kind.value}; save it as .docx, or install LibreOffice, with which imrlint reads it")
    with tempfile.TemporaryDirectory(prefix="imrlint-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        letter = folder / f"letter{_SUFFIXES[kind]}"
        letter.write_bytes(content)
        _run(
            [
                program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
                "--convert-to", "docx", "--outdir", str(folder / "out"), str(letter),
            ],
            seconds,
        )  # fmt: skip
        try:
            return (folder / "out" / "letter.docx").read_bytes()
        except OSError as error:
            raise Refused(f"{kind.value} that LibreOffice cannot read; save it as .docx") from error


def find_program() -> str | None:
    """The path of LibreOffice; None where it is not installed."""
    return next((found for each in ("soffice", *_USUAL_PLACES) if (found := shutil.which(each))), None)


def _run(command: list[str], seconds: float) -> None:
    """Run a program, and end it with all that it has started when it takes too long. Raises Refused."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise Refused(f"not a letter: LibreOffice took more than {seconds:g} seconds to read it") from error
    finally:
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                if hasattr(os, "killpg"):
                    os.killpg(process.pid, signal.SIGKILL)
                else:
                    process.kill()
            process.wait()
