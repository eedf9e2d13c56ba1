"""What the desk answers to each request of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, TypeVar
from urllib.parse import quote

import anyio
from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from imrlint.authoring import pages
from imrlint.output.explanations import render_explanation
from imrlint.page import answers, copies, work
from imrlint.page.assets import send_asset, show_page
from imrlint.page.copies import Copy
from imrlint.page.guard import Guard, Keys, key_in
from imrlint.page.house import House
from imrlint.page.letters import Letters, OpenLetter
from imrlint.page.presence import Presence, Staying
from imrlint.page.requests import Endpoint, answering, receive, receive_json, take
from imrlint.page.work import NotThere

T = TypeVar("T")

_AT_ONCE = 4  # letters that are examined, and that are received, at the same time


class Desk:
    """The letters of one person, and the requests about them."""

    def __init__(self, house: House, keys: Keys, presence: Presence) -> None:
        self._house = house
        self._keys = keys
        self._presence = presence
        self._letters = Letters()
        self._examining = anyio.CapacityLimiter(_AT_ONCE)
        self._receiving = anyio.CapacityLimiter(_AT_ONCE)

    def routes(self) -> Sequence[Route]:
        """Every address that the desk knows."""

        def route(path: str, method: str, endpoint: Endpoint) -> Route:
            return Route(f"/api/{path}", answering(endpoint), methods=[method])

        return [
            Route("/", show_page),
            Route("/static/{name}", send_asset),
            route("enter", "POST", self._enter),
            route("presence/{page}", "GET", self._stay),
            route("presence/{page}", "DELETE", self._leave),
            route("letters", "GET", self._list),
            route("letters", "POST", self._add),
            route("letters/{id}", "GET", self._show),
            route("letters/{id}", "DELETE", self._remove),
            route("letters/{id}/text", "PUT", self._write),
            route("letters/{id}/fixes", "POST", self._fix),
            route("letters/{id}/fixes", "DELETE", self._undo),
            route("letters/{id}/waivers", "POST", self._waive),
            route("letters/{id}/waivers", "DELETE", self._take_waiver_back),
            route("letters/{id}/words", "POST", self._add_word),
            route("letters/{id}/words", "DELETE", self._take_word_back),
            route("letters/{id}/copies/{copy}", "GET", self._copy),
            route("report", "GET", self._report),
            route("rules/{name}", "GET", self._explain),
            route("close", "POST", self._end),
        ]

    # ---- Coming and going

    async def _enter(self, request: Request) -> Response:
        key = self._keys.enter(key_in(request.headers))
        return JSONResponse({"key": key}) if key else JSONResponse({"error": "this address is not valid"}, 401)

    async def _end(self, _: Request) -> Response:
        self._presence.end()
        return JSONResponse({})

    async def _stay(self, request: Request) -> Response:
        return Staying(self._presence, request.path_params["page"])

    async def _leave(self, request: Request) -> Response:
        self._presence.say_goodbye(request.path_params["page"])
        return JSONResponse({})

    # ---- Letters

    async def _list(self, _: Request) -> Response:
        return JSONResponse([answers.describe_letter(letter) for letter in self._letters])

    async def _add(self, request: Request) -> Response:
        async with self._receiving:
            content = await receive(request)
            letter = self._letters.add(request.query_params.get("name", "letter.txt"), content)
            await self._run(work.admit, letter, self._house)
        return JSONResponse(answers.describe_letter(letter), 201)

    async def _show(self, request: Request) -> Response:
        return await self._answer(self._letter(request), thorough="thorough" in request.query_params)

    async def _remove(self, request: Request) -> Response:
        self._letters.remove(self._letter(request).id)
        return JSONResponse({})

    async def _write(self, request: Request) -> Response:
        letter = self._letter(request)
        text = take(await receive_json(request), "text")
        await self._run(work.write_text, letter, text)
        return await self._answer(letter)

    async def _fix(self, request: Request) -> Response:
        letter, wanted = self._letter(request), await receive_json(request)
        if wanted.get("safe"):
            skipped = await self._run(work.make_safe_fixes, letter, self._house)
        else:
            number = wanted.get("number", 0)
            if not isinstance(number, int):
                raise NotThere("this fix is no longer there")
            skipped = await self._run(work.make_fix, letter, take(wanted, "fingerprint"), number, self._house)
        return await self._answer(letter, thorough=bool(wanted.get("thorough")), skipped=skipped)

    async def _undo(self, request: Request) -> Response:
        letter = self._letter(request)
        await self._run(letter.undo)
        return await self._answer(letter)

    async def _waive(self, request: Request) -> Response:
        letter, wanted = self._letter(request), await receive_json(request)
        mark, reason, by = (take(wanted, key) for key in ("fingerprint", "reason", "by"))
        path = await self._run(work.waive, letter, mark, self._house, reason=reason, by=by)
        return await self._answer(letter, thorough=bool(wanted.get("thorough")), written=path)

    async def _take_waiver_back(self, request: Request) -> Response:
        letter, wanted = self._letter(request), await receive_json(request)
        path = await self._run(self._house.take_waiver_back, take(wanted, "fingerprint"))
        return await self._answer(letter, thorough=bool(wanted.get("thorough")), written=str(path))

    async def _add_word(self, request: Request) -> Response:
        letter, wanted = self._letter(request), await receive_json(request)
        path = await self._run(work.add_word, letter, take(wanted, "fingerprint"), self._house)
        return await self._answer(letter, thorough=bool(wanted.get("thorough")), written=path)

    async def _take_word_back(self, request: Request) -> Response:
        letter, wanted = self._letter(request), await receive_json(request)
        path = await self._run(self._house.take_word_back, take(wanted, "word"))
        return await self._answer(letter, thorough=bool(wanted.get("thorough")), written=str(path))

    # ---- What is taken away

    async def _copy(self, request: Request) -> Response:
        letter, name = self._letter(request), request.path_params["copy"]
        if name not in {copy.value for copy in Copy}:
            raise NotThere("there is no such copy")
        return _send(await self._run(copies.make_copy, letter, Copy(name), self._house))

    async def _report(self, _: Request) -> Response:
        def write() -> copies.File:
            examined = ((letter, work.examine(letter, self._house, thorough=True)) for letter in self._letters)
            return copies.File("report.html", copies.write_report(examined))

        return _send(await self._run(write))

    async def _explain(self, request: Request) -> Response:
        rule = self._house.plan_for("letter.txt").config.ruleset.named(request.path_params["name"])
        if rule is None:
            raise NotThere("there is no such rule")
        return JSONResponse({"name": rule.name(), "html": render_explanation(pages.write_page(rule))})

    # ---- Help

    def _letter(self, request: Request) -> OpenLetter:
        """The letter that a request is about. Raises NotThere."""
        letter = self._letters.get(request.path_params["id"])
        if letter is None:
            raise NotThere("this letter is no longer on the desk")
        return letter

    async def _answer(self, letter: OpenLetter, *, thorough: bool = False, **more: Any) -> Response:
        """All of a letter, and what more there is to say."""
        return JSONResponse({**await self._run(work.describe, letter, self._house, thorough=thorough), **more})

    async def _run(self, function: Callable[..., T], *arguments: Any, **options: Any) -> T:
        """The result of a function that takes time, while other requests are answered."""
        return await run_sync(partial(function, *arguments, **options), limiter=self._examining)


def _send(file: copies.File) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"}
    return Response(file.content, media_type="application/octet-stream", headers=headers)


def create_app(house: House, keys: Keys, hosts: Iterable[str], presence: Presence) -> ASGIApp:
    """The desk as an ASGI application. `hosts` are the names by which it is reached, each with its port."""
    return Guard(Starlette(routes=Desk(house, keys, presence).routes()), keys, hosts)
