"""The tables, and how to read them. `NOTICE.md` says where each comes from."""

from __future__ import annotations

from importlib.resources import files

_FOLDER = files(__name__)


def text(name: str) -> str:
    return _FOLDER.joinpath(name).read_text(encoding="utf-8")


def content(name: str) -> bytes:
    return _FOLDER.joinpath(name).read_bytes()


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a tab-separated table, by the names in its first line."""
    header, *lines = text(name).splitlines()
    columns = header.split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


def lines(name: str) -> list[str]:
    return text(name).splitlines()
