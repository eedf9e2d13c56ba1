"""Who may talk to the desk: the browser of the person who opened it, and nobody else.

Another site cannot, because its requests name another origin or host and lack the key; another user of the machine
cannot, because the key is never in an address that others see for longer than it is valid.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_OWN_SITES = ("same-origin", "none")  # where a browser says that a request comes from; "none" is the person


class Keys:
    """The key of the desk, and a ticket for it that is valid once.

    A browser is started with the ticket, since other users may see with which words a program was started.
    """

    def __init__(self) -> None:
        self.key = secrets.token_urlsafe(32)
        self.ticket = secrets.token_urlsafe(32)
        self._is_ticket_used = False

    def is_key(self, word: str) -> bool:
        """Whether a word is the key. Takes the same time for every word of a length."""
        return secrets.compare_digest(word.encode("utf-8", "replace"), self.key.encode())

    def enter(self, word: str) -> str | None:
        """The key, for the key itself or for the ticket at its first use; None for any other word."""
        if self.is_key(word):
            return self.key
        if self._is_ticket_used or not secrets.compare_digest(word.encode("utf-8", "replace"), self.ticket.encode()):
            return None
        self._is_ticket_used = True
        return self.key


class Guard:
    """Lets through what the page itself asks, and puts rules for the browser on every answer."""

    def __init__(self, app: ASGIApp, keys: Keys, hosts: Iterable[str]) -> None:
        """`hosts` are the names by which the desk is reached, each with its port."""
        self._app = app
        self._keys = keys
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return  # nothing here speaks WebSocket
        if refusal := self._refuse(Headers(scope=scope), scope["path"]):
            response = PlainTextResponse(f"{refusal.phrase}\n", refusal)
            await response(scope, receive, _with_rules(send))
        else:
            await self._app(scope, receive, _with_rules(send))

    def _refuse(self, headers: Headers, path: str) -> HTTPStatus | None:
        """Why a request is not let through; None where it is."""
        if headers.getlist("host") not in [[host] for host in self._hosts]:
            return HTTPStatus.MISDIRECTED_REQUEST
        origins = headers.getlist("origin")
        if any(origin not in [f"http://{host}" for host in self._hosts] for origin in origins):
            return HTTPStatus.FORBIDDEN
        if headers.get("sec-fetch-site", "none") not in _OWN_SITES:
            return HTTPStatus.FORBIDDEN
        if path.startswith("/api/") and path != "/api/enter" and not self._keys.is_key(key_in(headers)):
            return HTTPStatus.UNAUTHORIZED
        return None


def key_in(headers: Headers) -> str:
    """The key with which a request came; empty where it has none."""
    scheme, _, word = headers.get("authorization", "").partition(" ")
    return word.strip() if scheme == "Bearer" else ""


def _with_rules(send: Send) -> Send:
    async def send_with_rules(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _ALWAYS.items():
                headers[name] = value
            headers.setdefault("Content-Security-Policy", _NOTHING)
        await send(message)

    return send_with_rules


def page_policy(nonce: str) -> str:
    """The Content-Security-Policy of the page: everything from this server, styles of the editor by their nonce."""
    return f"{_NOTHING}; script-src 'self'; style-src 'self' 'nonce-{nonce}'; connect-src 'self'; img-src 'self' data:"
