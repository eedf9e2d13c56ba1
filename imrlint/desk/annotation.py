"""Writing a copy of a letter with its findings in the margin."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from imrlint import parser, revision, source
from imrlint.engine import linter
from imrlint.engine.report import Report
from imrlint.output.remarks import build_remarks
from imrlint.settings.files import Settings
from imrlint.source import Kind, kinds
from imrlint.source.errors import Refused, Unreadable

SUFFIXES = (".docx", ".pdf")  # of letters that have a margin to write in
_REVIEWED = "-reviewed"


class Annotated(NamedTuple):
    """The content of an annotated copy, the number of its remarks, and what to beware of, if anything."""

    content: bytes
    remarks: int
    warning: str


def default_copy(path: Path) -> Path:
    """Where the annotated copy goes by default: `draft.docx` to `draft-reviewed.docx`."""
    return path.with_name(f"{path.stem}{_REVIEWED}{path.suffix}")


def is_copy(path: Path) -> bool:
    """Whether a file is the annotated copy of a letter beside it, by its name."""
    return path.stem.endswith(_REVIEWED) and path.with_stem(path.stem.removesuffix(_REVIEWED)).exists()


def annotate_file(
    path: Path,
    copy: Path,
    settings: Settings,
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> str:
    """Write a copy of a Word or PDF letter with its findings in the margin. Returns a one-line summary.

    Raises Unreadable, ConfigError.
    """
    if copy.suffix.lower() != path.suffix.lower():
        raise Unreadable(str(path), f"the name of its copy must end with {path.suffix}, as {copy} does not")
    content = source.read_content(path)
    config = settings.config(path).with_choice(select, ignore, None)
    reading = config.read(parser.parse(source.decode(content, str(path))))
    annotated = annotate(content, str(path), linter.lint(reading, config.active_rules()))
    revision.write_file(copy, annotated.content, content if copy.exists() and copy.samefile(path) else None)
    unread = "".join(f"; {part}" for part in reading.letter.source.unread)
    warning = f"; {annotated.warning}" if annotated.warning else ""
    return f"{copy}: {annotated.remarks:,} {'remark' if annotated.remarks == 1 else 'remarks'}{unread}{warning}"


def annotate(content: bytes, name: str, report: Report) -> Annotated:
    """A Word or PDF letter with the findings of a report in its margin. Raises Unreadable."""
    for crash in report.crashes:
        raise Unreadable(name, f"not annotated, because {crash.message}")
    wanted = list(build_remarks(report))
    warning = ""
    try:
        match kinds.recognize(content, name):
            case Kind.WORD:
                from imrlint.revision import comments

                annotated = comments.annotate_word(content, wanted)
            case Kind.PDF:
                from imrlint.revision import highlights

                annotated = highlights.annotate_pdf(content, wanted)
                if highlights.forbids_notes(content):
                    warning = "the letter is protected against notes, the copy is not: do not send it on"
            case kind:
                raise Refused(f"only Word and PDF files can be annotated, and this is {kind.value}")
    except Refused as refused:
        raise Unreadable(name, str(refused)) from refused
    except ImportError as error:
        raise Unreadable(
            name, 'to annotate PDF files, install the missing extra: pip install "imrlint[pdf]"'
        ) from error
    return Annotated(annotated, len(wanted), warning)
