"""The page itself: its files, and nothing else that is on this machine."""

from __future__ import annotations

import secrets
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from imrlint.page.guard import page_policy

_STATIC = {
    "page.js": "text/javascript",
    "editor.js": "text/javascript",
    "findings.js": "text/javascript",
    "server.js": "text/javascript",
    "page.css": "text/css",
    "icon.svg": "image/svg+xml",
}
_VENDOR = {"codemirror.js": "text/javascript"}


async def show_page(_: Request) -> Response:
    """The page, with a nonce for the styles of its editor."""
    nonce = secrets.token_urlsafe(16)
    text = (files("imrlint.page") / "static" / "page.html").read_text(encoding="utf-8").replace("NONCE", nonce)
    return Response(text, media_type="text/html", headers={"Content-Security-Policy": page_policy(nonce)})


async def send_asset(request: Request) -> Response:
    """One of its files."""
    name = request.path_params["name"]
    for folder, known in (("static", _STATIC), ("vendor", _VENDOR)):
        if name in known:
            return Response((files("imrlint.page") / folder / name).read_bytes(), media_type=known[name])
    return Response(status_code=404)
