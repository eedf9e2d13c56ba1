"""The desk ends some time after its last page was closed, and not before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from starlette.requests import Request
from starlette.types import Message

from imrlint.page.presence import Patience, Presence, Staying

SHORT = Patience(after_goodbye=0.05, after_silence=0.6)


def has_ended(steps: Callable[[Presence], object], patience: Patience | None = SHORT, wait: float = 0.2) -> bool:
    """Whether the desk has ended some time after these steps, which is longer than after a goodbye."""
    ended = []

    async def run() -> None:
        steps(Presence(lambda: ended.append(True), lambda: False, patience))
        await asyncio.sleep(wait)

    asyncio.run(run())
    return bool(ended)


def closed(desk: Presence, page: str = "a") -> None:
    desk.arrive(page)
    desk.say_goodbye(page)
    desk.leave(page)


def test_the_last_page_that_is_closed_ends_the_desk() -> None:
    assert has_ended(closed)
    assert not has_ended(closed, patience=None)
    assert not has_ended(lambda desk: desk.say_goodbye("never there"), wait=0.1)


def test_the_goodbye_may_come_late() -> None:
    def steps(desk: Presence) -> None:
        desk.arrive("a")
        desk.leave("a")
        desk.say_goodbye("a")

    assert has_ended(steps)


@pytest.mark.parametrize(("wait", "ended"), [(0.2, False), (0.9, True)])
def test_a_page_that_goes_without_a_word_is_waited_for(wait: float, ended: bool) -> None:
    def steps(desk: Presence) -> None:
        closed(desk, "another")
        desk.arrive("a")
        desk.leave("a")

    assert has_ended(steps, wait=wait) == ended


def test_another_page_keeps_the_desk_open() -> None:
    def steps(desk: Presence) -> None:
        desk.arrive("b")
        closed(desk)

    assert not has_ended(steps, wait=0.9)


def test_a_page_that_is_loaded_again_keeps_the_desk_open() -> None:
    def steps(desk: Presence) -> None:
        closed(desk)
        desk.arrive("b")

    assert not has_ended(steps, wait=0.9)


@pytest.mark.parametrize("is_hung_up", [True, False])
def test_the_answer_ends_with_the_page_or_with_the_desk(is_hung_up: bool) -> None:
    sent: list[Message] = []
    is_ending = False

    async def receive() -> Message:
        if not is_hung_up:
            await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        nonlocal is_ending
        sent.append(message)
        is_ending = not is_hung_up

    async def run() -> Presence:
        desk = Presence(lambda: None, lambda: is_ending, SHORT)
        scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
        await asyncio.wait_for(Staying(desk, "a")(Request(scope).scope, receive, send), 10)
        return desk

    desk = asyncio.run(run())
    assert not desk._open
    assert [message.get("more_body", False) for message in sent] == [False, True, *([] if is_hung_up else [False])]
