"""Receiving what the page sends, never more than a letter; and turning what went wrong into an answer for people."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from imrlint import source
from imrlint.desk.decisions import NotDecided
from imrlint.engine.report import Crash
from imrlint.page.letters import DeskIsFull
from imrlint.page.work import NotThere
from imrlint.settings.config import ConfigError
from imrlint.source.errors import Refused, Unreadable

Endpoint = Callable[[Request], Awaitable[Response]]

_LARGEST_JSON = 8 * source.LARGEST  # bytes; a character may need several


class TooLarge(Exception):
    """A request that is larger than any letter."""


_STATUS: dict[type[Exception], int] = {
    NotThere: 404,
    NotDecided: 409,
    ConfigError: 409,
    TooLarge: 413,
    DeskIsFull: 413,
    Unreadable: 422,
    Refused: 422,
}


_HANG_UP = {"Connection": "close"}  # what is still being sent is not wanted


async def receive(request: Request, most: int = source.LARGEST_FILE) -> bytes:
    """The body of a request. Raises TooLarge before more than `most` bytes of it are kept."""
    told = request.headers.get("content-length", "0")
    if not told.isdecimal() or int(told) > most:
        raise TooLarge(f"too large for a letter: more than {most / 1e6:,.0f} MB")
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > most:
            raise TooLarge(f"too large for a letter: more than {most / 1e6:,.0f} MB")
    return bytes(content)


async def receive_json(request: Request) -> dict[str, Any]:
    """The body of a request as data. Raises TooLarge, NotThere."""
    try:
        content = json.loads(await receive(request, _LARGEST_JSON))
    except (ValueError, RecursionError) as error:
        raise NotThere("the request cannot be read") from error
    if not isinstance(content, dict):
        raise NotThere("the request cannot be read")
    return content


def take(content: dict[str, Any], key: str) -> str:
    """A text in the data of a request. Raises NotThere."""
    value = content.get(key)
    if not isinstance(value, str):
        raise NotThere(f"the request has no {key}")
    return value


def answering(endpoint: Endpoint) -> Endpoint:
    """The endpoint, whose errors become answers; of one that nobody expected, no word is shown."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except ClientDisconnect:
            return Response(status_code=400)
        except tuple(_STATUS) as error:
            reason = error.reason if isinstance(error, Unreadable) else str(error)
            status = next(_STATUS[kind] for kind in _STATUS if isinstance(error, kind))
            return JSONResponse({"error": reason}, status, _HANG_UP if isinstance(error, TooLarge) else None)
        except Exception as error:
            where = Crash("", error).error_summary
            return JSONResponse({"error": f"imrlint failed ({where}); please tell its authors"}, 500)

    return answer
